"""Twilio's Messages resource and SMSAPI's sms.do on loopback, as far as a sender sees them. usage: sms.py DIR PORT

Twilio: account ACaaaa…, token `twilio-token`, or the API key SKbbbb… with `twilio-secret`. The numbers that Twilio documents
for tests give their errors; +15005550429 is told to slow down, +15005550503 gets a page of HTML, +15005550098 no JSON,
+15005550099 no answer in time. SMSAPI: token `smsapi-token`; a number that ends in 9CC gives error CC, in 1CCC error CCC.
Under /broken, /garbage and /silent every provider fails in that way. GET /_sent: everything accepted so far.
"""
import base64, json, os, re, sys, time, urllib.parse
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SPECS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "specs")
TWILIO = json.load(open(os.path.join(SPECS, "twilio-errors.json")))["errors"]
SMSAPI = {e["code"]: e["meaning"] for e in json.load(open(os.path.join(SPECS, "smsapi-errors.json")))["errors"]}
ACCOUNT, KEY = "AC" + "a" * 32, "SK" + "b" * 32
CREDENTIALS = {(ACCOUNT, "twilio-token"), (KEY, "twilio-secret")}
sent = []


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body, kind="application/json", **headers):
        body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.path == "/_sent":
            return self.answer(200, sent)
        self.answer(404, {"code": 20404, "message": "not found", "status": 404})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
        form = {k: v[-1] for k, v in urllib.parse.parse_qs(body, keep_blank_values=True).items()}
        path = urllib.parse.urlparse(self.path).path
        # For every provider alike: one that has broken down, one that speaks in tongues, one that says nothing.
        if path.startswith("/broken"):
            return self.answer(500, b"<html>Internal Server Error</html>", "text/html")
        if path.startswith("/garbage"):
            return self.answer(200, b"\x00\xff{]<", "application/octet-stream")
        if path.startswith("/silent"):
            time.sleep(5)
        found = re.fullmatch(r"/2010-04-01/Accounts/([^/]+)/Messages\.json", path)
        if found:
            return self.twilio(found[1], form)
        if path == "/sms.do":
            return self.smsapi(form)
        self.answer(404, {"code": 20404, "message": f"The requested resource {path} was not found", "status": 404})

    def twilio_error(self, code, form, **headers):
        error = next(e for e in TWILIO if e["code"] == code)
        message = error["message"].replace("{To}", form.get("To", "")).replace("{From}", form.get("From", ""))
        more = f"https://www.twilio.com/docs/errors/{code}"
        self.answer(error["status"], {"code": code, "message": message, "more_info": more, "status": error["status"]}, **headers)

    def twilio(self, account, form):
        shown = self.headers.get("authorization", "")
        try:
            user, password = base64.b64decode(shown.removeprefix("Basic ")).decode().split(":", 1)
        except ValueError:
            user = password = ""
        if not shown.startswith("Basic ") or (user, password) not in CREDENTIALS or account != ACCOUNT:
            return self.twilio_error(20003, form, **{"WWW-Authenticate": 'Basic realm="Twilio API"'})
        to, sender = form.get("To", ""), form.get("From", "")
        if not to:
            return self.twilio_error(21604, form)
        if not form.get("Body"):
            return self.twilio_error(21602, form)
        if not sender and not form.get("MessagingServiceSid"):
            return self.twilio_error(21603, form)
        if to == "+15005550429":
            return self.twilio_error(20429, form, **{"Retry-After": "7"})
        if to == "+15005550503":
            return self.answer(503, b"<html><h1>503 Service Unavailable</h1></html>", "text/html")
        if to == "+15005550098":
            return self.answer(201, b"it went well, I think", "text/plain")
        if to == "+15005550099":
            time.sleep(5)
        for error in TWILIO:
            if error.get("magic_to") == to or error.get("magic_from") and error["magic_from"] == sender:
                return self.twilio_error(error["code"], form)
        if not re.fullmatch(r"\+[1-9]\d{6,14}", to):
            return self.twilio_error(21211, form)
        sid, now = "SM" + os.urandom(16).hex(), formatdate(usegmt=True).replace("GMT", "+0000")
        sent.append({"provider": "twilio", "auth_user": user, **form, "sid": sid})
        uri = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}"
        self.answer(201, {
            "account_sid": ACCOUNT, "api_version": "2010-04-01", "body": form["Body"], "date_created": now, "date_sent": None,
            "date_updated": now, "direction": "outbound-api", "error_code": None, "error_message": None, "from": sender or None,
            "messaging_service_sid": form.get("MessagingServiceSid"), "num_media": "0", "num_segments": "1" if sender else "0",
            "price": None, "price_unit": "USD", "sid": sid, "status": "queued" if sender else "accepted",
            "subresource_uris": {"media": uri + "/Media.json"}, "to": to, "uri": uri + ".json"})

    def smsapi_error(self, code, **more):
        self.answer(200, {**more, "error": code, "message": SMSAPI.get(code, "Unknown")})

    def smsapi(self, form):
        if self.headers.get("authorization") != "Bearer smsapi-token":
            return self.answer(401, {"error": 101, "message": "Authorization failed"})
        to = form.get("to", "")
        if form.get("format") != "json":
            return self.answer(200, b"OK:1460969715572091219:0.16:" + to.encode(), "text/plain")
        chosen = re.search(r"9(\d\d)$", to) or re.search(r"1(\d\d\d)$", to)
        if chosen and int(chosen[1]) in SMSAPI and int(chosen[1]):
            bad = [{"number": to, "submitted_number": to, "message": "Invalid phone number"}]
            return self.smsapi_error(int(chosen[1]), **({"invalid_numbers": bad} if int(chosen[1]) == 13 else {}))
        if to.endswith("777"):
            return self.answer(200, {"count": 0, "list": []})
        if not re.fullmatch(r"[1-9]\d{8,14}", to):
            return self.smsapi_error(13)
        if not form.get("message"):
            return self.smsapi_error(11)
        number = str(int(time.time() * 1e9))
        sent.append({"provider": "smsapi", **form, "id": number})
        self.answer(200, {"count": 1, "list": [{
            "id": number, "points": 0.16, "number": to, "date_sent": int(time.time()), "submitted_number": to,
            "status": "QUEUE", "error": None, "idx": form.get("idx"), "parts": 1}]})


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler)
print("ready", flush=True)
server.serve_forever()
