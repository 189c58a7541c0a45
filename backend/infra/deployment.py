"""What `cargo xtask aws` asks of AWS. It is started with a Python that has boto3 and with all it needs
to know; what the environment says of credentials, region and endpoint is boto3's affair."""

import argparse
import csv
import hashlib
import json
import os
import re
import sys
import time
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError

# One for each account and region, because live topics are the account's: two would hear each other.
STACK = "serverlesspresso"
WEEK = 7 * 24 * 3600

NO_CREDENTIALS = """\
There are no AWS credentials. Set AWS_PROFILE to a profile of ~/.aws/config (`aws configure sso` makes
one), or AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, where they are temporary, AWS_SESSION_TOKEN."""
NO_REGION = "There is no AWS region. Set AWS_REGION to the one the bar shall run in, such as eu-central-1."
NO_STACK = "Nothing is deployed in this account and region; `cargo xtask aws deploy` does it."


class Account:
    """Who asks, and where."""

    def __init__(self):
        # Unlike the other SDKs, boto3 reads AWS_DEFAULT_REGION alone.
        self.session = boto3.session.Session(region_name=os.environ.get("AWS_REGION"))
        if self.session.get_credentials() is None:
            sys.exit(NO_CREDENTIALS)
        self.region = self.session.region_name or sys.exit(NO_REGION)
        try:
            self.number = self.client("sts").get_caller_identity()["Account"]
        except (BotoCoreError, ClientError) as error:
            sys.exit(f"AWS does not take these credentials: {error}")
        self.cloudformation = self.client("cloudformation")
        self.s3 = self.client("s3")
        self.code_bucket = f"{STACK}-code-{self.number}-{self.region}"

    def client(self, service):
        return self.session.client(service)

    def stack(self, identifier=STACK):
        """What CloudFormation knows of the deployment, or None."""
        try:
            return self.cloudformation.describe_stacks(StackName=identifier)["Stacks"][0]
        except ClientError as error:
            if "does not exist" in str(error):
                return None
            raise

    def settings(self):
        """The parameters of the deployment."""
        stack = self.stack() or {}
        return {it["ParameterKey"]: it.get("ParameterValue", "") for it in stack.get("Parameters", [])}

    def outputs(self):
        stack = self.stack() or sys.exit(NO_STACK)
        return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}

    def resources(self):
        pages = self.cloudformation.get_paginator("list_stack_resources").paginate(StackName=STACK)
        return [resource for page in pages for resource in page["StackResourceSummaries"]]

    def events(self, identifier=STACK):
        pages = self.cloudformation.get_paginator("describe_stack_events")
        return [event for page in pages.paginate(StackName=identifier) for event in page["StackEvents"]]

    def has_bucket(self, bucket):
        try:
            self.s3.head_bucket(Bucket=bucket)
            return True
        except ClientError as error:
            if error.response["Error"]["Code"] in ("404", "NoSuchBucket"):
                return False
            raise

    def url(self, key):
        """Where what is stored under a key is found, by whoever may read the bucket."""
        return f"{self.s3.meta.endpoint_url}/{self.code_bucket}/{key}"

    def objects(self, bucket):
        pages = self.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
        return [found for page in pages for found in page.get("Contents", [])]

    def remove(self, bucket, keys):
        for start in range(0, len(keys), 1000):
            some = [{"Key": key} for key in keys[start : start + 1000]]
            self.s3.delete_objects(Bucket=bucket, Delete={"Objects": some, "Quiet": True})


def check(account, _):
    print(f"account {account.number}, region {account.region}")


def deploy(account, arguments):
    make_code_bucket(account)
    workflow = Path(arguments.template).with_name("order-timers.asl.json").read_bytes()
    endpoint = account.client("iot").describe_endpoint(endpointType="iot:Data-ATS")
    endpoint = endpoint["endpointAddress"]
    computed = {
        "Architecture": arguments.architecture,
        "CodeBucket": account.code_bucket,
        "CodeKey": store(account, f"lambda-{arguments.architecture}", "zip", Path(arguments.zip).read_bytes()),
        "OrderWorkflowKey": store(account, "order-timers", "asl.json", workflow),
        "LiveEndpoint": endpoint,
        "ContentSecurityPolicy": page_policy(account, Path(arguments.policy).read_text(), endpoint),
    }
    given = dict(setting.split("=", 1) for setting in arguments.set)
    template = store(account, "template", "yaml", Path(arguments.template).read_bytes())
    bring_about(account, template, computed | given)
    publish_apps(account, arguments)
    url(account, arguments)
    print("\n`cargo xtask aws users` makes a link that signs the first organiser in.")


def page_policy(account, policy, endpoint):
    """What pages may do. Those of the deployment before may go on: they are there until the new ones
    are, and kept open after that."""
    hashes = r"'sha256-[^']+'"
    new = re.findall(hashes, policy)
    before = re.findall(hashes, account.settings().get("ContentSecurityPolicy", ""))[: len(new)]
    scripts, rest = policy.split("; style-src", 1)
    scripts = " ".join([scripts, *(script for script in before if script not in new)])
    return f"{scripts}; style-src{rest}".replace("{live}", f"wss://{endpoint}")


def make_code_bucket(account):
    if account.has_bucket(account.code_bucket):
        return
    where = {"CreateBucketConfiguration": {"LocationConstraint": account.region}}
    # The one region that must not be named.
    account.s3.create_bucket(Bucket=account.code_bucket, **({} if account.region == "us-east-1" else where))
    tags = {"TagSet": [{"Key": "project", "Value": STACK}]}
    account.s3.put_bucket_tagging(Bucket=account.code_bucket, Tagging=tags)


def store(account, name, extension, body):
    """A file under a key that says what is in it, so that what is there need not be sent again."""
    key = f"{name}-{hashlib.sha256(body).hexdigest()[:16]}.{extension}"
    if key not in [found["Key"] for found in account.objects(account.code_bucket)]:
        print(f"uploading {key}, {len(body):,} bytes")
        account.s3.put_object(Bucket=account.code_bucket, Key=key, Body=body)
    return key


def bring_about(account, template, wanted):
    """Makes the stack of the template under this key, or changes it: what was set before and is not set
    now stays."""
    # A request takes 51,200 bytes of a template, a file twenty times as many.
    template = account.url(template)
    stack = account.stack()
    # A stack that could not be made holds nothing and can only be deleted.
    if stack and stack["StackStatus"] == "ROLLBACK_COMPLETE":
        delete(account, stack)
        stack = None
    declared = account.cloudformation.get_template_summary(TemplateURL=template)["Parameters"]
    declared = {parameter["ParameterKey"] for parameter in declared}
    parameters = [{"ParameterKey": name, "ParameterValue": value} for name, value in wanted.items()]
    kept = sorted((declared & set(account.settings())) - set(wanted)) if stack else []
    parameters += [{"ParameterKey": name, "UsePreviousValue": True} for name in kept]
    change = account.cloudformation.update_stack if stack else account.cloudformation.create_stack
    known = account.events() if stack else []
    try:
        identifier = change(
            StackName=STACK,
            TemplateURL=template,
            Parameters=parameters,
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
            Tags=[{"Key": "project", "Value": STACK}],
        )["StackId"]
    except ClientError as error:
        if "No updates are to be performed" not in str(error):
            raise
        print("the stack is as it should be")
        return
    status = follow(account, identifier, known)
    if status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
        sys.exit(f"The stack {STACK} is {status}; what went wrong is above.")


def follow(account, identifier, known):
    """Tells what CloudFormation does until it is done; the status it ends with. `known` are the events
    there were before."""
    told = {event["EventId"] for event in known}
    while True:
        status = account.stack(identifier)["StackStatus"]
        for event in reversed(account.events(identifier)):
            state = event["ResourceStatus"]
            if event["EventId"] not in told and not state.endswith("IN_PROGRESS"):
                reason = event.get("ResourceStatusReason", "") if "FAILED" in state else ""
                print(f"  {state:<20} {event['LogicalResourceId']} {reason}", flush=True)
            told.add(event["EventId"])
        if not status.endswith("IN_PROGRESS"):
            return status
        time.sleep(1)


def publish_apps(account, arguments):
    outputs = account.outputs()
    bucket = outputs.get("AppsBucket")
    if bucket is None:
        return
    # Until then the edges know neither the new pages' policy nor their addresses.
    account.client("cloudfront").get_waiter("distribution_deployed").wait(Id=outputs["DistributionId"])
    with open(arguments.files, newline="") as table:
        files = list(csv.DictReader(table, delimiter="\t"))
    config = json.dumps(configuration(account, outputs, arguments.version)).encode()
    # Pages last: what they ask for is there when they are.
    for entry in sorted(files, key=lambda entry: entry["caching"] == "no-cache"):
        # Only the configuration is made here and no file.
        body = Path(entry["file"]).read_bytes() if entry["file"] else config
        headers = {"ContentType": entry["type"], "CacheControl": entry["caching"]}
        if entry["encoding"]:
            headers["ContentEncoding"] = entry["encoding"]
        account.s3.put_object(Bucket=bucket, Key=entry["key"], Body=body, **headers)
    kept = {entry["key"] for entry in files}
    found = account.objects(bucket)
    # Pages that were opened before may still ask for the files of their time.
    old = [it["Key"] for it in found if it["Key"] not in kept and time.time() - it["LastModified"].timestamp() > WEEK]
    account.remove(bucket, old)
    account.client("cloudfront").create_invalidation(
        DistributionId=outputs["DistributionId"],
        InvalidationBatch={"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(time.time_ns())},
    )
    print(f"{len(files)} files of the apps are in {bucket}")


def configuration(account, outputs, version):
    public = (account.settings().get("PublicUrl") or outputs.get("AppsUrl", "")).rstrip("/")
    return {
        "api": outputs.get("AppsUrl", outputs["ApiUrl"]),
        "live": outputs["LiveUrl"],
        "order_url": f"{public}/order/",
        "version": version,
    }


def url(account, arguments):
    outputs = account.outputs()
    told = configuration(account, outputs, arguments.version)
    public = told["order_url"].removesuffix("/order/")
    print(f"guests      {told['order_url']}\nbaristas    {public}/barista/\norganisers  {public}/barista/manage/")
    print(f"monitor     {public}/display/\nAPI         {outputs['ApiUrl']}\n\nFor the apps on another host:")
    print(f"SERVERLESSPRESSO_API={outputs['ApiUrl']}\nSERVERLESSPRESSO_LIVE={told['live']}")
    print(f"SERVERLESSPRESSO_ORDER_URL={told['order_url']}")


def users(account, _):
    outputs = account.outputs()
    answer = account.client("lambda").invoke(
        FunctionName=outputs["AdminFunctionName"], Payload=json.dumps({"do": "first_start_link"})
    )
    said = json.loads(answer["Payload"].read())
    if "FunctionError" in answer:
        sys.exit(f"The deployment did not make a link: {said.get('errorMessage', said)}")
    if said["link"]:
        print(f"Open this within 15 minutes; it works once and signs the first organiser in:\n{said['link']}")
    else:
        print("An organiser has a password already and adds everybody else on the organiser's pages.")


def destroy(account, arguments):
    stack = account.stack()
    if stack:
        refuse_while_others_listen(account)
        for bucket in [it for it in account.resources() if it["ResourceType"] == "AWS::S3::Bucket"]:
            name = bucket["PhysicalResourceId"]
            if account.has_bucket(name):
                account.remove(name, [found["Key"] for found in account.objects(name)])
        delete(account, stack)
    if account.has_bucket(account.code_bucket):
        account.remove(account.code_bucket, [found["Key"] for found in account.objects(account.code_bucket)])
        account.s3.delete_bucket(Bucket=account.code_bucket)
    left = left_behind(account)
    for resource in left:
        kind, name = resource["ResourceType"], resource["PhysicalResourceId"]
        if arguments.data:
            DELETE[kind](account, name)
        print(f"  {'deleted' if arguments.data else 'kept'}: {resource['LogicalResourceId']} {name}")
    if left and not arguments.data:
        print("What is kept holds the bars' logs and the staff; `cargo xtask aws destroy --data` deletes it.")
    elif not stack and not left:
        print("There was nothing to destroy.")


def refuse_while_others_listen(account):
    """AWS deletes no bus that has rules on it, and finds out when the apps have gone already."""
    resources = account.resources()
    of_kind = {"AWS::Events::Rule": set(), "AWS::Events::EventBus": set()}
    for it in resources:
        # A rule is known by its bus and its name.
        of_kind.get(it["ResourceType"], set()).add(it["PhysicalResourceId"].rpartition("|")[2])
    for bus in of_kind["AWS::Events::EventBus"]:
        rules = account.client("events").list_rules(EventBusName=bus)["Rules"]
        others = sorted({rule["Name"] for rule in rules} - of_kind["AWS::Events::Rule"])
        if others:
            sys.exit(
                f"Others listen to the bus {bus}, by the rules {', '.join(others)}: delete their stacks first. "
                "Nothing was destroyed."
            )


def delete(account, stack):
    known = account.events()
    account.cloudformation.delete_stack(StackName=stack["StackId"])
    status = follow(account, stack["StackId"], known)
    if status != "DELETE_COMPLETE":
        sys.exit(f"The stack {STACK} is {status}; what went wrong is above.")


def left_behind(account):
    """What deployments of the last 90 days, which is how long AWS remembers, kept when they ended."""
    pages = account.cloudformation.get_paginator("list_stacks")
    gone = [stack for page in pages.paginate(StackStatusFilter=["DELETE_COMPLETE"]) for stack in page["StackSummaries"]]
    gone = [stack["StackId"] for stack in gone if stack["StackName"] == STACK]
    kept = [it for stack in gone for it in account.events(stack) if it["ResourceStatus"] == "DELETE_SKIPPED"]
    kept = {it["PhysicalResourceId"]: it for it in kept}
    return [it for name, it in kept.items() if is_there(account, it["ResourceType"], name)]


def is_there(account, kind, name):
    ask = {
        "AWS::DynamoDB::Table": lambda: account.client("dynamodb").describe_table(TableName=name),
        "AWS::SecretsManager::Secret": lambda: account.client("secretsmanager").describe_secret(SecretId=name),
        "AWS::Cognito::UserPool": lambda: account.client("cognito-idp").describe_user_pool(UserPoolId=name),
    }[kind]
    try:
        return "DeletedDate" not in ask()
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFoundException":
            return False
        raise


DELETE = {
    "AWS::DynamoDB::Table": lambda account, name: account.client("dynamodb").delete_table(TableName=name),
    "AWS::SecretsManager::Secret": lambda account, name: account.client("secretsmanager").delete_secret(
        SecretId=name, ForceDeleteWithoutRecovery=True
    ),
    "AWS::Cognito::UserPool": lambda account, name: account.client("cognito-idp").delete_user_pool(UserPoolId=name),
}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--version", required=True)
    commands = parser.add_subparsers(required=True)
    for command in (check, deploy, url, users, destroy):
        arguments = commands.add_parser(command.__name__)
        arguments.set_defaults(command=command)
        if command is deploy:
            for name in ("architecture", "zip", "template", "files", "policy"):
                arguments.add_argument(f"--{name}", required=True)
            arguments.add_argument("--set", action="append", default=[])
        if command is destroy:
            arguments.add_argument("--data", action="store_true")
    arguments = parser.parse_args()
    try:
        arguments.command(Account(), arguments)
    except (BotoCoreError, ClientError) as error:
        sys.exit(f"AWS says: {error}")


if __name__ == "__main__":
    main()
