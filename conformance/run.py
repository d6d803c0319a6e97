#!/usr/bin/env python3
"""Outside tools through and against the built gate: python3 conformance/run.py [SUITE …]

A line for each thing that was looked at; exit status 1 if one isn't as it must be. Everything is on loopback.
"""

import argparse
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "bench"))
import stage  # noqa: E402
import ciphers, load, manners, sockets, units  # noqa: E402, E401

SUITES = {"load": load.run, "manners": manners.run, "sockets": sockets.run, "units": units.run, "ciphers": ciphers.run}


class Report:
    """Says of each thing whether it is as it must be, and counts."""

    def __init__(self):
        self.passed, self.failed = 0, 0

    def line(self, what, why=None):
        """`why`: what is wrong; nothing where all is well."""
        if why is None:
            self.passed += 1
        else:
            self.failed += 1
        print(f"ok    {what}" if why is None else f"FAIL  {what}: {why}", flush=True)

    def holds(self, what, check):
        """`check` fails by an assertion, or by whatever else it raises."""
        try:
            check()
        except (Exception, SystemExit) as wrong:
            self.line(what, f"{type(wrong).__name__}: {wrong}"[:2000])
        else:
            self.line(what)


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("suites", nargs="*", choices=[*SUITES, []])
    asked.add_argument("--release", action="store_true", help="the gate as it is built for use")
    asked = asked.parse_args()
    report = Report()
    for name in asked.suites or SUITES:
        with tempfile.TemporaryDirectory() as place:
            on = stage.Stage(place, stage.RELEASE if asked.release else stage.DEBUG)
            try:
                report.holds(f"{name}: the suite runs to its end", lambda: SUITES[name](on, report))
            finally:
                on.end()
    print(f"{report.passed} passed, {report.failed} failed")
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
