"""testssl.sh against the gate's TLS: no finding above LOW, apart from those that the test's own set-up causes."""

import json
import shutil
import subprocess

# What the gate has no part in, by testssl's own names, and why.
EXCEPTIONS = {
    "engine_problem": "testssl's own openssl has no engine",
    "cert_revocation": "the test's certificate signed itself: nobody could revoke it",
    "security_headers": "the page is the app's, and so are its headers (the gate's own pages have theirs)",
}
# Higher than LOW; what could not be looked at counts as well.
BAD = {"MEDIUM", "HIGH", "CRITICAL", "WARN", "FATAL"}


def run(on, report):
    on.small_app()
    _, at, _ = on.gate(tls=True, server='hsts = "180d"\n')
    out = on.place / "testssl.json"
    # No name is looked up, and nobody outside is asked: what it looks at are sockets on this machine.
    command = [shutil.which("testssl") or "testssl.sh", "--quiet", "--color", "0", "--warnings", "off", "--nodns", "none"]
    command += ["--add-ca", on.cert, "--jsonfile", out]
    subprocess.run([*map(str, command), f"https://127.0.0.1:{at}/page"], capture_output=True, stdin=subprocess.DEVNULL, cwd=on.place)
    findings = json.loads(out.read_text())
    excepted = [one for one in findings if one["severity"] in BAD and one["id"] in EXCEPTIONS]
    bad = [one for one in findings if one["severity"] in BAD and one["id"] not in EXCEPTIONS]
    for one in excepted:
        print(f"note  testssl: {one['id']} ({one['severity']}): {EXCEPTIONS[one['id']]}")
    for one in bad:
        report.line(f"testssl: {one['id']} ({one['severity']})", one["finding"])
    # A run that broke off has no client simulations.
    seen = {one["id"] for one in findings}
    whole = {"cipher_order", "HSTS_time", "heartbleed", "ROBOT", "LUCKY13"} <= seen and any("clientsimulation" in one for one in seen)
    what = f"testssl: {len(findings)} findings, none above LOW but for {len(excepted)} that come from the test"
    report.line(what, None if whole and not bad else f"{len(bad)} above LOW; looked at everything: {whole}")
