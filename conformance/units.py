"""contrib's units by systemd's own judgement, and the gate started by systemd-socket-activate."""

import re
import subprocess

from stage import ROOT, ask, port, wait_for

UNITS = ROOT / "contrib"
# Of systemd-analyze security: a service without any protection has 9.6.
MOST = 2


def run(on, report):
    on.small_app()
    # systemd looks whether the program is there.
    program = f"ExecStart={on.built / 'mfa-gate'} "
    for unit in UNITS.iterdir():
        (on.place / unit.name).write_text(unit.read_text().replace("ExecStart=/usr/local/bin/mfa-gate ", program))

    def analyze(*args):
        ran = subprocess.run(["systemd-analyze", *map(str, args)], capture_output=True, text=True)
        return ran.returncode, ran.stdout + ran.stderr

    def verify():
        status, told = analyze("verify", "--man=no", on.place / "mfa-gate.service", on.place / "mfa-gate.socket")
        about = [line for line in told.splitlines() if "mfa-gate" in line]
        assert status == 0 and not about, told

    def security():
        # In tenths; 10 of 10 is no protection at all.
        _, told = analyze("security", "--offline=yes", "--no-pager", on.place / "mfa-gate.service")
        score = float(re.search(r"Overall exposure level for \S+: ([\d.]+)", told).group(1))
        assert score <= MOST, told

    def activate():
        place, _, process = on.gate()
        process.terminate()
        process.wait()
        held = port()
        program = on.built / "mfa-gate"
        on.start(["systemd-socket-activate", "-l", f"127.0.0.1:{held}", program, "run", "--config", place / "gate.toml"])
        wait_for(held)
        assert ask(held, "GET", "/page").status == 200

    report.holds("systemd-analyze verify: mfa-gate.service, mfa-gate.socket", verify)
    report.holds(f"systemd-analyze security: an exposure of no more than {MOST} of 10", security)
    report.holds("systemd-socket-activate: the gate starts with the first connection, and answers it", activate)
