#!/usr/bin/env python3
"""Measures what the gate costs beside nginx, in one run: python3 bench/run.py [--rounds N] [--seconds S]. Prints Markdown.

CPU time per request of the proxy's processes (from /proc) is the figure to trust; requests/s and latency depend on
the machine's mood. The proxy has one core to itself, the app and the load tool share another. All targets get the
very same request: GET of a small answer, keep-alive, browser headers, about 340 bytes of cookies.
"""

import argparse
import http.client
import json
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
BODY = "x" * 58
SID = "5f" * 32


def port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def start(args, cpu, **more):
    return subprocess.Popen(["taskset", "-c", str(cpu), *map(str, args)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


def wait_for(at):
    for _ in range(500):
        try:
            socket.create_connection(("127.0.0.1", at), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"nothing listens on {at}")


def nginx(place, name, cpu, server):
    conf = place / f"{name}.conf"
    conf.write_text(
        f"daemon off; master_process on; worker_processes 1; pid {place}/{name}.pid; error_log {place}/{name}.log crit;\n"
        "events { worker_connections 4096; }\n"
        f"http {{ access_log off; keepalive_requests 100000000; client_body_temp_path {place}; proxy_temp_path {place};\n"
        f"fastcgi_temp_path {place}; uwsgi_temp_path {place}; scgi_temp_path {place};\n{server}\n}}\n"
    )
    return start([NGINX, "-p", place, "-c", conf], cpu)


def family(pid):
    """A process and its children."""
    pids = [pid]
    for child in pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        pids += family(int(child))
    return pids


def cpu(pids):
    total = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


class Mail(threading.Thread):
    """Takes the gate's mails and keeps the newest text."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.text = ""
        self.start()

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


def verified(at, mail):
    """Logs in through the gate and passes the challenge: the gate's token comes back."""
    form = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"}
    answer = ask(at, "POST", "/login", form, "username=alice&password=x")
    token = re.search(r"mfa=([\w-]+)", str(answer.headers.get_all("set-cookie"))).group(1)
    cookie = {"Cookie": f"sid={SID}; mfa={token}", "Content-Type": "application/json"}
    assert ask(at, "POST", "/.mfa/api/v1/code/request", cookie, json.dumps({"method": "email"})).status == 200
    code = re.search(r"\b(\d{6})\b", mail.text.split("\r\n\r\n", 1)[1]).group(1)
    answer = ask(at, "POST", "/.mfa/api/v1/verify", cookie, json.dumps({"method": "email", "code": code}))
    assert answer.status == 200
    return re.search(r"mfa=([\w-]+)", str(answer.headers.get_all("set-cookie"))).group(1)


def gate_config(place, listen, upstream, mail):
    (place / "users.toml").write_text('[users.alice]\nemail = "alice@example.com"\n')
    (place / "gate.toml").write_text(
        f'[server]\nlisten = "127.0.0.1:{listen}"\npublic_url = "http://127.0.0.1:{listen}"\nthreads = 1\n'
        f'[store]\nurl = "sqlite:gate.db"\n[secrets]\nkey_file = "gate.key"\n'
        f'[smtp]\nport = {mail}\nfrom = "Bench <bench@example.com>"\n'
        f'[[apps]]\nname = "bench"\nupstream = "http://127.0.0.1:{upstream}"\nsession_cookies = ["sid", "remember_*"]\n'
        'harmless_cookies = ["theme", "csrftoken", "prefs"]\nlogin_paths = ["/login"]\nlogout_paths = ["/logout"]\n'
        '[apps.identity]\nsource = "login_form"\n[apps.directory]\nsource = "file"\npath = "users.toml"\n'
        '[[apps.rules]]\npath = ["/static/**", "/favicon.ico"]\naction = "anonymous"\n'
        '[[apps.rules]]\npath = "/admin/**"\nmax_age = "10m"\n[methods.email]\nhandler = "email"\n'
    )
    return place / "gate.toml"


def wrk(at, seconds, connections, headers):
    args = ["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    for name, value in headers.items():
        args += ["-H", f"{name}: {value}"]
    text = subprocess.run([*args, f"http://127.0.0.1:{at}/page"], capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in text:
        raise SystemExit(f"port {at}: {text}")
    unit = {"us": 0.001, "ms": 1, "s": 1000}
    latency = {}
    for share in ("50%", "99%"):
        number, of = re.search(rf"{share}\s+([\d.]+)(us|ms|s)\b", text).groups()
        latency[share] = float(number) * unit[of]
    done = int(re.search(r"(\d+) requests in", text).group(1))
    return done, float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)), latency["50%"], latency["99%"]


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=int, default=3)
    asked.add_argument("--connections", type=int, default=32)
    asked.add_argument("--only", nargs="*")
    asked = asked.parse_args()
    release = ROOT / "target" / "release"
    children = []
    with tempfile.TemporaryDirectory() as place:
        place = pathlib.Path(place)
        os.chmod(place, 0o755)
        try:
            measure(asked, release, place, children)
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait()


def measure(asked, release, place, children):
    mail = Mail()
    app, bare, plain, checked, auth, gate = (port() for _ in range(6))
    login = f'location = /login {{ add_header Set-Cookie "sid={SID}; Path=/"; return 302 /; }}'
    children.append(nginx(place, "app", 1, f'server {{ listen 127.0.0.1:{app} reuseport; {login} location / {{ return 200 "{BODY}"; }} }}'))
    upstream = f"upstream app {{ server 127.0.0.1:{app}; keepalive 64; }}"
    passing = 'proxy_pass http://app; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host; proxy_set_header X-Forwarded-For $remote_addr;'
    targets = {"direct": (app, [children[-1]])}

    def add(name, at, *processes):
        children.extend(processes)
        targets[name] = (at, processes)

    add("bare hyper", bare, start([release / "examples" / "bare_proxy", f"127.0.0.1:{bare}", f"127.0.0.1:{app}"], 0))
    add("mfa-gate, verified", gate, start([release / "mfa-gate", "run", "--config", gate_config(place, gate, app, mail.port)], 0))
    add("nginx proxy_pass", plain, nginx(place, "plain", 0, f"{upstream} server {{ listen 127.0.0.1:{plain}; location / {{ {passing} }} }}"))
    asking = f'location = /auth {{ internal; proxy_pass http://auth; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_pass_request_body off; proxy_set_header Content-Length ""; }}'
    add(
        "nginx auth_request",
        checked,
        start([release / "examples" / "bare_proxy", f"127.0.0.1:{auth}", "answer"], 0),
        nginx(place, "checked", 0, f"{upstream} upstream auth {{ server 127.0.0.1:{auth}; keepalive 64; }} server {{ listen 127.0.0.1:{checked}; {asking} location / {{ auth_request /auth; {passing} }} }}"),
    )
    for at in (app, bare, plain, checked, auth, gate):
        wait_for(at)
    token = verified(gate, mail)
    headers = {
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "Accept-Language": "en-US,en;q=0.5",
        "Cookie": f"theme=dark; prefs={'e' * 150}; csrftoken={'c' * 32}; sid={SID}; mfa={token}",
    }
    names = [name for name in targets if not asked.only or any(word in name for word in asked.only)]
    seen = {name: [] for name in names}
    for number in range(-1, asked.rounds):
        for name in names:
            at, processes = targets[name]
            pids = [pid for process in processes for pid in family(process.pid)]
            before = cpu(pids)
            done, rate, p50, p99 = wrk(at, asked.seconds if number >= 0 else 1, asked.connections, headers)
            if number >= 0:
                seen[name].append(((cpu(pids) - before) / done * 1e6, rate, p50, p99))
    report(asked, names, seen)


def report(asked, names, seen):
    middle = {name: [statistics.median(column) for column in zip(*seen[name])] for name in names}
    base = middle.get("nginx proxy_pass", next(iter(middle.values())))[0]
    print(f"{asked.rounds} interleaved rounds of {asked.seconds} s, {asked.connections} connections, medians\n")
    print("| target | CPU µs/request | to nginx | spread | requests/s | p50 ms | p99 ms |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name in names:
        used, rate, p50, p99 = middle[name]
        all_used = [row[0] for row in seen[name]]
        spread = (max(all_used) - min(all_used)) / used
        print(f"| {name} | {used:.2f} | {used / base:.2f} | {spread:.0%} | {rate:,.0f} | {p50:.2f} | {p99:.2f} |")


if __name__ == "__main__":
    main()
