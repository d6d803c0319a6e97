"""Autobahn's WebSocket cases, as kosoku runs them: to an echo server, and through the gate to it. No case may differ."""

import asyncio
import json
import subprocess

from stage import ROOT, SID, port, wait_for

PYTHON = ROOT / "target" / "venv-conformance" / "bin" / "python"
# Cases that this server fails by itself are no more than so many.
OWN = 2


class Relay:
    """Puts a session's cookies into the head of each connection and carries the rest as it comes: kosoku has no option for it."""

    def __init__(self, to, cookies):
        self.to, self.cookies, self.open = to, cookies, set()

    async def serve(self):
        server = await asyncio.start_server(self.carry, "127.0.0.1", 0, limit=1 << 20)
        return server, server.sockets[0].getsockname()[1]

    async def carry(self, client, to_client):
        # The event loop alone would let go of a task that waits.
        self.open.add(asyncio.current_task())
        try:
            server, to_server = await asyncio.open_connection("127.0.0.1", self.to)
            first = await client.readuntil(b"\r\n")
            to_server.write(first + f"Cookie: {self.cookies}\r\n".encode())
            await asyncio.gather(pour(client, to_server), pour(server, to_client))
            to_server.close()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            to_client.close()
            self.open.discard(asyncio.current_task())


async def pour(source, sink):
    try:
        while piece := await source.read(1 << 16):
            sink.write(piece)
            await sink.drain()
        sink.write_eof()
    except OSError:
        sink.close()


async def judged(to, cookies, cases):
    """Each case's verdicts, those on what was said and on how it was closed."""
    server, at = await Relay(to, cookies).serve()
    async with server:
        args = [PYTHON, ROOT / "conformance" / "cases.py", at, *cases]
        ran = await asyncio.create_subprocess_exec(*map(str, args), stdout=subprocess.PIPE)
        out, _ = await ran.communicate()
    assert ran.returncode == 0, f"the runner ended with {ran.returncode}"
    return json.loads(out)


def run(on, report):
    echo = port()
    on.start([PYTHON, ROOT / "conformance" / "echo.py", echo, SID], core=1)
    wait_for(echo)
    _, at, _ = on.gate(upstream=echo)
    cookies = on.verified(at)["Cookie"]

    def both(cases):
        return [asyncio.run(judged(to, cookies, cases)) for to in (echo, at)]

    direct, through = both([])
    differing = sorted(case for case in direct if direct[case] != through.get(case))
    # Some cases have a second to live: one that differs is asked once more on both sides, alone.
    if 0 < len(differing) <= 10:
        direct_again, through_again = both(differing)
        direct.update(direct_again)
        through.update(through_again)
    for case in differing:
        same = direct[case] == through.get(case)
        report.line(f"WebSocket case {case}, asked again", None if same else f"{direct[case]} directly, {through.get(case)} through the gate")
    left = sorted(case for case, verdicts in direct.items() if not set(verdicts) <= {"OK", "NON-STRICT", "INFORMATIONAL"})
    few = len(left) <= OWN and len(direct) > 500 and set(direct) == set(through)
    what = f"WebSocket: {len(direct)} cases of Autobahn, the same verdicts through the gate as without it (the server's own failures: {', '.join(left) or 'none'})"
    report.line(what, None if few else f"{len(through)} cases through the gate; failures without it: {left}")
