"""An administrator's own webhook: takes a code only with a right and fresh signature. usage: hook.py DIR PORT

The secret is `hook-secret`. `to` says what happens: `broken` 500, `unknown` 422 with a sentence of its own, `silent` nothing for
a while. GET /_sent: everything accepted so far.
"""
import hashlib, hmac, json, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sent = []


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def answer(self, status, body):
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def do_GET(self):
        self.answer(200, sent)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        at = self.headers["x-mfa-timestamp"]
        wanted = "sha256=" + hmac.new(b"hook-secret", at.encode() + b"." + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(wanted, self.headers["x-mfa-signature"]) or abs(time.time() - int(at)) > 60:
            return self.answer(401, {})
        message = json.loads(body)
        if message["to"] == "broken":
            return self.answer(500, {})
        if message["to"] == "unknown":
            return self.answer(422, {"details": "Your pager isn't registered. Call 1234."})
        if message["to"] == "silent":
            time.sleep(4)
        sent.append(message)
        self.answer(200, {})


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[2])), Handler)
print("ready", flush=True)
server.serve_forever()
