"""Verifies what arrived by the official Python library of Standard Webhooks, and by cryptography where it is ed25519."""

import base64
import json
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from standardwebhooks.webhooks import Webhook, WebhookVerificationError


def by_hmac(secret, letter):
    try:
        Webhook(secret).verify(letter["body"], letter["headers"])
        return True
    except WebhookVerificationError:
        return False


def by_ed25519(key, letter):
    headers = letter["headers"]
    public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key.removeprefix("whpk_")))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{letter['body']}".encode()
    for signature in headers["webhook-signature"].split(" "):
        version, _, made = signature.partition(",")
        try:
            if version == "v1a" and public.verify(base64.b64decode(made), signed) is None:
                return True
        except InvalidSignature:
            continue
    return False


def judge(scheme, verifies, key, letters):
    if not all(verifies(key, letter) for letter in letters):
        sys.exit(f"webhooks: a signature by {scheme} is not good")
    changed = {**letters[0], "body": letters[0]["body"].replace("notice.", "notices.", 1)}
    if changed == letters[0] or verifies(key, changed):
        sys.exit(f"webhooks: a body that was changed is taken by {scheme}")


with open(sys.argv[1], encoding="utf-8") as file:
    arrived = json.load(file)
for name, verifies in [("hmac", by_hmac), ("ed25519", by_ed25519)]:
    older, newer = arrived[name]["keys"]
    first, both = arrived[name]["first"], arrived[name]["both"]
    judge(name, verifies, older, first)
    judge(name, verifies, older, both)
    judge(name, verifies, newer, both)
    if any(verifies(newer, letter) for letter in first):
        sys.exit(f"webhooks: the newer key verifies by {name} what it has not signed")
counts = {name: f"{len(of['first'])} and {len(of['both'])} while keys are exchanged" for name, of in arrived.items()}
print(
    f"Python: HMAC (standardwebhooks) {counts['hmac']}, ed25519 (cryptography) {counts['ed25519']}; "
    "what was changed is refused"
)
