"""Forms as Python's libraries send them: forms.py BASE COOKIE"""
import email.policy
import io
import sys
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart

import requests
from urllib3.fields import RequestField
from urllib3.filepost import encode_multipart_formdata

base, cookie = sys.argv[1:3]


def post(name, **what):
    headers = {"Cookie": cookie, **what.pop("headers", {})}
    answer = requests.post(f"{base}/{name}", headers=headers, allow_redirects=False, **what)
    print(name, answer.status_code, flush=True)


def mail(policy, *parts):
    form = MIMEMultipart("form-data", policy=policy)
    for part, parameters in parts:
        part.add_header("Content-Disposition", "form-data", **parameters)
        form.attach(part)
    whole = form.as_bytes(policy=policy)
    end = policy.linesep.encode()
    body = whole.split(end + end, 1)[1]
    return {"data": body, "headers": {"Content-Type": form["Content-Type"].replace("\n", "")}}


def text(value):
    part = MIMENonMultipart("text", "plain")
    part.set_payload(value)
    return part


crlf, lf = email.policy.compat32.clone(linesep="\r\n"), email.policy.compat32
title = (text("a title"), {"name": "title"})
file = (MIMEApplication(b"\0\1\2"), {"name": "file", "filename": "a.bin"})
post("py-email", **mail(crlf, title))
post("py-email-base64", **mail(crlf, title, file))
post("py-email-line-feeds", **mail(lf, title, file))

post("py-files", files={"file": ("hało.txt", io.BytesIO(b"x")), "more": ('a"b\\c.txt', b"y")}, data={"title": "z"})
binary = RequestField("file", b"\0\xff", filename="C:\\temp\\a b.bin", headers={"Content-Transfer-Encoding": "binary"})
binary.make_multipart(content_type="application/octet-stream")
rfc5987 = RequestField("more", "y", headers={"Content-Disposition": "form-data; name=\"more\"; filename*=utf-8''ha%C5%82o.txt"})
for name, fields in [("py-binary", [binary]), ("py-rfc5987", [rfc5987])]:
    body, content_type = encode_multipart_formdata(fields)
    post(name, data=body, headers={"Content-Type": content_type})
body, content_type = encode_multipart_formdata([binary], boundary="a=b/c:d")
post("py-quoted-boundary", data=body, headers={"Content-Type": 'multipart/form-data; boundary="a=b/c:d"'})

post("py-json-surrogate", json={"text": "\ud800", "user": {"name": "x"}})
post("py-json-nan", data='{"x": NaN, "y": 1e999}', headers={"Content-Type": "application/json"})
post("py-json-deep", data="[" * 300 + "]" * 300, headers={"Content-Type": "application/json"})
post("py-ndjson", data='{"index":{}}\n{"username":"x"}\n', headers={"Content-Type": "application/json"})
post("py-json-users", json=[{"username": name, "password": "x"} for name in ("ann", "ben")])
latin = {"Content-Type": "application/x-www-form-urlencoded; charset=ISO-8859-2"}
post("py-latin-2", data="title=%B3%F3d%BC&q=a", headers=latin)
