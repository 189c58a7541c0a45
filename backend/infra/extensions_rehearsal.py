"""Extensions on the stand-in for AWS, each deployed alone beside a bus and taken away again. A recording is played
twice, first backwards: the counts are those of the recording played once. `cargo xtask test` starts it with
the stand-in's Python; its argument is the Python that deploys."""

import io
import json
import statistics
import sys
import tempfile
import time
import zipfile
from collections import Counter
from datetime import datetime
from pathlib import Path

from jsonschema import Draft202012Validator

from consumer import ROOT, SCHEMAS, VALIDATORS, Consumer, check, validators
from rehearsal import REGION, StandIn, deployment, until

INFRA = Path(__file__).parent
RECORDING = INFRA / "extensions" / "busy-quarter.jsonl"
GOLDEN = ROOT / "domain" / "tests" / "golden"
BUS = "serverlesspresso-play"


# --- What is published ------------------------------------------------------------------------------------------

def closed(schema):
    """The same without room for fields that are not described."""
    if isinstance(schema, list):
        return list(map(closed, schema))
    if not isinstance(schema, dict):
        return schema
    schema = {name: closed(part) for name, part in schema.items()}
    named = {"properties", "patternProperties"} & schema.keys()
    return schema | ({"additionalProperties": False} if schema.get("type") == "object" and named else {})


def check_schemas(recorded):
    """Whatever may be told fits its schema, and the schema says all of it."""
    Draft202012Validator.check_schema(SCHEMAS)
    strict = validators(closed(SCHEMAS))
    golden = [json.loads(file.read_text()) for file in GOLDEN.glob("*.json")]
    common = {name: recorded[0][name] for name in ("bar", "seq", "index", "at", "cause", "schema")}
    told = [common | event for event in golden if event.get("type") in VALIDATORS]
    assert {event["type"] for event in told} == VALIDATORS.keys()
    for event in told:
        Draft202012Validator(SCHEMAS).validate(event)
        check(event | {"added_later": 1})
        for field in ("bar", "seq", "index", "type"):
            wrong = {name: value for name, value in event.items() if name != field}
            assert not VALIDATORS[event["type"]].is_valid(wrong), f"without {field}: {wrong}"
    for event in told + recorded:
        check(event)
        check(event, strict)


# --- What extensions should find out ----------------------------------------------------------------------------


def drinks_of(recorded):
    """Of each order that was placed, the drink it is in the end; those that are gone left out."""
    placed = {event["order"]: event for event in recorded if event["type"] == "OrderPlaced"}
    changed = {event["order"]: event for event in recorded if event["type"] == "OrderChanged"}
    gone = {event["order"] for event in recorded if event["type"] in ("OrderCancelled", "OrderExpired")}
    return [(event, changed.get(order, event)) for order, event in placed.items() if order not in gone]


def expected_counts(recorded):
    def milk(options):
        return next((options[group][0] for group in ("milk", "milk-on-the-side") if options.get(group)), "none")

    drinks = [(placed["at"], placed["bar"], it["drink"], milk(it["options"])) for placed, it in drinks_of(recorded)]
    return Counter(f"{at[:10]} {at[11:13]} {bar} {drink} {milk}" for at, bar, drink, milk in drinks)


def expected_waits(recorded):
    ready = {event["order"]: event["at"] for event in recorded if event["type"] == "OrderCompleted"}
    waits = {}
    for placed, it in drinks_of(recorded):
        if placed["order"] in ready:
            at, then = (datetime.fromisoformat(moment) for moment in (ready[placed["order"]], placed["at"]))
            waits.setdefault(it["drink"], []).append((at - then).total_seconds())
    return {drink: round(statistics.mean(all)) for drink, all in waits.items()}


# --- On the stand-in --------------------------------------------------------------------------------------------

PROBE = """
import os
import boto3
from botocore.exceptions import ClientError

def handle(event, context):
    told = {}
    for service, call, arguments in event["calls"]:
        try:
            getattr(boto3.client(service), call)(**arguments)
            told[f"{service} {call}"] = "allowed"
        except ClientError as error:
            told[f"{service} {call}"] = error.response["Error"]["Code"]
    return told
"""


class Place:
    """A bus with nothing beside it but what a bar's deployment might hold, and another consumer."""

    def __init__(self, stand_in):
        self.stand_in = stand_in
        self.client = stand_in.client
        self.client("events").create_event_bus(Name=BUS)
        self.consumer = Consumer(self.client, BUS, "core")
        key = {"AttributeName": "bar", "KeyType": "HASH"}
        self.client("dynamodb").create_table(
            TableName="core",
            KeySchema=[key],
            AttributeDefinitions=[{"AttributeName": "bar", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        self.client("secretsmanager").create_secret(Name="core", SecretString="core")
        self.client("s3").create_bucket(
            Bucket="core", CreateBucketConfiguration={"LocationConstraint": REGION["AWS_REGION"]}
        )
        self.client("logs").create_log_group(logGroupName="core")
        self.client("logs").create_log_stream(logGroupName="core", logStreamName="core")

    def core(self):
        """What no extension may do."""
        item = {"bar": {"S": "espresso"}}
        line = {"timestamp": int(time.time() * 1000), "message": "core"}
        return [
            ("dynamodb", "get_item", {"TableName": "core", "Key": item}),
            ("dynamodb", "put_item", {"TableName": "core", "Item": item}),
            ("dynamodb", "scan", {"TableName": "core"}),
            ("dynamodb", "delete_table", {"TableName": "core"}),
            ("events", "put_events", {"Entries": [{"EventBusName": BUS, "Source": "a", "DetailType": "b", "Detail": "{}"}]}),
            ("events", "delete_rule", {"Name": "core", "EventBusName": BUS}),
            ("secretsmanager", "get_secret_value", {"SecretId": "core"}),
            ("sqs", "send_message", {"QueueUrl": self.consumer.queue, "MessageBody": "core"}),
            ("sqs", "receive_message", {"QueueUrl": self.consumer.queue}),
            ("s3", "list_objects_v2", {"Bucket": "core"}),
            ("lambda", "list_functions", {}),
            ("logs", "put_log_events", {"logGroupName": "core", "logStreamName": "core", "logEvents": [line]}),
            ("cognito-idp", "list_user_pools", {"MaxResults": 1}),
            ("iam", "list_roles", {}),
            ("cloudformation", "list_stacks", {}),
        ]

    def everything(self):
        """What there is, so that it can be told what a stack leaves behind."""
        found = {
            "tables": self.client("dynamodb").list_tables()["TableNames"],
            "queues": self.client("sqs").list_queues().get("QueueUrls", []),
            "rules": [it["Name"] for it in self.client("events").list_rules(EventBusName=BUS)["Rules"]],
            "functions": [it["FunctionName"] for it in self.client("lambda").list_functions()["Functions"]],
            "mappings": [it["UUID"] for it in self.client("lambda").list_event_source_mappings()["EventSourceMappings"]],
            "logs": [it["logGroupName"] for it in self.client("logs").describe_log_groups()["logGroups"]],
            "roles": [it["RoleName"] for it in self.client("iam").list_roles()["Roles"]],
            "dashboards": [it["DashboardName"] for it in self.client("cloudwatch").list_dashboards()["DashboardEntries"]],
        }
        return {kind: sorted(names) for kind, names in found.items()}


class Extension:
    """A stack of its own."""

    def __init__(self, place, name):
        self.place, self.name = place, name
        self.cloudformation = place.client("cloudformation")
        self.cloudformation.create_stack(
            StackName=name,
            TemplateBody=(INFRA / "extensions" / f"{name}.yaml").read_text(),
            Parameters=[{"ParameterKey": "Bus", "ParameterValue": BUS}],
            Capabilities=["CAPABILITY_IAM"],
        )
        until(lambda: not self.status().endswith("IN_PROGRESS"))
        assert self.status() == "CREATE_COMPLETE", self.cloudformation.describe_stack_events(StackName=name)
        resources = self.cloudformation.describe_stack_resources(StackName=name)["StackResources"]
        self.resources = {it["LogicalResourceId"]: it["PhysicalResourceId"] for it in resources}
        self.functions = [it["PhysicalResourceId"] for it in resources if it["ResourceType"] == "AWS::Lambda::Function"]

    def status(self):
        return self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]["StackStatus"]

    def ask(self, function, question):
        answer = self.place.client("lambda").invoke(FunctionName=function, Payload=json.dumps(question))
        said = json.loads(answer["Payload"].read())
        assert "FunctionError" not in answer, said
        return said

    def waiting(self):
        """Events that are on their way to it, and those it gave up."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        sqs = self.place.client("sqs")

        def number(queue):
            told = sqs.get_queue_attributes(QueueUrl=self.resources[queue], AttributeNames=names)
            return sum(map(int, told["Attributes"].values()))

        assert number("DeadLetters") == 0, self.place.stand_in.log.read_text()[-4000:]
        return number("Queue")

    def counts(self):
        """What metrics.yaml has counted, read off its table."""
        items = self.place.client("dynamodb").scan(TableName=self.resources["Counts"])["Items"]
        counts = {f"{it['what']['S']} {it['which']['S']}": int(it["drinks"]["N"]) for it in items if "drinks" in it}
        return Counter({what: drinks for what, drinks in counts.items() if drinks})

    def has_no_right_on_the_core(self):
        """Its own roles, with other functions than its own."""
        calls = self.place.client("lambda")
        for function in self.functions:
            calls.update_function_code(FunctionName=function, ZipFile=zipped(PROBE))
            told = self.ask(function, {"calls": [("sts", "get_caller_identity", {}), *self.place.core()]})
            assert told.pop("sts get_caller_identity") == "allowed", told
            assert set(told.values()) <= {"AccessDenied", "AccessDeniedException"}, told

    def ends(self):
        self.cloudformation.delete_stack(StackName=self.name)
        until(lambda: not any(self.name == it["StackName"] for it in self.running()))

    def running(self):
        stacks = self.cloudformation.list_stacks()["StackSummaries"]
        return [it for it in stacks if it["StackStatus"] != "DELETE_COMPLETE"]


def zipped(source):
    """A function's code, as Lambda takes it."""
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("index.py", source)
    return code.getvalue()


def play(stand_in, python, recording, *flags, **given):
    """By the command that people use, as fast as it goes."""
    command = [python, INFRA / "play.py", recording, "--endpoint", stand_in.url, "--speed", "100000", *flags]
    return deployment(stand_in, *command, **given)


def rehearse(stand_in, python, folder):
    began = time.monotonic()

    def say(what):
        print(f"    after {time.monotonic() - began:4.1f} s: {what}", flush=True)

    recorded = [json.loads(line) for line in RECORDING.read_text().splitlines()]
    check_schemas(recorded)
    say(f"every event fits its schema: {len(SCHEMAS['oneOf'])} types, {len(recorded)} recorded")

    assert "no AWS credentials" in play(stand_in, python, RECORDING, succeeds=False, given=REGION)
    assert "There is no bus" in play(stand_in, python, RECORDING, succeeds=False)
    assert "of the bars themselves" in play(stand_in, python, RECORDING, "--bus", "serverlesspresso", succeeds=False)
    # The worst order: whatever follows from something comes before it.
    backwards = Path(folder, "backwards.jsonl")
    backwards.write_text("\n".join(reversed(RECORDING.read_text().splitlines())))
    place = Place(stand_in)
    before = place.everything()

    def played(extension, recording):
        play(stand_in, python, recording)
        until(lambda: extension.waiting() == 0)
        heard.update(json.dumps(event, sort_keys=True) for event in place.consumer.heard())

    def rehearsed(name, found_out, expected):
        extension = Extension(place, name)
        for recording in (backwards, RECORDING):
            played(extension, recording)
            assert found_out(extension) == expected, f"{name}: {found_out(extension)}, not {expected}"
        say(f"{name} counts what comes twice and in any order once")
        extension.has_no_right_on_the_core()
        extension.ends()
        assert place.everything() == before, f"{name} leaves something behind: {place.everything()}, not {before}"
        say(f"{name} had no right on anything else, and leaves nothing behind")

    heard = Counter()
    counts = expected_counts(recorded)
    assert len({what[:13] for what in counts}) == 2, f"an hour ends meanwhile: {counts}"
    rehearsed("metrics", counted, counts)
    rehearsed("waits", waited, expected_waits(recorded))
    sent = Counter(json.dumps(event, sort_keys=True) for event in recorded)
    assert heard == Counter({event: 4 for event in sent}), "what is played is what was recorded, four times"


def counted(extension):
    """What the table says, which the dashboard must show."""
    counts = extension.counts()
    dashboard = extension.place.client("cloudwatch").get_dashboard(DashboardName=extension.resources["Dashboard"])
    shown = json.loads(dashboard["DashboardBody"])["widgets"][0]["properties"]["endpoint"].rsplit(":", 1)[1]
    start, end = (datetime.fromisoformat(f"2026-11-21T{at}Z").timestamp() * 1000 for at in ("10:00:00", "12:00:00"))
    table = extension.ask(shown, {"widgetContext": {"timeRange": {"start": start, "end": end}}})["markdown"]
    rows = [row.strip("| ").split(" | ") for row in table.splitlines()[2:]]
    assert Counter({" ".join(row[:-1]): int(row[-1]) for row in rows}) == counts, table
    return counts


def waited(extension):
    return extension.ask(extension.functions[0], {"bar": "espresso", "day": "2026-11-21"})


def main():
    with tempfile.TemporaryDirectory() as folder:
        stand_in = StandIn(folder)
        try:
            rehearse(stand_in, sys.argv[1], folder)
        finally:
            stand_in.process.terminate()
            stand_in.process.wait()


main()
