"""A consumer of events, as tests have it: it validates what it receives by the published schemas."""

import json
from pathlib import Path

from jsonschema import Draft202012Validator

ROOT = Path(__file__).parent.parent.parent
SCHEMAS = json.loads((ROOT / "docs" / "events.schema.json").read_text())
# What somebody else publishes on our bus is not ours to judge.
PATTERN = {"source": ["serverlesspresso"]}


def validators(schemas):
    """One for each type of event, by its name."""
    names = [it["$ref"].removeprefix("#/$defs/") for it in schemas["oneOf"]]
    return {name: Draft202012Validator(schemas | {"oneOf": [{"$ref": f"#/$defs/{name}"}]}) for name in names}


VALIDATORS = validators(SCHEMAS)


def check(event, by=VALIDATORS):
    mistakes = list(by[event["type"]].iter_errors(event))
    assert not mistakes, f"{event}: {mistakes}"


class Consumer:
    """Hears whatever is told on a bus from now on. `client` makes a client of a service."""

    def __init__(self, client, bus, name):
        self.sqs, self.bus, self.name = client("sqs"), bus, name
        self.queue = self.sqs.create_queue(QueueName=name)["QueueUrl"]
        queue = self.sqs.get_queue_attributes(QueueUrl=self.queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        self.events = events = client("events")
        events.put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps(PATTERN))
        events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": name, "Arn": queue}])

    def heard(self):
        """What has come since it was asked before."""
        heard = []
        while messages := self.sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                envelope = json.loads(message["Body"])
                event = envelope["detail"]
                assert envelope["detail-type"] == event["type"], envelope
                check(event)
                heard.append(event)
            taken = [{"Id": str(n), "ReceiptHandle": it["ReceiptHandle"]} for n, it in enumerate(messages)]
            self.sqs.delete_message_batch(QueueUrl=self.queue, Entries=taken)
        return heard

    def leaves(self):
        """A bus that somebody listens to cannot be deleted."""
        self.events.remove_targets(Rule=self.name, EventBusName=self.bus, Ids=[self.name])
        self.events.delete_rule(Name=self.name, EventBusName=self.bus)
        self.sqs.delete_queue(QueueUrl=self.queue)
