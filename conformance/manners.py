"""curl's less usual options through the gate, as a verified session: what arrives at either end is what was sent."""

import email
import json
import re
import subprocess
import time

from odd_app import BODY, MANY, TAG, OddApp

UPLOAD = b"u" * 200_000


class Done:
    """What curl did: its exit status, what it wrote, the heads of all answers, and its own account of each transfer."""

    def __init__(self, ran, heads):
        self.exit, self.body, self.heads = ran.returncode, ran.stdout, heads
        self.told = ran.stderr.decode(errors="replace")
        # curl -Z draws its progress on the same line.
        self.transfers = [json.loads(found) for found in re.findall(r'\{"certs".*\}', self.told)]

    def expect(self, status=200, body=None, version=None):
        assert self.exit == 0, f"exit status {self.exit}: {self.told[-600:]}"
        codes = {one["http_code"] for one in self.transfers}
        assert codes == {status}, f"status {codes}: {self.heads}"
        if body is not None:
            assert self.body == body, f"{len(self.body)} bytes, not the {len(body)} that were sent: {self.body[:200]}"
        if version:
            assert self.transfers[-1]["http_version"] == version, f"HTTP/{self.transfers[-1]['http_version']}"
        return self

    def header(self, name):
        """The last value of it."""
        found = re.findall(rf"^{name}: *(.*?)\r?$", self.heads, re.M | re.I)
        return found[-1] if found else None


class Curl:
    """curl to one address, with a session's headers."""

    def __init__(self, on, base, headers, *always):
        self.place, self.base, self.always = on.place, base, [*map(str, always)]
        for name, value in headers.items():
            self.always += ["-H", f"{name}: {value}"]

    def __call__(self, path, *options, stdin=None):
        heads = self.place / "heads"
        heads.write_text("")
        args = []
        # What stands behind --next begins anew: it needs everything again.
        for part in [*map(str, options), "--next-is-over"]:
            if part in ("--next", "--next-is-over"):
                args += [*self.always, "-sS", "--max-time", "30", "-D", str(heads), "-w", "%{stderr}%{json}\n"]
            if part != "--next-is-over":
                args.append(part)
        ran = subprocess.run(["curl", *args, self.base + path], input=stdin or b"", capture_output=True)
        return Done(ran, heads.read_text(errors="replace"))


def run(on, report):
    app = OddApp()
    place, plain_at, _ = on.gate("plain", upstream=app.port, unix=True)
    headers = on.verified(plain_at)
    plain = Curl(on, f"http://127.0.0.1:{plain_at}", headers)
    _, tls_at, _ = on.gate("tls", upstream=app.port, tls=True)
    tls_headers = on.verified(tls_at, tls=True)
    tls = Curl(on, f"https://127.0.0.1:{tls_at}", tls_headers, "--cacert", on.cert)
    direct = Curl(on, f"http://127.0.0.1:{app.port}", {})
    file = on.place / "file"

    def check(what):
        return lambda looks: report.holds(f"curl {what}", looks)

    for name, curl, options, version in [
        ("", plain, ["--http1.1"], "1.1"),
        (", HTTP/2 over TLS", tls, ["--http2"], "2"),
    ]:
        messages(app, lambda path, *more, **kw: curl(path, *options, *more, **kw), version, name, check, file)

    @check("--http1.0: an answer in chunks comes without them")
    def _():
        done = plain("/chunked", "--http1.0").expect(body=BODY, version="1")
        assert done.header("transfer-encoding") is None, done.heads

    @check("--http2 in the clear: the upgrade to h2c is ignored, and not passed on")
    def _():
        plain("/page", "--http2").expect(body=BODY, version="1.1")
        asked = app.last("/page").headers
        assert "upgrade" not in asked and "http2-settings" not in asked, asked

    @check("--http2-prior-knowledge")
    def _():
        plain("/page", "--http2-prior-knowledge").expect(body=BODY, version="2")

    @check("--raw: the chunks of an answer are well formed")
    def _():
        left, whole = plain("/chunked", "--raw").expect().body, b""
        while True:
            size, left = left.split(b"\r\n", 1)
            if not int(size, 16):
                break
            whole, left = whole + left[: int(size, 16)], left[int(size, 16) + 2 :]
        assert whole == BODY and left == b"\r\n", f"{len(whole)} bytes, then {left[:20]}"

    @check("--tr-encoding: TE is of one hop, and the app isn't asked to code")
    def _():
        plain("/coded", "--tr-encoding").expect(body=BODY)
        assert "te" not in app.last("/coded").headers

    @check("-T - with Expect: 100-continue, and an app that says 417 to it: the gate says 100, and the app isn't asked")
    def _():
        expecting = ["-T", "-", "-H", "Expect: 100-continue", "--expect100-timeout", "20"]
        assert " 417 " in direct("/up", *expecting, stdin=UPLOAD).heads, "the app itself says no 417"
        started = time.monotonic()
        done = plain("/up", *expecting, stdin=UPLOAD).expect(body=b"got 200000 bytes")
        assert re.match(r"HTTP/1.1 100 ", done.heads), done.heads
        assert app.last("/up").body == UPLOAD and time.monotonic() - started < 15

    @check("--path-as-is: dot segments are 400, and without it curl has resolved them")
    def _():
        for path in ("/a/../page", "/./page", "/%2e%2e/page", "/a/%2E/page"):
            plain(path, "--path-as-is").expect(400)
        plain("/a/../page?resolved").expect(body=BODY)

    @check("--unix-socket")
    def _():
        plain("/page", "--unix-socket", place / "socket").expect(body=BODY)

    @check("--next: three requests on one connection, a HEAD and a 304 among them")
    def _():
        url = f"http://127.0.0.1:{plain_at}"
        matching = ["-H", f"If-None-Match: {TAG}"]
        done = plain("/page", "-I", f"{url}/length", "--next", *matching, f"{url}/tagged", "--next")
        codes = [(one["http_code"], one["num_connects"]) for one in done.transfers]
        assert codes == [(200, 1), (304, 0), (200, 0)] and done.body.endswith(BODY), codes

    @check("-Z: twenty requests at once on one connection of HTTP/2")
    def _():
        done = tls("/page?[1-20]", "-Z", "--parallel-max", "20", "--http2", "-o", on.place / "page#1").expect()
        assert all((on.place / f"page{n}").read_bytes() == BODY for n in range(1, 21))
        assert len(done.transfers) == 20 and sum(one["num_connects"] for one in done.transfers) == 1, [one["num_connects"] for one in done.transfers]

    @check("--tls-max 1.2, --tlsv1.3, and nothing older")
    def _():
        for options, version in [(["--tls-max", "1.2"], "TLSv1.2"), (["--tlsv1.3"], "TLSv1.3")]:
            done = tls("/page", "-v", *options).expect(body=BODY)
            assert f"SSL connection using {version}" in done.told, done.told
        assert tls("/page", "--tls-max", "1.1", "--tlsv1.0", "--ciphers", "DEFAULT@SECLEVEL=0").exit == 35

    @check("--haproxy-protocol: the app is told the address that the header names; without the header there is no answer")
    def _():
        _, at, _ = on.gate("proxied", upstream=app.port, server='proxy_protocol = ["127.0.0.0/8"]\n')
        own = on.verified(at, opening=b"PROXY TCP4 192.0.2.1 192.0.2.2 40000 80\r\n")
        curl = Curl(on, f"http://127.0.0.1:{at}", own)
        curl("/page", "--haproxy-protocol", "--interface", "127.0.0.9").expect(body=BODY)
        assert app.last("/page").headers["x-forwarded-for"] == "127.0.0.9"
        assert curl("/page").exit != 0

    @check("--resolve: each name (SNI) gets its own certificate")
    def _():
        pairs = {name: on.certificate(name) for name in ("first.test", "second.test")}
        tables = ", ".join(f'{{ cert = "{cert}", key = "{key}" }}' for cert, key in pairs.values())
        _, at, _ = on.gate("names", upstream=app.port, tls=f"[{tables}]")
        own = {**on.verified(at, tls=True), "Host": f"127.0.0.1:{at}"}
        for name, (cert, _key) in pairs.items():
            curl = Curl(on, f"https://{name}:{at}", own, "--resolve", f"{name}:{at}:127.0.0.1", "--cacert", cert)
            curl("/page").expect(body=BODY)

    @check("--cert and --key: a client with a certificate is let in, one without isn't")
    def _():
        authority = on.certificate("people.test")
        people = on.certificate("alice.test", authority=authority)
        table = f'{{ cert = "{on.cert}", key = "{on.key}", client_ca = "{authority[0]}" }}'
        _, at, _ = on.gate("people", upstream=app.port, tls=table)
        own = on.verified(at, tls=True, certificate=people)
        curl = Curl(on, f"https://127.0.0.1:{at}", own, "--cacert", on.cert)
        curl("/page", "--cert", people[0], "--key", people[1]).expect(body=BODY)
        assert curl("/page").exit != 0

    @check("-c and -b: a login, its challenge and the page by a cookie jar alone")
    def _():
        jar = ["-b", on.place / "jar", "-c", on.place / "jar"]
        curl = Curl(on, f"https://127.0.0.1:{tls_at}", {}, "--cacert", on.cert, *jar)
        as_json = ["-H", "Content-Type: application/json", "-d"]
        curl("/login", "-d", "username=alice&password=x", "-H", "Accept: text/html").expect(303)
        curl("/page", "-H", "Accept: text/html").expect(303)
        curl("/.mfa/api/v1/code/request", *as_json, '{"method": "email"}').expect()
        code = json.dumps({"method": "email", "code": on.mail.code()})
        curl("/.mfa/api/v1/verify", *as_json, code).expect()
        curl("/page", "-H", "Accept: text/html").expect(body=BODY)
        assert app.last("/page").headers["x-mfa-user"] == "alice"


def messages(app, curl, version, name, check, file):
    """What holds whatever HTTP is spoken."""

    def said(what):
        return check(what + name)

    @said("--compressed: what the app compressed")
    def _():
        done = curl("/compressed", "--compressed").expect(body=BODY, version=version)
        assert done.header("content-encoding") == "gzip"

    @said("-r: one range, the last bytes, two ranges, none")
    def _():
        assert curl("/ranges", "-r", "10-99").expect(206, BODY[10:100]).header("content-range") == f"bytes 10-99/{len(BODY)}"
        curl("/ranges", "-r", "-100").expect(206, BODY[-100:])
        parts = curl("/ranges", "-r", "0-9,20-29").expect(206).body
        assert BODY[:10] in parts and BODY[20:30] in parts and parts.endswith(b"--part--\r\n"), parts
        curl("/ranges", "-r", "9999999-").expect(416)

    @said("-I: a length without a body")
    def _():
        done = curl("/length", "-I").expect(version=version)
        assert done.header("content-length") == "123456789", done.heads

    @said("-T -: an upload in pieces")
    def _():
        curl("/up", "-T", "-", stdin=UPLOAD).expect(body=b"got 200000 bytes")
        assert app.last("/up").body == UPLOAD and app.last("/up").method == "PUT"

    @said("-F: a form with a file")
    def _():
        file.write_bytes(bytes(range(256)) * 100)
        curl("/form", "-F", f"file=@{file};type=application/octet-stream", "-F", "text=ä ö").expect()
        asked = app.last("/form")
        form = email.message_from_bytes(b"Content-Type: " + asked.headers["content-type"].encode() + b"\r\n\r\n" + asked.body)
        parts = [part.get_payload(decode=True) for part in form.get_payload()]
        assert parts == [file.read_bytes(), "ä ö".encode()], parts

    @said("--limit-rate: a client that takes its time")
    def _():
        done = curl("/many", "--limit-rate", "4M").expect(body=b"m" * MANY)
        assert done.transfers[0]["time_total"] > 1.5, done.transfers[0]["time_total"]

    @said("-N: server-sent events come one by one")
    def _():
        # curl's own clock: the first byte comes long before the last.
        done = curl("/events", "-N").expect()
        told = done.transfers[0]
        assert done.body.count(b"data: ") == 8
        assert told["time_starttransfer"] < told["time_total"] - 1, told

    @said("--max-filesize: a length that is too much is seen beforehand")
    def _():
        assert curl("/many", "--max-filesize", "1000").exit == 63

    @said("-C -: a download goes on where it stopped")
    def _():
        file.write_bytes(BODY[:1000])
        curl("/ranges", "-C", "-", "-o", file).expect(206)
        assert file.read_bytes() == BODY

    @said("TE: trailers: what stands behind an answer's body")
    def _():
        done = curl("/trailers", "-H", "TE: trailers").expect(body=BODY)
        assert done.header("x-checked") == "yes", done.heads

    @said("--etag-save and --etag-compare: 304 the second time")
    def _():
        curl("/tagged", "--etag-save", file).expect(body=BODY)
        assert curl("/tagged", "--etag-compare", file).expect(304, b"").header("etag") == TAG

    @said("204: an answer without a body")
    def _():
        assert curl("/nothing").expect(204, b"", version).header("content-length") is None

    @said("103: early hints are left out (as docs/conformance.md says), and the answer behind them comes whole")
    def _():
        done = curl("/hints").expect(body=BODY, version=version)
        assert " 103" not in done.heads, done.heads
