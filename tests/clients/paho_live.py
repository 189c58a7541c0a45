"""Hears a live topic with paho-mqtt, a client library nobody here wrote.

    python paho_live.py [--qos 0|1] [--count N] [--seconds S] [--ca FILE] ws://127.0.0.1:8080/mqtt TOKEN TOPIC

Prints `subscribed` once the server has granted the topic, then one line per message, and ends
after N messages (1). Exit code: 0 all heard, 1 too few within S seconds (10), 2 wrong arguments,
3 refused at CONNECT, 4 the topic refused, 5 disconnected or never connected.
Needs `paho-mqtt` 2 from PyPI.
"""

import argparse
import queue
import sys
import time
from urllib.parse import urlsplit

import paho.mqtt.client as mqtt


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("token")
    parser.add_argument("topic")
    parser.add_argument("--qos", type=int, choices=(0, 1), default=0)
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--ca", help="for wss: what to trust instead of the system's list")
    asked = parser.parse_args()
    address = urlsplit(asked.url)

    # paho calls back on a thread of its own; what it says is dealt with here, in order.
    heard = queue.Queue()
    client = mqtt.Client(
        mqtt.CallbackAPIVersion.VERSION2,
        transport="websockets",
        protocol=mqtt.MQTTv311,
        reconnect_on_failure=False,
    )
    client.ws_set_options(path=address.path or "/")
    if address.scheme == "wss":
        client.tls_set(ca_certs=asked.ca)
    client.username_pw_set("session", asked.token)
    client.on_connect = lambda _c, _u, _f, code, _p: heard.put(("connect", code))
    client.on_subscribe = lambda _c, _u, _m, codes, _p: heard.put(("subscribe", codes[0]))
    client.on_message = lambda _c, _u, message: heard.put(("message", message.payload))
    client.on_disconnect = lambda _c, _u, _f, code, _p: heard.put(("disconnect", code))

    port = address.port or (443 if address.scheme == "wss" else 80)
    try:
        client.connect(address.hostname, port, keepalive=30)
    except OSError as error:
        print(f"cannot connect: {error}", file=sys.stderr)
        return 5
    client.loop_start()

    until = time.monotonic() + asked.seconds
    messages = 0
    while messages < asked.count:
        try:
            what, value = heard.get(timeout=max(0, until - time.monotonic()))
        except queue.Empty:
            print(f"{messages} of {asked.count} messages in time", file=sys.stderr)
            return 1
        if what == "connect":
            if value.is_failure:
                print(f"connection refused: {value}", file=sys.stderr)
                return 3
            client.subscribe(asked.topic, asked.qos)
        elif what == "subscribe":
            if value.is_failure:
                print(f"topic refused: {value}", file=sys.stderr)
                return 4
            print("subscribed", flush=True)
        elif what == "message":
            messages += 1
            print(value.decode(), flush=True)
        else:
            print(f"disconnected: {value}", file=sys.stderr)
            return 5

    client.disconnect()
    client.loop_stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
