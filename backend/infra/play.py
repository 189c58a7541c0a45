"""Puts a recording onto a bus, at the pace at which it happened or faster. What is played is what was recorded,
names and times included: played once more, it is the same events come twice. `cargo xtask play` starts it with a
Python that has boto3."""

import argparse
import json
import os
import sys
import time
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from botocore.exceptions import BotoCoreError, ClientError

from deployment import STACK, Account

SOURCE = "serverlesspresso"
# EventBridge takes so many at once.
MOST = 10
TRIES = 5

NOT_THERE = """\
There is no bus {0} in {1}. `aws events create-event-bus --name {0}` makes it; then deploy what you try with
Bus={0}, and play again."""
BARS_OWN = f"""\
{STACK} is the bus of the bars themselves: what is played there would be taken for what happens. Play onto another,
`--bus {STACK}-play`."""


def play(account, arguments):
    bus = account.client("events")
    if arguments.bus == STACK:
        sys.exit(BARS_OWN)
    try:
        bus.describe_event_bus(Name=arguments.bus)
    except bus.exceptions.ResourceNotFoundException:
        sys.exit(NOT_THERE.format(arguments.bus, account.region))
    left = [json.loads(line) for line in Path(arguments.recording).read_text().splitlines()]
    total, first, began, told = len(left), min(map(moment, left)), time.monotonic(), None
    while left:
        passed = first + (time.monotonic() - began) * arguments.speed
        due = list(takewhile(lambda event: moment(event) <= passed, left[:MOST]))
        if not due:
            time.sleep((moment(left[0]) - passed) / arguments.speed)
            continue
        put(bus, arguments.bus, due)
        left = left[len(due) :]
        minute = due[-1]["at"][:16].replace("T", " ")
        if minute != told or not left:
            told = minute
            print(f"  {minute}  {total - len(left):5} of {total} events", flush=True)
    print(f"Played onto {arguments.bus} in {account.region}.")


def moment(event):
    return datetime.fromisoformat(event["at"]).timestamp()


def put(bus, name, events):
    entries = [
        {
            "EventBusName": name,
            "Source": SOURCE,
            "DetailType": event["type"],
            "Detail": json.dumps(event),
            "Time": moment(event),
        }
        for event in events
    ]
    for tried in range(TRIES):
        answers = bus.put_events(Entries=entries)["Entries"]
        refused = [(entry, answer) for entry, answer in zip(entries, answers) if "ErrorCode" in answer]
        if not refused:
            return
        entries = [entry for entry, _ in refused]
        time.sleep(0.1 * 2**tried)
    sys.exit(f"{name} does not take {len(refused)} events: {refused[0][1]}")


def main():
    parser = argparse.ArgumentParser(prog="cargo xtask play")
    parser.add_argument("recording", help="events, one on each line, as the bus carries them")
    parser.add_argument("--bus", default=f"{STACK}-play", help="standard: %(default)s")
    parser.add_argument("--endpoint", help="of what stands in for AWS")
    parser.add_argument("--speed", type=float, default=1, help="so many times as fast as it happened")
    arguments = parser.parse_args()
    if not arguments.speed > 0:
        parser.error("--speed must be more than 0")
    if arguments.endpoint:
        os.environ["AWS_ENDPOINT_URL"] = arguments.endpoint
    try:
        play(Account(), arguments)
    except (OSError, BotoCoreError, ClientError) as error:
        sys.exit(f"It cannot be played: {error}")
    except (ValueError, KeyError) as error:
        sys.exit(f"{arguments.recording} is no recording: {error!r}")


if __name__ == "__main__":
    main()
