"""What the function that answers HTTP was deployed with on the stand-in: its environment, and the
secret it signs with. Run with the address of the stand-in."""

import json
import sys

import boto3

account = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
at = {"endpoint_url": sys.argv[1], "region_name": "us-east-1", **account}
functions = boto3.client("lambda", **at).list_functions()["Functions"]
environments = [function["Environment"]["Variables"] for function in functions]
environment = next(it for it in environments if it["SERVERLESSPRESSO_ROLE"] == "api")
secrets = boto3.client("secretsmanager", **at)
secret = secrets.get_secret_value(SecretId=environment["SERVERLESSPRESSO_SIGNING_SECRET"])
print(json.dumps({"environment": environment, "secret": secret["SecretString"]}))
