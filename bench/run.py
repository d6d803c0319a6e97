#!/usr/bin/env python3
"""Measures what the gate costs beside its peers, in one run: python3 bench/run.py [SUITE …] [--rounds N] [--seconds S].

Prints Markdown. CPU time per request of the proxy's processes (from /proc) is the figure to trust; requests/s and latency
depend on the machine's mood. All targets get the very same request: GET of a small answer, keep-alive, browser headers,
about 340 bytes of cookies; the gate's is a verified session's.
"""

import argparse
import itertools
import os
import pathlib
import re
import socket
import ssl
import statistics
import subprocess
import tempfile
import time

import stage
from stage import REST, RELEASE, SID, browser, cpu, h2load, interleaved, port, resident, wrk

HUNDRED = 100 * 1024 * 1024


def table(heads, rows):
    print("| " + " | ".join(heads) + " |\n|---|" + "---:|" * (len(heads) - 1))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print(flush=True)


def small(on, asked):
    """GET of 58 bytes, 32 connections, as fast as it goes."""
    on.app()
    on.bare()
    _, at, _ = on.gate()
    on.peers(on.small)
    on.askers()
    headers = on.verified(at)
    names = ["direct", "bare hyper", "mfa-gate", "nginx", "HAProxy", "nginx + auth_request (Go)", "Caddy + forward_auth (Go)"]

    def one(name):
        target = on.targets[name]
        before = cpu(target.pids())
        done, rate, p50, p99 = wrk(f"http://127.0.0.1:{target.at}/page", asked.seconds, 32, headers)
        return (cpu(target.pids()) - before) / done * 1e6, rate, p50, p99

    seen = interleaved(asked.rounds, names, one)
    gate = seen["mfa-gate"][0]
    rows = [
        [name, f"{used:.2f}", f"{used / seen['nginx'][0]:.2f}", f"{gate / used:.2f}", f"{spread:.0%}", f"{rate:,.0f}", f"{p50:.2f}", f"{p99:.2f}"]
        for name, (used, rate, p50, p99, spread) in seen.items()
    ]
    table(["small answers", "CPU µs/request", "to nginx", "the gate to it", "spread", "requests/s", "p50 ms", "p99 ms"], rows)


def rate(on, asked):
    """2,000 requests/s on 32 connections that ask one after another, once each has had its first second: who kept which
    connections is not the question. The times are those of all rounds together: a round's p99 is the machine's mood."""
    on.app()
    _, at, _ = on.gate()
    on.peers(on.small)
    headers = on.verified(at)
    log = on.place / "log"
    names = ["mfa-gate", "nginx", "HAProxy"]
    took = {name: [] for name in names}  # a list for each round

    def one(name):
        log.unlink(missing_ok=True)
        target = on.targets[name]
        before = cpu(target.pids())
        seconds = max(asked.seconds, 3) + 1
        # Two connections a millisecond: started at once, all 32 would ask at once each time.
        more = ["--h1", "-c32", "--rate=2", "--rate-period=1ms", "--rps", "62.5", "-n", str(2000 * seconds), f"--log-file={log}"]
        done = h2load(f"http://127.0.0.1:{target.at}/page", headers, *more)
        used = (cpu(target.pids()) - before) / done * 1e6
        lines = [line.split() for line in log.read_text().splitlines()]
        warm = min(int(began) for began, *_ in lines) + 1_000_000
        took[name].append([int(time) / 1000 for began, _, time in lines if int(began) >= warm])
        return (used,)

    seen = interleaved(asked.rounds, names, one)
    # The first round doesn't count.
    times = {name: sorted(itertools.chain.from_iterable(rounds[1:])) for name, rounds in took.items()}
    share = lambda name, part: times[name][int(len(times[name]) * part)]
    rows = [
        [name, f"{row[0]:.1f}", *(f"{share(name, part):.3f}" for part in (0.5, 0.99, 0.999))]
        + [f"{share(name, part) / share('nginx', part):.2f}" for part in (0.5, 0.99)]
        for name, row in seen.items()
    ]
    table(["2,000 requests/s", "CPU µs/request", "p50 ms", "p99 ms", "p99.9 ms", "p50 to nginx", "p99 to nginx"], rows)


def filled(on, name, count):
    """A gate that was stopped, with so many verified sessions in its store."""
    place, at, process = on.gate(name)
    # It listens before it has a store.
    on.verified(at)
    process.terminate()
    process.wait()
    subprocess.run([RELEASE / "examples" / "fill_store", place, str(count)], check=True)
    return place, at, process


def decision(on, asked):
    """What the decision alone costs, from a request's head to the permit, with so many remembered sessions."""
    on.app()
    rows = []
    for count in (1, 1000, 100_000, *((1_000_000,) if asked.million else ())):
        place, *_ = filled(on, f"gate{count}", count)
        args = ["taskset", "-c", str(stage.PROXY), RELEASE / "examples" / "decision", place, str(count), str(asked.rounds)]
        done = subprocess.run(args, check=True, capture_output=True, text=True)
        rows.append([f"{count:,}", *(f"{int(ns) / 1000:.2f}" for ns in done.stdout.split())])
    table(["remembered sessions", "one again and again, CPU µs", "all, five requests each", "all in turn"], rows)


def tls(on, asked):
    """P-256 certificate: new connections (a full handshake and one request each; and resumed ones), keep-alive, HTTP/2."""
    on.app()
    on.gate("mfa-gate, TLS", tls=True)
    on.peers(on.small, tls=True)
    names = ["mfa-gate, TLS", "nginx, TLS", "HAProxy, TLS"]
    headers = on.verified(on.targets[names[0]].tls, tls=True)
    url = lambda name: f"https://127.0.0.1:{on.targets[name].tls}/page"

    def timed(load):
        def one(name):
            before, started = cpu(on.targets[name].pids()), time.monotonic()
            done = load(name)
            return (cpu(on.targets[name].pids()) - before) / done * 1e6, done / (time.monotonic() - started)

        return interleaved(asked.rounds, names, one)

    def connect(name, *how):
        """Connections of `openssl s_time`, one after another. (It resumes by TLS 1.2 only; wrk would resume with some and not with others.)"""
        at = f"127.0.0.1:{on.targets[name].tls}"
        args = ["taskset", "-c", str(REST), "openssl", "s_time", "-connect", at, "-time", str(asked.seconds), *how]
        return int(re.search(r"(\d+) connections in", subprocess.run(args, capture_output=True, text=True, check=True).stdout).group(1))

    fresh = timed(lambda name: connect(name, "-new", "-www", "/static/x"))
    resumed = timed(lambda name: connect(name, "-reuse", "-tls1_2"))
    kept = timed(lambda name: wrk(url(name), asked.seconds, 32, headers)[0])
    second = timed(lambda name: h2load(url(name), headers, "-c32", "-m16", "-n", 20000 * asked.seconds))
    rows = [
        [name, *(f"{seen[name][0]:.1f} ({seen[name][0] / seen[names[1]][0]:.2f})" for seen in (fresh, resumed, kept, second)), f"{fresh[name][1]:,.0f}"]
        for name in names
    ]
    table(["TLS: CPU µs (to nginx)", "full handshake and a request", "resumed handshake (1.2)", "request, keep-alive", "request, HTTP/2", "full handshakes/s"], rows)


def bodies(on, asked):
    """100 MiB down and up, 4 connections, one after another; CPU per 100 MiB."""
    on.app()
    _, at, _ = on.gate(upstream=on.large)
    on.peers(on.large)
    headers = on.verified(at)
    names = ["mfa-gate", "nginx", "HAProxy"]
    file = on.place / "hundred"
    with open(file, "wb") as out:
        out.truncate(HUNDRED)
    options = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]

    def one(name):
        target = on.targets[name]
        result = []
        for what in (["-o", "/dev/null"], ["-T", str(file), "-X", "POST", "-H", "Expect:", "-H", "Content-Type: application/octet-stream", "-o", "/dev/null"]):
            path = "sink" if "-T" in what else f"bytes/{HUNDRED}"
            before, started = cpu(target.pids()), time.monotonic()
            for _ in range(4):
                curl = ["taskset", "-c", str(REST), "curl", "-sf", *options, *what, f"http://127.0.0.1:{target.at}/{path}"]
                subprocess.run(curl, check=True)
            result += [(cpu(target.pids()) - before) / 4 * 1000, 400 / (time.monotonic() - started)]
        return tuple(result)

    seen = interleaved(asked.rounds, names, one)
    base = seen["nginx"]
    rows = [[name, f"{row[0]:.0f} ({row[0] / base[0]:.2f})", f"{row[1]:,.0f}", f"{row[2]:.0f} ({row[2] / base[2]:.2f})", f"{row[3]:,.0f}"] for name, row in seen.items()]
    table(["100 MiB: CPU ms (to nginx)", "down", "MiB/s", "up", "MiB/s"], rows)
    target = on.targets["mfa-gate"]
    peak = resident(target.pids())
    flat = []
    for curl in (["-o", "/dev/null", f"http://127.0.0.1:{target.at}/bytes/{10 * HUNDRED}"],):
        running = subprocess.Popen(["curl", "-sf", *options, *curl])
        while running.poll() is None:
            flat.append(resident(target.pids()))
            time.sleep(0.02)
    print(f"A download of 1,000 MiB took {max(flat) - peak} KiB more memory at most.\n")


def streams(on, asked):
    """A WebSocket's echo of 32 bytes, alone and among others, and the delay of a server-sent event."""
    on.app()
    _, at, _ = on.gate(upstream=on.large)
    on.peers(on.large)
    headers = on.verified(at)
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    os.sched_setaffinity(0, {REST})

    def opened(at, path, more):
        stream = socket.create_connection(("127.0.0.1", at))
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{at}\r\n{lines}{more}\r\n".encode())
        head = b""
        while b"\r\n\r\n" not in head:
            head += stream.recv(4096)
        return stream, head.split(b"\r\n\r\n", 1)

    def echo(target, sockets):
        """CPU µs for an echo, where so many WebSockets are asked at once."""
        upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        streams = [opened(target.at, "/ws", upgrade) for _ in range(sockets)]
        assert all(b" 101 " in head for _, (head, _) in streams)
        frame = bytes([0x82, 0x80 | 32, 0, 0, 0, 0]) + b"x" * 32
        before, turns, until = cpu(target.pids()), 0, time.monotonic() + asked.seconds
        while time.monotonic() < until:
            for stream, _ in streams:
                stream.sendall(frame)
            for stream, _ in streams:
                got = 0
                while got < len(frame):
                    got += len(stream.recv(64))
            turns += sockets
        used = (cpu(target.pids()) - before) / turns * 1e6
        for stream, _ in streams:
            stream.close()
        return used

    def one(name):
        target = on.targets[name]
        echoes = [echo(target, sockets) for sockets in (1, 16)]
        stream, (_, rest) = opened(target.at, "/events", "")
        delays, seen = [], b""
        while len(delays) < 100:
            seen += stream.recv(4096)
            now = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
            *whole, seen = seen.split(b"\n\n")
            delays += [(now - int(event.split(b"data: ")[1].split()[0])) / 1e6 for event in whole if b"data: " in event]
        stream.close()
        return *echoes, statistics.median(delays)

    names = ["direct, large", "mfa-gate", "nginx"]
    seen = interleaved(asked.rounds, names, one)
    nginx, direct = seen["nginx"], seen[names[0]][2]
    rows = [
        [name, *(f"{used:.1f} ({used / of_nginx:.2f})" for used, of_nginx in zip(row[:2], nginx)), f"{row[2]:.3f}", f"{row[2] - direct:+.3f}"]
        for name, row in seen.items()
    ]
    table(["streams", "an echo, CPU µs (to nginx)", "… of 16 WebSockets at once", "event, ms", "added, ms"], rows)


def memory(on, asked):
    """Idle, and with idle connections."""
    on.app()
    rows = []
    _, at, _ = on.gate()
    on.peers(on.small)
    headers = on.verified(at)
    for name in ("mfa-gate", "nginx"):
        target = on.targets[name]
        idle = resident(target.pids())
        open_ones, sizes = [], []
        for count in (1000, 10000):
            while len(open_ones) < count:
                stream = socket.create_connection(("127.0.0.1", target.at))
                text = "".join(f"{n}: {v}\r\n" for n, v in headers.items())
                stream.sendall(f"GET /page HTTP/1.1\r\nHost: 127.0.0.1:{target.at}\r\n{text}\r\n".encode())
                assert stream.recv(4096).startswith(b"HTTP/1.1 200")
                open_ones.append(stream)
            time.sleep(4)
            sizes.append(resident(target.pids()))
        for stream in open_ones:
            stream.close()
        rows.append([name, f"{idle / 1024:.1f}", *(f"{size / 1024:.1f}" for size in sizes), f"{(sizes[1] - sizes[0]) / 9000:.1f}"])
    table(["memory, MiB", "idle", "1,000 idle connections", "10,000", "KiB/connection"], rows)


def held(process):
    """Its memory in KiB, with the pages of code that it shares with other gates."""
    return int(re.search(r"^Rss:\s+(\d+)", pathlib.Path(f"/proc/{process.pid}/smaps_rollup").read_text(), re.M).group(1))


def sessions(on, asked):
    """With so many remembered sessions: the time to the first answer, memory, and CPU time per request: of one session, and of all in turn."""
    on.app()
    counts = (1, 100_000, *((1_000_000,) if asked.million else ()))
    rows, scripts = {}, {}
    for count in counts:
        name = f"{count:,}"
        _, at, process = filled(on, name, count)
        started = time.monotonic()
        process = on.start([RELEASE / "mfa-gate", "run", "--config", on.place / name / "gate.toml"])
        while True:
            try:
                assert stage.ask(at, "GET", "/static/x").status == 200
                break
            except OSError:
                time.sleep(0.001)
        first = (time.monotonic() - started) * 1000
        on.targets[name] = stage.Target(name, at, None, [process])
        empty = held(process)
        scripts[name] = on.place / f"{count}.lua"
        scripts[name].write_text(
            f"math.randomseed(os.time())\nlocal i = math.random({count}) - 1\nrequest = function()\n i = (i + 7919) % {count}\n"
            " return wrk.format('GET', '/page', { Cookie = string.format('theme=dark; sid=%064x; mfa=%043d', i, i) })\nend\n"
        )
        rows[name] = [name, f"{first:.0f}", f"{empty / 1024:.0f}"]
    url = lambda name: f"http://127.0.0.1:{on.targets[name].at}/page"
    # What nobody used for three minutes is left to the store: the largest comes last.
    for name, count in zip(rows, counts):
        wrk(url(name), max(4, count // 12000), 32, {}, "-s", str(scripts[name]))
        rows[name].append(f"{held(on.targets[name].processes[0]) / 1024:.0f}")

    def one(name):
        cookie = {"Cookie": f"theme=dark; sid={0:064x}; mfa={0:043}"}
        used = []
        for headers, more in ((cookie, ()), ({}, ("-s", str(scripts[name])))):
            before = cpu(on.targets[name].pids())
            done = wrk(url(name), asked.seconds, 32, headers, *more)[0]
            used.append((cpu(on.targets[name].pids()) - before) / done * 1e6)
        return used

    seen = interleaved(asked.rounds, list(rows), one)
    for name, used in seen.items():
        rows[name] += [f"{figure:.2f} ({figure / of_one:.2f})" for figure, of_one in zip(used, seen["1"][:2])]
    heads = ["remembered sessions", "exec to first answer, ms", "MiB then", "once all were used", "CPU µs/request, one of them", "all in turn"]
    table(heads, list(rows.values()))


SUITES = {suite.__name__: suite for suite in (small, rate, decision, tls, bodies, streams, memory, sessions)}


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("suites", nargs="*", choices=[*SUITES, []])
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=int, default=3)
    asked.add_argument("--million", action="store_true", help="a million remembered sessions as well: some minutes more")
    asked = asked.parse_args()
    print(f"{asked.rounds} interleaved rounds of {asked.seconds} s, medians\n")
    for name in asked.suites or SUITES:
        with tempfile.TemporaryDirectory() as place:
            on = stage.Stage(place)
            try:
                SUITES[name](on, asked)
            finally:
                on.end()


if __name__ == "__main__":
    main()
