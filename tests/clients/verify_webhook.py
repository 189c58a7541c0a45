"""Verifies a delivery of a webhook with the library of the standard itself.

On its input JSON: `secret`, `headers` and `body`; on its output what it makes of them.
"""

import json
import sys

from standardwebhooks import Webhook, WebhookVerificationError

asked = json.load(sys.stdin)
webhook = Webhook(asked["secret"])
webhook.verify(asked["body"], asked["headers"])
try:
    webhook.verify(asked["body"] + " ", asked["headers"])
except WebhookVerificationError:
    print("verified, and refused when a letter differs")
