"""MiniStack as `launcher.py` has it, and what AWS would write on the bill. Run as the launcher is:

    python metered.py METER LIFELINE CACHE

METER is a file to which a line is added for each thing that AWS meters: its unit (a name of
`backend/infra/prices.md`), how many, and what for, with tabs between. What takes no request, a
poller that finds nothing for instance, is not in it.

A minute of the deployment is twelve seconds here, so that a workload can be told five times as
fast as it happens.
"""

import gzip
import json
import math
import os
import runpy
import sys
import threading
import time

import ministack.app as gateway
from ministack.core import lambda_runtime
from ministack.services import (
    dynamodb,
    eventbridge,
    iot,
    lambda_svc,
    secretsmanager,
    sqs,
    stepfunctions,
)

meter = open(sys.argv.pop(1), "a", buffering=1)
writing = threading.Lock()


def count(unit, amount, what):
    with writing:
        meter.write(f"{unit}\t{amount:.6f}\t{what}\n")


def pieces(size, largest):
    """As how many a message of a size counts."""
    return max(1, math.ceil(size / largest))


# --- A minute is twelve seconds: the launcher divides by thirty. ---

parse_rate = eventbridge._parse_rate_seconds
eventbridge._parse_rate_seconds = lambda rate: (parse_rate(rate) or 0) * 6 or None

# --- Functions ---

roles = {}
credentials = lambda_runtime.execution_credentials


def execution_credentials(config):
    given = credentials(config)
    roles[given.get("AWS_ACCESS_KEY_ID")] = role(config)
    return given


def role(config):
    return config["Environment"]["Variables"]["SERVERLESSPRESSO_ROLE"]


def caller(headers):
    authorization = headers.get("authorization", "")
    key = authorization.partition("Credential=")[2].partition("/")[0]
    return roles.get(key, "owner")


for module in [lambda_runtime, lambda_svc]:
    module.execution_credentials = execution_credentials
invoke = lambda_runtime.ProvidedWorker.invoke


def invoke_metered(worker, *arguments, **named):
    began = time.monotonic()
    result = invoke(worker, *arguments, **named)
    milliseconds = math.ceil((time.monotonic() - began) * 1000)
    name = role(worker.config)
    gigabytes = worker.config["MemorySize"] / 1024
    count("lambda_requests", 1, name)
    count("lambda_gb_seconds", milliseconds / 1000 * gigabytes, name)
    if result.get("cold_start"):
        count("cold_starts", 1, name)
    return result


lambda_runtime.ProvidedWorker.invoke = invoke_metered
emit = lambda_svc._emit_lambda_logs


def emit_metered(function, request_id, text, *rest, **named):
    name = role(function.get("config") or function)
    # CloudWatch counts 26 bytes more for each line.
    for line in text.splitlines():
        count("log_bytes", len(line.encode()) + 26, name)
    return emit(function, request_id, text, *rest, **named)


lambda_svc._emit_lambda_logs = emit_metered

# --- The API ---

execute = gateway._handle_execute_api_request


async def execute_metered(host, path, method, headers, body, *rest, **named):
    # As browsers ask, of whom this one understands nothing better.
    headers = {**headers, "accept-encoding": "gzip"}
    answer = await execute(host, path, method, headers, body, *rest, **named)
    if answer is None:
        return None
    status, answered, content = answer
    what = f"{method} {'/'.join(name(part) for part in path.split('/'))}"
    count("api_requests", 1, what)
    head = sum(len(name) + len(str(value)) + 4 for name, value in answered.items())
    count("api_bytes", len(content or b"") + head, what)
    if answered.get("content-encoding") == "gzip":
        content = gzip.decompress(content)
        answered = {name: value for name, value in answered.items() if name in PLAIN}
    return status, answered, content


# Of an answer that was compressed, what is still true when it is not.
PLAIN = {"content-type", "cache-control", "vary"}


def name(part):
    """A part of a path, without what is different each time."""
    return "{order}" if "." in part else part


gateway._handle_execute_api_request = execute_metered

# --- DynamoDB, by what it says itself that a request has consumed ---

request_tables = dynamodb.handle_request
READS = {"GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"}


async def request_tables_metered(method, path, headers, body, query_params):
    action = headers.get("x-amz-target", "").rpartition(".")[2]
    asked = json.loads(body or b"{}")
    told = json.dumps({**asked, "ReturnConsumedCapacity": "TOTAL"}).encode()
    metered = action in READS or action in {
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "BatchWriteItem",
        "TransactWriteItems",
    }
    answer = await request_tables(method, path, headers, told if metered else body, query_params)
    if metered:
        unit = "dynamodb_reads" if action in READS else "dynamodb_writes"
        who = f"{caller(headers)} {action}"
        status, _, content = answer
        consumed = json.loads(content).get("ConsumedCapacity", []) if status == 200 else []
        for table in consumed if isinstance(consumed, list) else [consumed]:
            what = f"{who} {of_stack(table['TableName'])}"
            count(unit, table["CapacityUnits"], what)
        # Of these MiniStack does not say. No item that we read so is larger than a unit, and one
        # that is not there is read, too.
        if action == "BatchGetItem":
            for table, wanted in asked["RequestItems"].items():
                units = len(wanted["Keys"]) * (1 if wanted.get("ConsistentRead") else 0.5)
                count(unit, units, f"{who} {of_stack(table)}")
        # A condition that does not hold is looked at for the price of a write.
        if status != 200 and b"ConditionalCheckFailed" in content:
            count(unit, 1, f"{who} {of_stack(asked.get('TableName', ''))} in vain")
    return answer


def of_stack(table):
    """The name of a table in the template."""
    return next((part for part in table.split("-") if part.endswith("Table")), table)


dynamodb.handle_request = request_tables_metered

# --- IoT Core: messages of 5 KB, in and out ---

MESSAGE = 5 * 1024
publish = iot.broker_publish


async def publish_metered(account_id, region, topic, payload, *rest, **named):
    # What IoT Core says of connections is metered for whoever listens, and nobody does.
    if topic.startswith("$"):
        return await publish(account_id, region, topic, payload, *rest, **named)
    what = topic.rpartition("/")[2]
    units = pieces(len(topic) + len(payload), MESSAGE)
    count("iot_messages", units, f"publish {what}")
    for subscribers in list(iot._subscriptions.values()):
        for one in subscribers:
            filter_ = iot._unscope_topic(one.account_id, one.region, one.filter_prefixed)
            if iot._subscription_matches(filter_, topic):
                count("iot_messages", units, f"deliver {what}")
    return await publish(account_id, region, topic, payload, *rest, **named)


iot.broker_publish = publish_metered
dispatch = iot._WSSession._dispatch_packet
SAID = {iot.PKT_CONNECT: "connect", iot.PKT_SUBSCRIBE: "subscribe"}


async def dispatch_metered(session, kind, flags, body):
    if kind in SAID:
        count("iot_messages", 1, SAID[kind])
    return await dispatch(session, kind, flags, body)


iot._WSSession._dispatch_packet = dispatch_metered

# --- The bus, queues, state machines, secrets ---

put_events = eventbridge._put_events


def put_events_metered(data, *rest, **named):
    for entry in data.get("Entries", []):
        # What services say of themselves is free.
        if entry.get("Source", "").startswith("aws."):
            continue
        size = sum(len(str(value).encode()) for value in entry.values())
        count("bus_events", pieces(size, 64 * 1024), entry.get("DetailType", ""))
    return put_events(data, *rest, **named)


eventbridge._put_events = put_events_metered
to_queue = eventbridge._dispatch_to_sqs


def to_queue_metered(spec, *rest, **named):
    count("sqs_requests", 1, f"send {spec.resource}")
    return to_queue(spec, *rest, **named)


eventbridge._dispatch_to_sqs = to_queue_metered
receive, delete = sqs._receive_messages_for_esm, sqs._delete_messages_for_esm


def receive_metered(queue_url, *rest):
    messages = receive(queue_url, *rest)
    if messages:
        count("sqs_requests", 1, f"receive {queue_url.rpartition('/')[2]}")
    return messages


def delete_metered(queue_url, handles):
    if handles:
        count("sqs_requests", 1, f"delete {queue_url.rpartition('/')[2]}")
    return delete(queue_url, handles)


sqs._receive_messages_for_esm, sqs._delete_messages_for_esm = receive_metered, delete_metered
add_event = stepfunctions._add_event


def add_event_metered(execution, kind, details=None):
    if kind.endswith("StateEntered"):
        # The way into the first state is one more: the start.
        if not any(event["type"].endswith("StateEntered") for event in execution["events"]):
            count("state_transitions", 1, "start")
        entered = (details or {}).get("stateEnteredEventDetails", {})
        count("state_transitions", 1, entered.get("name", "?"))
    return add_event(execution, kind, details)


stepfunctions._add_event = add_event_metered
read_secret = secretsmanager.handle_request


async def read_secret_metered(method, path, headers, *rest):
    count("secret_requests", 1, caller(headers))
    return await read_secret(method, path, headers, *rest)


secretsmanager.handle_request = read_secret_metered

launcher = os.path.join(os.path.dirname(os.path.abspath(__file__)), "launcher.py")
runpy.run_path(launcher, run_name="__main__")
