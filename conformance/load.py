"""h2load and wrk through the gate as a verified session: every answer is the app's, and the app is asked exactly as often."""

import re
import urllib.request

from stage import h2load, wrk

MANY = 20000


def run(on, report):
    on.small_app()
    asked = f"http://127.0.0.1:{on.small}/asked"

    def count():
        """Requests that came to the app before this one."""
        with urllib.request.urlopen(asked) as answer:
            return int(re.search(rb"\s\d+ \d+ (\d+)\s*\nReading", answer.read()).group(1)) - 1

    for tls in (False, True):
        name = "over TLS" if tls else "in the clear"
        _, at, _ = on.gate(f"gate{int(tls)}", tls=tls)
        headers = on.verified(at, tls=tls)
        url = f"{'https' if tls else 'http'}://127.0.0.1:{at}/page"

        def exactly(*more):
            before = count()
            done = h2load(url, headers, "-n", MANY, *more)
            came = count() - before - 1
            assert done == came == MANY, f"{done} answers of {MANY}, and the app was asked {came} times"

        ways = [("HTTP/1.1, 32 connections", ["--h1", "-c32"]), ("HTTP/2, 8 connections of 32 streams", ["-c8", "-m32"])]
        # What h2load speaks in the clear it has to be told.
        for what, more in ways:
            report.holds(f"h2load {name}: {what}: {MANY} answers, each 2xx, {MANY} requests at the app", lambda: exactly(*more))

        def all_well(more):
            before = count()
            done = wrk(url, 3, 32, {**headers, **more})[0]
            came = count() - before - 1
            # What was in flight when wrk stopped came to the app as well.
            assert done <= came <= done + 32, f"{done} answers, and the app was asked {came} times"

        report.holds(f"wrk {name}: keep-alive: each answer 2xx, no socket error", lambda: all_well({}))
        report.holds(f"wrk {name}: a connection for each request", lambda: all_well({"Connection": "close"}))
