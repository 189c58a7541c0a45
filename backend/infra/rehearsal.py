"""A deployment's whole life on the stand-in for AWS, by the commands that people use: made, found, signed
in to, ordered from, updated and taken away. `cargo xtask test` starts it with the stand-in's Python; its
arguments are the Python that deploys and the flags of deployment.py's `deploy`."""

import csv
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import boto3

from consumer import Consumer

# Seconds; a busy machine needs many of them.
PATIENCE = 180


class StandIn:
    """MiniStack on a free port, with nothing in its environment but what functions may see."""

    def __init__(self, folder):
        # A port that was free may be taken a moment later.
        while not self.starts(folder):
            assert "already in use" in self.log.read_text(), self.log.read_text()

    def starts(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = Path(folder, "log")
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "TMPDIR": folder,
            "STATE_DIR": f"{folder}/state",
            "S3_DATA_DIR": f"{folder}/s3",
            "BIND_HOST": "127.0.0.1",
            "GATEWAY_PORT": str(self.port),
            "MINISTACK_HOST": "localhost",
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "AUTH": "true",
            "AWS_ENDPOINT_URL": self.url,
        }
        command = [sys.executable, Path(sys.executable).with_name("ministack")]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
        until(lambda: self.process.poll() is not None or self.listens())
        return self.process.poll() is None

    def listens(self):
        with socket.socket() as asked:
            return asked.connect_ex(("127.0.0.1", self.port)) == 0

    def client(self, service):
        """With the rights of the account's owner."""
        owner = {name.lower(): key for name, key in KEYS.items()}
        return boto3.client(service, endpoint_url=self.url, region_name=REGION["AWS_REGION"], **owner)

    def ask(self, host, path, body=None, token=None, headers=()):
        """Status, headers and body of an answer of `host`, whatever the status."""
        request = urllib.request.Request(self.url + path, headers={"Host": host, **dict(headers)})
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            answer = urllib.request.build_opener(Stay).open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as error:
            answer = error
        return answer.status, answer.headers, answer.read()


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer."""

    def redirect_request(self, *_):
        return None


def until(is_so):
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
REGION = {"AWS_REGION": "eu-central-1"}


def deployment(stand_in, *words, succeeds=True, given=KEYS | REGION):
    """What deployment.py says, with the rights of an account's owner and no settings of anybody else."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment |= {"HOME": str(stand_in.log.parent), "AWS_EC2_METADATA_DISABLED": "true"}
    environment |= {"AWS_ENDPOINT_URL": stand_in.url, **given}
    done = subprocess.run(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert (done.returncode == 0) == succeeds, f"{words}: {done.stdout}\n{stand_in.log.read_text()[-4000:]}"
    return done.stdout


def order_from(stand_in, api, link):
    """A bar is founded and opened, a guest scans its code and orders what is first on the menu."""

    def ask(path, body=None, token=None, expected=200):
        status, _, answer = stand_in.ask(api, path, body, token)
        assert status == expected, f"{path}: {status} {answer.decode()}\n{stand_in.log.read_text()[-4000:]}"
        return json.loads(answer)

    def command(number):
        return f"rehearsal-{number}"

    organiser = ask("/api/sessions/link", {"link": link}, expected=201)["token"]
    bar = {"command_id": command(1), "bar": "espresso", "name": "Espresso", "place": "Hall 1"}
    menu = ask("/api/bars", bar, organiser, 201)["menu"]
    ask("/api/bars/espresso/commands", {"command_id": command(2), "type": "open"}, organiser)
    code = ask("/api/bars/espresso/code", token=organiser)["code"]
    guest = ask("/api/sessions/guest", {}, expected=201)["token"]
    order = ask("/api/bars/espresso/orders", {"command_id": command(3), "code": code}, guest, 201)
    drink = menu["drinks"][0]
    groups = [group for group in menu["groups"] if group["slug"] in drink["groups"] and group["required"]]
    options = {group["slug"]: [group["options"][0]["slug"]] for group in groups}
    place = {"command_id": command(4), "type": "place", "drink": drink["slug"], "options": options}
    placed = ask(f"/api/orders/{order['order']}/commands", place, guest)
    assert (placed["status"], placed["number"]) == ("placed", 1), placed
    return lambda: ask(f"/api/orders/{order['order']}", token=guest)["status"]


HTTPS = ("x-forwarded-proto", "https")


def check_apps(stand_in, distribution, files):
    """Every file by its address, as the table says, through the function at the edge."""

    def get(path, *headers):
        return stand_in.ask(distribution, path, headers=[HTTPS, *headers])

    with open(files, newline="") as table:
        entries = list(csv.DictReader(table, delimiter="\t"))
    for entry in entries:
        is_small = entry["key"].endswith(".br")
        path = "/" + entry["key"].removesuffix(".br")
        status, headers, body = get(path, ("accept-encoding", "br" if is_small else "identity"))
        assert status == 200, f"{path}: {status}"
        assert headers["content-type"] == entry["type"], f"{path}: {headers}"
        assert headers["cache-control"] == entry["caching"], f"{path}: {headers}"
        assert (headers["content-encoding"] or "") == entry["encoding"], f"{path}: {headers}"
        assert "'sha256-" in headers["content-security-policy"], f"{path}: {headers}"
        assert headers["x-content-type-options"] == "nosniff", f"{path}: {headers}"
        assert not entry["file"] or body == Path(entry["file"]).read_bytes(), path
    for path, leads_to in [("/", "/order/"), ("/barista/manage?a=b%20c", "/barista/manage/?a=b%20c")]:
        status, headers, _ = get(path)
        assert (status, headers["location"]) == (307, leads_to), f"{path}: {status} {headers}"
    page = get("/barista/manage/")[2]
    assert get("/barista/manage/bars/espresso/menu")[2] == page, "the organiser's page answers for all below it"
    # On AWS it is 404, because the distribution may list the bucket; the stand-in always says 403.
    for path in ["/order/no-such-file.js", "/barista/manage/no-such-file.js", "/order/nothing"]:
        assert get(path)[0] in (403, 404), path
    return json.loads(get("/order/config.json")[2])


def main():
    python, flags = sys.argv[1], sys.argv[2:]
    command = [python, Path(__file__).with_name("deployment.py"), "--version", "rehearsal"]
    # What the stand-in lacks.
    deploy = [*command, "deploy", *flags, "--set", "LiveAuthorizer=no"]
    with tempfile.TemporaryDirectory() as folder:
        stand_in = StandIn(folder)
        try:
            live_through(stand_in, command, deploy, flags)
        finally:
            stand_in.process.terminate()
            stand_in.process.wait()


def live_through(stand_in, command, deploy, flags):
    began = time.monotonic()

    def say(what):
        print(f"    after {time.monotonic() - began:4.1f} s: {what}", flush=True)

    for given, missing in [
        (REGION, "no AWS credentials"),
        (KEYS, "no AWS region"),
        (KEYS | REGION, "Nothing is deployed"),
    ]:
        assert missing in deployment(stand_in, *command, "url", succeeds=False, given=given)
    say("what is missing was said")
    said = deployment(stand_in, *deploy)
    assert "CREATE_COMPLETE" in said, said
    say("deployed")
    lines = [line.split() for line in deployment(stand_in, *command, "url").splitlines()]
    places = dict(words for words in lines if len(words) == 2)
    api, distribution = (places[name].split("/")[2] for name in ("API", "guests"))
    config = check_apps(stand_in, distribution, flags[flags.index("--files") + 1])
    assert config["order_url"] == places["guests"] and config["live"].startswith("wss://"), config

    say("every file of the apps was served")
    # The bus has the stack's name.
    consumer = Consumer(stand_in.client, "serverlesspresso", "rehearsal")
    link = deployment(stand_in, *command, "users").strip().rsplit("#link=", 1)[1]
    status = order_from(stand_in, api, link)
    say("the first organiser signed in, a guest ordered")
    told, types = [], {"BarCreated", "BarOpened", "CodeRedeemed", "OrderPlaced"}
    until(lambda: told.extend(consumer.heard()) or types <= {event["type"] for event in told})
    say(f"a consumer heard of it on the bus, as the schemas have it: {len(told)} events")

    said = deployment(stand_in, *deploy, "--set", "LogRetentionDays=7")
    assert "UPDATE_COMPLETE" in said, said
    assert status() == "placed", "what was ordered is there after an update"
    said = deployment(stand_in, *deploy)
    assert "as it should be" in said, f"what was set stays set: {said}"
    policy = Path(flags[flags.index("--policy") + 1])
    other = stand_in.log.with_name("policy")
    other.write_text(policy.read_text().replace("'sha256-", "'sha256-new-"))
    deployment(stand_in, *[other if word == str(policy) else word for word in deploy])
    allowed = stand_in.ask(distribution, "/order/", headers=[HTTPS])[1]["content-security-policy"]
    for word in policy.read_text().split("; style-src")[0].split():
        assert word in allowed, f"pages of before go on: {allowed}"
    assert "'sha256-new-" in allowed, allowed
    say("updated")

    said = deployment(stand_in, *command, "destroy", succeeds=False)
    assert "Others listen to the bus serverlesspresso" in said, said
    assert status() == "placed" and stand_in.ask(distribution, "/order/", headers=[HTTPS])[0] == 200
    consumer.leaves()
    say("destroyed nothing while somebody listened")

    said = deployment(stand_in, *command, "destroy")
    assert "kept: LogTable" in said and "kept: StaffTable" in said, said
    assert "deleted: LogTable" in deployment(stand_in, *command, "destroy", "--data")
    assert "nothing to destroy" in deployment(stand_in, *command, "destroy", "--data")
    say("destroyed, and then its data")


if __name__ == "__main__":
    main()
