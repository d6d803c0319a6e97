"""Answers as Yubico's own server was recorded to, at an address for each case. usage: yubicloud.py DIR PORT

/SLUG-OF-CASE: the recorded body with the password and nonce of this question in it, signed anew with the key that the recorded
one was signed with. /ok+wrong-h, +no-h, +other-otp, +other-nonce: that one thing is wrong. /html, /silent, /broken: no answer of the protocol.
"""
import base64, hashlib, hmac, json, os, re, sys, time, urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SPECS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "specs")
RECORDED = json.load(open(os.path.join(SPECS, "yubicloud-exchanges.json")))
KEY = base64.b64decode(RECORDED["client"]["api_key_base64"])
CASES = {re.sub(r"[^a-z0-9]+", "-", e["case"].lower()).strip("-"): e for e in RECORDED["exchanges"]}


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain;charset=UTF-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def do_GET(self):
        url = urllib.parse.urlparse(self.path)
        asked = dict(urllib.parse.parse_qsl(url.query))
        case, _, wrong = url.path.strip("/").partition("+")
        if case == "silent":
            time.sleep(4)
        if case in ("silent", "html"):
            return self.answer(200, "<html>It works!</html>")
        if case == "broken":
            return self.answer(500, "")
        exchange = CASES[case]
        said = dict(line.split("=", 1) for line in exchange["body"].split("\r\n") if line)
        for name in ("otp", "nonce"):
            if name in said:
                said[name] = asked[name]
        if wrong == "other-otp":
            said["otp"] = said["otp"][:-1] + ("c" if said["otp"][-1] != "c" else "b")
        if wrong == "other-nonce":
            said["nonce"] = "0" * 32
        line = "&".join(f"{k}={said[k]}" for k in sorted(said) if k != "h")
        key = KEY if exchange["h_made_with"] == "client-key" else b""
        said["h"] = base64.b64encode(hmac.new(key, line.encode(), hashlib.sha1).digest()).decode()
        if wrong == "wrong-h":
            said["h"] = base64.b64encode(bytes(20)).decode()
        if wrong == "no-h":
            del said["h"]
        self.answer(200, "".join(f"{k}={v}\r\n" for k, v in said.items()) + "\r\n")


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler)
print("ready", flush=True)
server.serve_forever()
