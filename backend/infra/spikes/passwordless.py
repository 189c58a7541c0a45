"""What signing in without a password takes: Cognito's custom challenge, asked of the stand-in.

Run with a Python that has ministack and boto3: python passwordless.py
It starts MiniStack on a free port, prints what happens and an event of each trigger, and ends it.
"""

import base64
import io
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile

import boto3

# Three tries, each with a code of its own; the third wrong one ends it.
DEFINE = """
    tries = event["request"]["session"]
    if tries and tries[-1]["challengeResult"]:
        answer = {"issueTokens": True, "failAuthentication": False}
    elif len(tries) >= 3:
        answer = {"issueTokens": False, "failAuthentication": True}
    else:
        answer = {"issueTokens": False, "failAuthentication": False}
        answer["challengeName"] = "CUSTOM_CHALLENGE"
    event["response"].update(answer)
"""
CREATE = """
    code = f"{424242 + len(event['request']['session'])}"
    event["response"]["publicChallengeParameters"] = {"sent_to": "a***@example.com"}
    event["response"]["privateChallengeParameters"] = {"code": code}
    event["response"]["challengeMetadata"] = "code"
"""
VERIFY = """
    code = event["request"]["privateChallengeParameters"]["code"]
    event["response"]["answerCorrect"] = event["request"]["challengeAnswer"] == code
"""
TRIGGERS = {
    "DefineAuthChallenge": DEFINE,
    "CreateAuthChallenge": CREATE,
    "VerifyAuthChallengeResponse": VERIFY,
}


def start(directory):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    environment = {
        "PATH": os.environ["PATH"], "HOME": directory, "TMPDIR": directory,
        "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(port), "MINISTACK_HOST": "localhost",
        "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0", "STATE_DIR": f"{directory}/state",
        "AWS_ENDPOINT_URL": url,
    }
    log = open(f"{directory}/log", "wb")
    run = [sys.executable, "-c", "from ministack.app import main; main()"]
    process = subprocess.Popen(run, env=environment, stdout=log, stderr=log)
    for _ in range(1000):
        try:
            urllib.request.urlopen(f"{url}/_ministack/health", timeout=1).read()
            return process, url
        except OSError:
            time.sleep(0.05)
    sys.exit(f"MiniStack does not start: {directory}/log")


def client(service, url):
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return boto3.client(service, region_name="us-east-1", endpoint_url=url, **keys)


def trigger(functions, name, body, events):
    code = f"import json\n\ndef handler(event, _):\n{body}    with open({events!r}, 'a') as file:\n"
    code += "        file.write(json.dumps(event) + '\\n')\n    return event\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("index.py", code)
    made = functions.create_function(
        FunctionName=name, Runtime="python3.12", Handler="index.handler",
        Role="arn:aws:iam::000000000000:role/any", Code={"ZipFile": packed.getvalue()},
    )
    return made["FunctionArn"]


def tell(what, ask):
    began = time.perf_counter()
    try:
        answer = ask()
    except Exception as error:
        refusal = getattr(error, "response", {}).get("Error", {})
        print(f"{what}: {type(error).__name__}: {refusal.get('Message', error)}")
        return None
    told = {key: answer[key] for key in ("ChallengeName", "ChallengeParameters") if answer.get(key)}
    if "AuthenticationResult" in answer:
        body = answer["AuthenticationResult"]["IdToken"].split(".")[1]
        told = json.loads(base64.urlsafe_b64decode(body + "=="))
        told = {"tokens": sorted(answer["AuthenticationResult"]), "id token": told}
    print(f"{what}: {json.dumps(told)} ({(time.perf_counter() - began) * 1000:.0f} ms)")
    return answer


def ask_everything(url, events):
    functions, cognito = client("lambda", url), client("cognito-idp", url)
    triggers = {name: trigger(functions, name, body, events) for name, body in TRIGGERS.items()}
    pool = cognito.create_user_pool(PoolName="guests", LambdaConfig=triggers)["UserPool"]["Id"]
    apps = {
        setting: cognito.create_user_pool_client(
            UserPoolId=pool, ClientName=setting, PreventUserExistenceErrors=setting,
            ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        )["UserPoolClient"]["ClientId"]
        for setting in ("LEGACY", "ENABLED")
    }
    ada = "ada@example.com"
    attributes = [{"Name": "email", "Value": ada}, {"Name": "email_verified", "Value": "true"}]
    cognito.admin_create_user(
        UserPoolId=pool, Username=ada, MessageAction="SUPPRESS", UserAttributes=attributes
    )

    def begins(who=ada, app="LEGACY", flow="CUSTOM_AUTH", **more):
        parameters = {"USERNAME": who, **more}
        return cognito.initiate_auth(ClientId=apps[app], AuthFlow=flow, AuthParameters=parameters)

    def answers(challenge, text):
        return cognito.respond_to_auth_challenge(
            ClientId=apps["LEGACY"], ChallengeName="CUSTOM_CHALLENGE",
            Session=challenge["Session"], ChallengeResponses={"USERNAME": ada, "ANSWER": text},
        )

    first = tell("begins, with a user that has no password", begins)
    second = tell("a wrong answer", lambda: answers(first, "1"))
    third = tell("the code before", lambda: answers(second, "424242"))
    tokens = tell("the right answer", lambda: answers(third, "424244"))
    tell("the same session again", lambda: answers(third, "424244"))
    if tokens:
        refresh = tokens["AuthenticationResult"]["RefreshToken"]
        tell("the refresh token", lambda: begins(flow="REFRESH_TOKEN_AUTH", REFRESH_TOKEN=refresh))
    challenge = tell("begins again", begins)
    for number in (1, 2, 3):
        challenge = tell(f"wrong answer {number}", lambda: answers(challenge, "0")) or challenge
    for app in apps:
        tell(f"an unknown user, {app}", lambda: begins("eve@example.com", app))
    for own in ("EMAIL_OTP", "SMS_OTP"):
        tell(f"Cognito's own {own}", lambda: begins(flow="USER_AUTH", PREFERRED_CHALLENGE=own))


def main():
    with tempfile.TemporaryDirectory() as directory:
        process, url = start(directory)
        events = pathlib.Path(directory) / "events"
        try:
            ask_everything(url, str(events))
            for source in TRIGGERS:
                lines = events.read_text().splitlines()
                print(next(line for line in lines if f'"{source}_Authentication"' in line))
        finally:
            process.terminate()
            process.wait()


main()
