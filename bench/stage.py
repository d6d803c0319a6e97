"""What a measurement (or `make conformance`) is set up with: processes on cores, an app, the gate with a verified session, and its peers."""

import http.client
import json
import os
import pathlib
import re
import resource
import shutil
import socket
import statistics
import subprocess
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RELEASE = ROOT / "target" / "release"
DEBUG = ROOT / "target" / "debug"
TICK = os.sysconf("SC_CLK_TCK")
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
HAPROXY = shutil.which("haproxy") or "/usr/sbin/haproxy"
BODY = "x" * 58
SID = "5f" * 32
# The proxy has one core to itself; the app and the load tool share the other.
PROXY, REST = 0, 1
# How nginx passes a request on.
PASSING = (
    "proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection $connection_upgrade;"
    "proxy_set_header Upgrade $http_upgrade; proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;"
)


def port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def wait_for(at):
    for _ in range(500):
        try:
            socket.create_connection(("127.0.0.1", at), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"nothing listens on {at}")


def family(pid):
    """A process and its children."""
    pids = [pid]
    for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        pids += family(int(child))
    return pids


def cpu(pids):
    """Seconds that these processes worked."""
    total = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def resident(pids):
    """Their memory in KiB (PSS: what they share counts once)."""
    texts = [pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in pids]
    return sum(int(re.search(r"^Pss:\s+(\d+)", text, re.M).group(1)) for text in texts)


class Mail(threading.Thread):
    """Takes the gate's mails and keeps the newest text."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.text = ""
        self.start()

    def code(self):
        """The code of the mail that is on its way."""
        for _ in range(500):
            if "\r\n\r\n" in self.text:
                break
            time.sleep(0.02)
        code = re.search(r"\b(\d{6})\b", self.text.split("\r\n\r\n", 1)[1]).group(1)
        self.text = ""
        return code

    def run(self):
        while True:
            peer, _ = self.listener.accept()
            stream = peer.makefile("rwb", 0)
            stream.write(b"220 bench\r\n")
            for line in stream:
                word = line[:4].upper()
                if word == b"DATA":
                    stream.write(b"354 go on\r\n")
                    text = b""
                    while not text.endswith(b"\r\n.\r\n"):
                        text += stream.readline()
                    self.text = text.decode()
                stream.write(b"221 bye\r\n" if word == b"QUIT" else b"250 bench\r\n")
                if word == b"QUIT":
                    break


def ask(at, method, path, headers=None, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", at, timeout=10)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    answer.read()
    return answer


class Target:
    """One thing that is measured: where it listens, plain and with TLS, and the processes that work for it."""

    def __init__(self, name, at, tls, processes):
        self.name, self.at, self.tls, self.processes = name, at, tls, processes

    def pids(self):
        return [pid for process in self.processes for pid in family(process.pid)]


class Stage:
    """Starts things in a folder and ends them by their process ids. `built` is where the gate was built to."""

    def __init__(self, place, built=RELEASE):
        self.place, self.built, self.children, self.targets = pathlib.Path(place), built, [], {}
        os.chmod(place, 0o755)
        # Ten thousand connections are opened at most.
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
        self.mail = Mail()
        self.cert, self.key = self.certificate("localhost", "IP:127.0.0.1")
        (self.place / "both.pem").write_text(self.cert.read_text() + self.key.read_text())

    def certificate(self, name, *more, authority=None):
        """A P-256 certificate and its key; it signed itself, or an authority (another such pair) did."""
        names = ",".join([f"DNS:{name}", *more])
        cert, key, asked = (self.place / f"{name}.{end}" for end in ("pem", "key", "csr"))
        made = ["openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", f"/CN={name}"]
        made += ["-addext", f"subjectAltName={names}", "-keyout", key]
        alone = ["-x509", "-days", "365", "-out", cert]
        subprocess.run([*made, *(["-out", asked] if authority else alone)], check=True, capture_output=True)
        if authority:
            signing = ["openssl", "x509", "-req", "-in", asked, "-copy_extensions", "copy", "-days", "365", "-out", cert]
            subprocess.run([*signing, "-CA", authority[0], "-CAkey", authority[1]], check=True, capture_output=True)
        return cert, key

    def start(self, args, core=PROXY, **more):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **more}
        child = subprocess.Popen(["taskset", "-c", str(core), *map(str, args)], **quiet)
        self.children.append(child)
        return child

    def end(self):
        for child in self.children:
            child.terminate()
        for child in self.children:
            child.wait()

    def add(self, name, at, tls, *processes):
        wait_for(at)
        self.targets[name] = Target(name, at, tls, list(processes))

    def nginx(self, name, server, core=PROXY):
        place = self.place / name
        place.mkdir(exist_ok=True)
        conf = place / "nginx.conf"
        temporary = " ".join(f"{kind}_temp_path {place};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        conf.write_text(
            f"daemon off; master_process on; worker_processes 1; pid {place}/pid; error_log {place}/log crit;\n"
            "events { worker_connections 15000; }\n"
            f"http {{ access_log off; keepalive_requests 100000000; keepalive_timeout 600s; client_max_body_size 0; {temporary}\n"
            f"map $http_upgrade $connection_upgrade {{ default upgrade; '' ''; }}\n{server}\n}}\n"
        )
        return self.start([NGINX, "-p", place, "-c", conf], core)

    def app(self):
        """An app of small answers (nginx), and one for everything else."""
        self.small_app()
        self.large = port()
        large = self.start([RELEASE / "examples" / "bench_app", f"127.0.0.1:{self.large}"], REST)
        wait_for(self.large)
        self.targets["direct, large"] = Target("direct, large", self.large, None, [large])

    def small_app(self):
        self.small = port()
        login = f'location = /login {{ add_header Set-Cookie "sid={SID}; Path=/"; return 302 /; }}'
        asked = "location = /asked { stub_status; }"
        listen = f"listen 127.0.0.1:{self.small} reuseport;"
        small = self.nginx("app", f'server {{ {listen} {login} {asked} location / {{ return 200 "{BODY}"; }} }}', REST)
        self.add("direct", self.small, None, small)

    def gate(self, name="mfa-gate", upstream=None, tls=False, more="", server="", unix=False):
        """`tls`: with the stage's certificate, or what `server.tls` shall say. `server`: more lines there; `more`: at the end.
        `unix`: listens on the socket in its folder as well."""
        place, at = self.place / name.replace(" ", "-"), port()
        place.mkdir(exist_ok=True)
        scheme = "https" if tls else "http"
        said = tls if isinstance(tls, str) else f'{{ cert = "{self.cert}", key = "{self.key}" }}'
        listen = f'["127.0.0.1:{at}", "unix:socket"]' if unix else f'"127.0.0.1:{at}"'
        (place / "users.toml").write_text('[users.alice]\nemail = "alice@example.com"\n')
        (place / "gate.toml").write_text(
            f'[server]\nlisten = {listen}\npublic_url = "{scheme}://127.0.0.1:{at}"\n'
            + f'threads = 1\nidle_timeout = "10m"\n{server}'
            + (f"tls = {said}\n" if tls else "")
            + f'[store]\nurl = "sqlite:gate.db"\n[secrets]\nkey_file = "gate.key"\n'
            f'[smtp]\nport = {self.mail.port}\nfrom = "Bench <bench@example.com>"\n'
            f'[[apps]]\nname = "bench"\nupstream = "http://127.0.0.1:{upstream or self.small}"\nsession_cookies = ["sid", "remember_*"]\n'
            'harmless_cookies = ["theme", "csrftoken", "prefs"]\nlogin_paths = ["/login"]\nlogout_paths = ["/logout"]\n'
            '[apps.identity]\nsource = "login_form"\n[apps.directory]\nsource = "file"\npath = "users.toml"\n'
            '[[apps.rules]]\npath = ["/static/**", "/favicon.ico"]\naction = "anonymous"\n'
            f'[[apps.rules]]\npath = "/admin/**"\nmax_age = "10m"\n[methods.email]\nhandler = "email"\n{more}'
        )
        process = self.start([self.built / "mfa-gate", "run", "--config", place / "gate.toml"])
        wait_for(at)
        self.targets[name] = Target(name, None if tls else at, at if tls else None, [process])
        return place, at, process

    def peers(self, upstream, tls=False):
        """nginx and HAProxy, passing everything on."""
        ways = f"upstream app {{ server 127.0.0.1:{upstream}; keepalive 64; }}"
        at = port()
        listen = f"127.0.0.1:{at}" + (" ssl http2" if tls else "")
        # nginx 1.22 by itself speaks TLS 1.2 only: all have the same to do.
        keys = f"ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate {self.cert}; ssl_certificate_key {self.key};" if tls else ""
        name = "nginx, TLS" if tls else "nginx"
        process = self.nginx(name.replace(", ", "-"), f"{ways} server {{ listen {listen}; {keys} location / {{ {PASSING} }} }}")
        wait_for(at)
        self.targets[name] = Target(name, None if tls else at, at if tls else None, [process])
        at = port()
        conf = self.place / f"haproxy-{at}.cfg"
        bind = f"bind 127.0.0.1:{at}" + (f" ssl crt {self.place}/both.pem alpn h2,http/1.1" if tls else "")
        conf.write_text(
            "global\n nbthread 1\n maxconn 4000\ndefaults\n mode http\n timeout connect 5s\n timeout client 600s\n timeout server 60s\n"
            f" option http-keep-alive\n option http-no-delay\nfrontend f\n {bind}\n default_backend b\n"
            f"backend b\n http-reuse always\n server s 127.0.0.1:{upstream}\n"
        )
        process = self.start([HAPROXY, "-f", conf])
        wait_for(at)
        name = "HAProxy, TLS" if tls else "HAProxy"
        self.targets[name] = Target(name, None if tls else at, at if tls else None, [process])

    def askers(self):
        """nginx and Caddy, which ask a Go server about each request, and tell the app who asks, as those do who use them so."""
        auth = port()
        program = self.place / "auth"
        home = {**os.environ, "HOME": str(self.place), "GOCACHE": str(self.place / "go")}
        subprocess.run(["go", "build", "-o", program, ROOT / "bench" / "auth.go"], check=True, env=home)
        at = port()
        asking = (
            "location = /auth { internal; proxy_pass http://auth; proxy_http_version 1.1; proxy_set_header Connection \"\";"
            'proxy_pass_request_body off; proxy_set_header Content-Length ""; proxy_set_header X-Original-Method $request_method;'
            "proxy_set_header X-Original-URI $request_uri; proxy_set_header X-Forwarded-For $remote_addr; }"
        )
        server = (
            f"upstream app {{ server 127.0.0.1:{self.small}; keepalive 64; }} upstream auth {{ server 127.0.0.1:{auth}; keepalive 64; }}"
            f"server {{ listen 127.0.0.1:{at}; {asking} location / {{ auth_request /auth; auth_request_set $user $upstream_http_x_auth_user;"
            f"proxy_set_header X-Auth-User $user; {PASSING} }} }}"
        )
        once = {**os.environ, "GOMAXPROCS": "1"}
        asked = self.start([program, f"127.0.0.1:{auth}", SID], env=once)
        self.add("nginx + auth_request (Go)", at, None, asked, self.nginx("checked", server))
        at = port()
        conf = self.place / "Caddyfile"
        conf.write_text(
            "{\n admin off\n auto_https off\n}\n"
            f"http://127.0.0.1:{at} {{\n forward_auth 127.0.0.1:{auth} {{\n uri /\n copy_headers X-Auth-User\n }}\n"
            f" reverse_proxy 127.0.0.1:{self.small}\n}}\n"
        )
        asked = self.start([program, f"127.0.0.1:{port()}", SID], env=once)
        caddy = self.start(["caddy", "run", "--config", conf, "--adapter", "caddyfile"], env={**once, "HOME": str(self.place)})
        self.add("Caddy + forward_auth (Go)", at, None, self.targets["nginx + auth_request (Go)"].processes[0], caddy)

    def bare(self):
        at = port()
        self.add("bare hyper", at, None, self.start([RELEASE / "examples" / "bare_proxy", f"127.0.0.1:{at}", f"127.0.0.1:{self.small}"]))

    def verified(self, at, tls=False, opening=b"", certificate=None):
        """Logs in through the gate and passes the challenge: the headers of a browser with the session's cookies come back.
        `opening` is said first on each connection; `certificate` (and its key) is the client's own."""
        import ssl

        def ask_gate(method, path, headers, body):
            context = ssl._create_unverified_context() if tls else None
            if certificate:
                context.load_cert_chain(*certificate)
            kind = http.client.HTTPSConnection if tls else http.client.HTTPConnection
            connection = kind("127.0.0.1", at, timeout=10, **({"context": context} if tls else {}))
            connection.connect()
            connection.sock.sendall(opening)
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer

        name = "__Host-mfa" if tls else "mfa"
        token = lambda answer: re.search(rf"{name}=([\w-]+)", str(answer.headers.get_all("set-cookie"))).group(1)
        form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
        pending = token(ask_gate("POST", "/login", form, "username=alice&password=x"))
        cookie = {"Cookie": f"sid={SID}; {name}={pending}", "Content-Type": "application/json"}
        assert ask_gate("POST", "/.mfa/api/v1/code/request", cookie, json.dumps({"method": "email"})).status == 200
        code = self.mail.code()
        answer = ask_gate("POST", "/.mfa/api/v1/verify", cookie, json.dumps({"method": "email", "code": code}))
        assert answer.status == 200
        return browser(f"{name}={token(answer)}")


def browser(gate_cookie):
    return {
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "en-US,en;q=0.5",
        "Cookie": f"theme=dark; prefs={'e' * 150}; csrftoken={'c' * 32}; sid={SID}; {gate_cookie}",
    }


def wrk(url, seconds, connections, headers, *more):
    """Requests done, requests/s, and the latency at 50 % and 99 % in ms."""
    args = ["taskset", "-c", str(REST), "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *more]
    for name, value in headers.items():
        args += ["-H", f"{name}: {value}"]
    text = subprocess.run([*args, url], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        raise SystemExit(f"{url}: {text}")
    unit = {"us": 0.001, "ms": 1, "s": 1000}
    latency = []
    for share in ("50%", "99%"):
        number, of = re.search(rf"{share}\s+([\d.]+)(us|ms|s)\b", text).groups()
        latency.append(float(number) * unit[of])
    done = int(re.search(r"(\d+) requests in", text).group(1))
    return done, float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)), *latency


def h2load(url, headers, *more):
    """Requests done."""
    args = ["taskset", "-c", str(REST), "h2load", *map(str, more)]
    for name, value in headers.items():
        args += ["-H", f"{name}: {value}"]
    text = subprocess.run([*args, url], capture_output=True, text=True, check=True).stdout
    done, failed = re.search(r"(\d+) succeeded, (\d+) failed", text).groups()
    if int(failed) or f"status codes: {done} 2xx," not in text:
        raise SystemExit(f"{url}: {text}")
    return int(done)


def interleaved(rounds, names, measure):
    """Medians of `measure(name)` (a tuple), round by round, after one that doesn't count."""
    seen = {name: [] for name in names}
    for number in range(-1, rounds):
        for name in names:
            row = measure(name)
            if number >= 0:
                seen[name].append(row)
    spread = {name: (max(r[0] for r in rows) - min(r[0] for r in rows)) / statistics.median(r[0] for r in rows) for name, rows in seen.items()}
    return {name: [statistics.median(column) for column in zip(*rows)] + [spread[name]] for name, rows in seen.items()}
