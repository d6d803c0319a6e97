"""A security key in software, PyPI's soft-webauthn. usage: softkey.py STATE create|get ORIGIN < options; prints the answer as JSON.

The options are those of the gate's API; STATE keeps the key from one call to the next. With COUNTER in the environment the key
pretends to have signed so often.
"""
import base64, json, os, sys
from cryptography.hazmat.primitives import serialization as form
from soft_webauthn import SoftWebauthnDevice


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


state, what, origin = sys.argv[1:]
options = json.load(sys.stdin)["publicKey"]
options["challenge"] = decode(options["challenge"])
device = SoftWebauthnDevice()
if os.path.exists(state):
    kept = json.load(open(state))
    device.private_key = form.load_pem_private_key(kept["key"].encode(), None)
    device.credential_id, device.user_handle = decode(kept["id"]), decode(kept["user"])
    device.rp_id, device.sign_count = kept["rp"], kept["count"]
if what == "create":
    options["user"]["id"] = decode(options["user"]["id"])
    options["attestation"] = "none"
    made = device.create({"publicKey": options}, origin)
    names = ("clientDataJSON", "attestationObject")
else:
    if "COUNTER" in os.environ:
        device.sign_count = int(os.environ["COUNTER"])
    made = device.get({"publicKey": options}, origin)
    names = ("clientDataJSON", "authenticatorData", "signature")
pem = device.private_key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption()).decode()
kept = {"key": pem, "id": encode(device.credential_id), "user": encode(device.user_handle), "rp": device.rp_id, "count": device.sign_count}
json.dump(kept, open(state, "w"))
response = {name: encode(made["response"][name]) for name in names}
print(json.dumps({"id": encode(made["rawId"]), "rawId": encode(made["rawId"]), "type": "public-key", "extensions": {},
                  "response": response}))
