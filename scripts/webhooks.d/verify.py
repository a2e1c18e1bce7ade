"""Verifies what arrived by the official Python library of Standard Webhooks."""

import json
import sys

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

with open(sys.argv[1], encoding="utf-8") as file:
    given = json.load(file)
official = Webhook(given["secret"])
for letter in given["arrived"]:
    official.verify(letter["body"], letter["headers"])
try:
    official.verify(given["arrived"][0]["body"] + " ", given["arrived"][0]["headers"])
except WebhookVerificationError:
    print(f"Python: {len(given['arrived'])} by HMAC (standardwebhooks)")
else:
    sys.exit("webhooks: the library takes a body that was changed")
