"""MiniStack, the stand-in for AWS, as the acceptance suite needs it. Run by `ministack.rs` with:

    python launcher.py LIFELINE CACHE

LIFELINE is a Unix socket made here. Who connects to it holds this process alive and reads what the
functions write down. When nobody is connected any more, the functions' processes end, as if the
machine they are on had been switched off; what is stored stays for whoever connects next. After a
minute without anybody, or when the socket's file has gone, everything ends.

CACHE is a directory for what is the same in every run: the template as SAM expands it.
"""

import functools
import hashlib
import json
import os
import signal
import socket
import socketserver
import sys
import tempfile
import threading
import time
import types

# Small answers leave at once: else a function waits 40 ms for each event (Nagle, delayed ACK).
socketserver.StreamRequestHandler.disable_nagle_algorithm = True

from ministack.core import lambda_runtime
from ministack.services import dynamodb, eventbridge, lambda_svc, stepfunctions

LONELY_SECONDS = 60

# An answer does not wait for log lines: MiniStack would give each invocation 50 ms to write one.
lambda_runtime.ProvidedWorker._drain_stderr_bounded = lambda worker, **_: worker._drain_stderr()

# A schedule's minute is two seconds, so that no test waits for what a deployment does every minute.
parse_rate = eventbridge._parse_rate_seconds
eventbridge._parse_rate_seconds = lambda rate: (parse_rate(rate) or 0) / 30 or None
eventbridge._SCHEDULER_TICK_INTERVAL = 0.5

# An expression is read once, not for each item of a query.
for read in ["_tokenize", "_condition_syntax_error"]:
    setattr(dynamodb, read, functools.cache(getattr(dynamodb, read)))

execute_plainly = stepfunctions._execute_task


def execute_task(state, raw_input, execution, context):
    """Computes a task's time-out, as AWS does."""
    if isinstance(state.get("TimeoutSeconds"), str):
        seconds = stepfunctions._jsonata_state_field(state, "TimeoutSeconds", "number", raw_input, context)
        state = {**state, "TimeoutSeconds": seconds}
    return execute_plainly(state, raw_input, execution, context)


stepfunctions._execute_task = execute_task

holders = []
emit = lambda_svc._emit_lambda_logs


def emit_and_tell(function, request_id, text, *rest, **named):
    """Passes on what a function wrote down."""
    for holder in list(holders):
        try:
            holder.send(text.encode() + b"\n", socket.MSG_DONTWAIT)
        except OSError:
            pass  # It does not read, or has gone, which `hold` notices.
    return emit(function, request_id, text, *rest, **named)


lambda_svc._emit_lambda_logs = emit_and_tell


def hold(path):
    """Stays as long as somebody is connected, or may yet be."""
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    listener.settimeout(0.2)
    lonely_since = time.monotonic()
    while time.monotonic() - lonely_since < LONELY_SECONDS and os.path.exists(path):
        try:
            holder, _ = listener.accept()
        except TimeoutError:
            continue
        holder.settimeout(None)
        holders.append(holder)
        try:
            while holder.recv(1):
                pass
        except OSError:
            pass
        holders.remove(holder)
        holder.close()
        lambda_runtime.reset()
        lonely_since = time.monotonic()
    os.kill(os.getpid(), signal.SIGKILL)


SAM = "samtranslator.translator.transform"


def expand(template, parameters, policies):
    """What SAM makes of a template; asked once, for it takes longer than the rest of a start."""
    digest = hashlib.sha256(json.dumps(template, sort_keys=True).encode()).hexdigest()
    path = os.path.join(cache, f"{digest}.json")
    try:
        with open(path) as known:
            return json.load(known)
    except FileNotFoundError:
        del sys.modules[SAM]
    from samtranslator.translator.transform import transform

    expanded = transform(template, parameters, policies)
    with tempfile.NamedTemporaryFile("w", dir=cache, delete=False) as made:
        json.dump(expanded, made)
    os.rename(made.name, path)
    return expanded


# MiniStack imports it when it needs it.
sys.modules[SAM] = types.ModuleType(SAM)
sys.modules[SAM].transform = expand

cache = sys.argv.pop(2)
threading.Thread(target=hold, args=(sys.argv.pop(1),), daemon=True).start()

from ministack.app import main

main()
