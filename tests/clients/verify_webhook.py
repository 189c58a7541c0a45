"""Verifies a delivery of a webhook with the library of the standard itself, and as README says.

On its input JSON: `secret`, `headers` and `body`; on its output what it makes of them.
"""

import json
import re
import sys
from pathlib import Path

from standardwebhooks import Webhook, WebhookVerificationError

readme = Path(__file__).parents[2].joinpath("README.md").read_text()
exec(re.search(r"```python\n(import [^`]*def is_genuine.*?)```", readme, re.DOTALL)[1])

asked = json.load(sys.stdin)
webhook = Webhook(asked["secret"])
webhook.verify(asked["body"], asked["headers"])
assert is_genuine(asked["secret"], asked["headers"], asked["body"].encode())
assert not is_genuine(asked["secret"], asked["headers"], asked["body"].encode() + b" ")
try:
    webhook.verify(asked["body"] + " ", asked["headers"])
except WebhookVerificationError:
    print("verified, and refused when a letter differs")
