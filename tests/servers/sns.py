"""PyPI's moto as Amazon SNS on loopback, checking signatures and rights as Amazon does. usage: sns.py DIR PORT

Writes DIR/aws.json: {"key", "secret"} of a user that may publish, and {"other_key", "other_secret"} of one that may nothing.
"""
import json, os, sys, threading, urllib.request
import boto3
import logging
from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").disabled = True
folder, port = sys.argv[1], int(sys.argv[2])
os.chdir(folder)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)
server.start()
url = f"http://127.0.0.1:{port}"
iam = boto3.client("iam", endpoint_url=url, region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x")


def user(name, actions):
    iam.create_user(UserName=name)
    if actions:
        rights = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
        iam.put_user_policy(UserName=name, PolicyName="p", PolicyDocument=json.dumps(rights))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return key["AccessKeyId"], key["SecretAccessKey"]


key, secret = user("gate", "sns:Publish")
other_key, other_secret = user("other", None)
for path, body in (("recorder/start-recording", b""), ("reset-auth", b"0")):
    request = urllib.request.Request(f"{url}/moto-api/{path}", data=body, method="POST", headers={"Content-Type": "text/plain"})
    urllib.request.urlopen(request).read()
with open("aws.json", "w") as out:
    json.dump({"key": key, "secret": secret, "other_key": other_key, "other_secret": other_secret}, out)
print("ready", flush=True)
threading.Event().wait()
