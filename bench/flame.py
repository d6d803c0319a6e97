#!/usr/bin/env python3
"""Draws where the gate's time goes under load, as a flame graph: python3 bench/flame.py OUT.svg (needs Debian's linux-perf, and its rights).

Width is CPU time; what stands on something was called by it. Frames under 0.4 % are left out.
"""

import html
import re
import subprocess
import sys
import tempfile

import stage

LEAST, WIDTH, ROW = 0.004, 1200, 17
# Short names of the gate's own functions.
OURS = set()


def recorded(place):
    """Stacks, outermost first, of three seconds under load."""
    on = stage.Stage(place)
    try:
        on.app()
        _, at, process = on.gate()
        headers = on.verified(at)
        url = f"http://127.0.0.1:{at}/page"
        stage.wrk(url, 1, 32, headers)
        data = on.place / "perf.data"
        record = ["perf", "record", "-q", "-e", "cpu-clock", "-F", "997", "--call-graph", "dwarf,8192", "-p", process.pid, "-o", data, "--", "sleep", "3"]
        perf = subprocess.Popen(list(map(str, record)), stderr=subprocess.DEVNULL)
        stage.wrk(url, 4, 32, headers)
        perf.wait()
        script = ["perf", "script", "-i", str(data), "-F", "ip,sym", "--no-inline"]
        text = subprocess.run(script, capture_output=True, text=True, check=True).stdout
    finally:
        on.end()
    for block in text.split("\n\n"):
        frames = [line.split(None, 1)[1] for line in block.splitlines() if len(line.split(None, 1)) == 2]
        OURS.update(short(frame) for frame in frames if re.match("<?mfa_gate::", frame))
        frames = [short(frame) for frame in reversed(frames) if frame != "[unknown]"]
        if frames:
            yield frames


def short(name):
    """A name without what is in angle brackets, and with its last two parts."""
    name = re.sub(r"^_R\w+$|::h[0-9a-f]{16}$", "", name)
    method = re.match(r"<(.+?) as .+>::(\w+)", name)
    name = f"{method.group(1)}::{method.group(2)}" if method else name
    while re.search(r"<[^<>]*>", name):
        name = re.sub(r"<[^<>]*>", "", name)
    parts = [part for part in name.split("::") if part and part != "{{closure}}"]
    return "::".join(parts[-2:]) or "?"


def tree(stacks):
    root = [0, {}]
    for frames in stacks:
        root[0] += 1
        node = root
        for frame in frames:
            node = node[1].setdefault(frame, [0, {}])
            node[0] += 1
    return root


def colour(name):
    """Ours, hyper's and tokio's, the kernel's."""
    if name in OURS:
        return "#7fb3ff"
    return "#ffd27f" if "::" in name else "#d9d9d9"


def drawn(node, total, x, depth, out):
    at = x
    for name, (count, children) in sorted(node[1].items()):
        if count / total >= LEAST:
            out.append((name, at, count, depth))
            drawn((count, children), total, at, depth + 1, out)
        at += count


def main():
    with tempfile.TemporaryDirectory() as place:
        root = tree(recorded(place))
    boxes, total = [], root[0]
    drawn(root, total, 0, 0, boxes)
    height = (max(box[3] for box in boxes) + 1) * ROW
    svg = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="monospace" font-size="11">',
        "<title>CPU time of the gate under load</title>",
    ]
    for name, at, count, depth in boxes:
        x, width, y = at / total * WIDTH, count / total * WIDTH, height - (depth + 1) * ROW
        text = html.escape(name[: int(width / 6.7)]) if width > 25 else ""
        svg.append(
            f'<g><title>{html.escape(name)} {count / total:.1%}</title><rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{ROW - 1}" '
            f'fill="{colour(name)}"/>' + (f'<text x="{x + 2:.1f}" y="{y + 12}">{text}</text>' if text else "") + "</g>"
        )
    with open(sys.argv[1], "w") as out:
        out.write("\n".join(svg) + "\n</svg>\n")


if __name__ == "__main__":
    main()
