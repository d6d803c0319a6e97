"""Runs kosoku's cases against a port and prints the verdicts as JSON. Arguments: the port, and cases (or all)."""

import asyncio
import json
import sys

import kosoku


async def main(at, *cases):
    try:
        results = await kosoku.run_fuzzingclient(f"ws://127.0.0.1:{at}/ws", list(cases) or None, None, concurrency=4)
    except kosoku.FailureError as failed:
        results = failed.results
    print(json.dumps({r.case_id: [r.behavior.value, r.behavior_close.value] for r in results}))


asyncio.run(main(*sys.argv[1:]))
