"""An app of raw sockets, which says what few apps say: trailers, early hints, 417, ranges, a length without a body …"""

import gzip
import hashlib
import itertools
import socket
import threading
import time

from stage import SID

BODY = b"".join(b"line %d of a text that is long enough to be compressed\n" % n for n in range(400))
TAG = '"%s"' % hashlib.sha256(BODY).hexdigest()[:16]
# curl takes the first megabytes at once, whatever its limit is.
MANY = 20_000_000


class Asked:
    """One request as it came: the head's lines, and the body."""

    def __init__(self, head, body):
        first, *lines = head.decode("latin-1").split("\r\n")
        self.method, self.target, _ = first.split(" ")
        self.path = self.target.split("?")[0]
        pairs = [line.split(":", 1) for line in lines]
        self.headers = {name.lower(): value.strip() for name, value in pairs}
        self.body = body


class OddApp:
    """Listens until the process ends; `asked` has every request."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        self.asked = []
        threading.Thread(target=self.accept, daemon=True).start()

    def last(self, path):
        """The newest request to a path."""
        return next(asked for asked in reversed(self.asked) if asked.path == path)

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self.serve, args=(client,), daemon=True).start()

    def serve(self, client):
        stream = client.makefile("rb")
        try:
            while True:
                head = b"".join(itertools.takewhile(lambda line: line != b"\r\n", stream))
                if not head:
                    return
                asked = Asked(head.rstrip(b"\r\n"), b"")
                if "expect" in asked.headers:
                    client.sendall(b"HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    return
                asked.body = self.read_body(stream, asked.headers)
                self.asked.append(asked)
                for piece in answer(asked):
                    client.sendall(piece)
        except OSError:
            pass
        finally:
            client.close()

    @staticmethod
    def read_body(stream, headers):
        if headers.get("transfer-encoding", "").lower() != "chunked":
            return stream.read(int(headers.get("content-length", 0)))
        body = b""
        while size := int(stream.readline().split(b";")[0], 16):
            body += stream.read(size)
            stream.readline()
        while stream.readline() not in (b"\r\n", b""):
            pass
        return body


def said(status, body=b"", **headers):
    """A whole answer with a length."""
    lines = {"Content-Length": len(body), "Content-Type": "text/plain", **{k.replace("_", "-"): v for k, v in headers.items()}}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def chunks(pieces, trailer=b""):
    """A chunked body; a piece may be a pause in seconds."""
    for piece in pieces:
        if isinstance(piece, float):
            time.sleep(piece)
        else:
            yield b"%x\r\n%s\r\n" % (len(piece), piece)
    yield b"0\r\n" + trailer + b"\r\n"


def answer(asked):
    """The pieces of an answer, as they are sent."""
    started = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n"
    if asked.path == "/login" and asked.method == "POST":
        yield said("302 Found", Location="/", Set_Cookie=f"sid={SID}; Path=/; HttpOnly")
    elif asked.path == "/chunked":
        yield f"{started}\r\n".encode()
        yield from chunks([BODY[:1000], 0.05, BODY[1000:]])
    elif asked.path == "/trailers":
        yield f"{started}Trailer: X-Checked\r\n\r\n".encode()
        yield from chunks([BODY], b"X-Checked: yes\r\n")
    elif asked.path == "/events":
        yield started.replace("plain", "event-stream").encode() + b"\r\n"
        yield from chunks(itertools.chain.from_iterable((b"data: %f\n\n" % time.monotonic(), 0.2) for _ in range(8)))
    elif asked.path == "/hints":
        for name in ("a", "b"):
            yield f"HTTP/1.1 103 Early Hints\r\nLink: </{name}.css>; rel=preload; as=style\r\n\r\n".encode()
        time.sleep(0.05)
        yield said("200 OK", BODY)
    elif asked.path == "/compressed" and "gzip" in asked.headers.get("accept-encoding", ""):
        yield said("200 OK", gzip.compress(BODY), Content_Encoding="gzip", Vary="Accept-Encoding")
    elif asked.path == "/coded" and "gzip" in asked.headers.get("te", ""):
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"
        yield from chunks([gzip.compress(BODY)])
    elif asked.path == "/length" and asked.method == "HEAD":
        yield said("200 OK", Content_Length=123_456_789)
    elif asked.path == "/tagged" and asked.headers.get("if-none-match") == TAG:
        yield said("304 Not Modified", Content_Length=None, ETag=TAG)
    elif asked.path == "/nothing":
        yield said("204 No Content", Content_Length=None)
    elif asked.path == "/ranges" and "range" in asked.headers:
        yield ranges(asked.headers["range"].removeprefix("bytes="))
    elif asked.path == "/many":
        yield said("200 OK", b"m" * MANY)
    elif asked.body:
        yield said("200 OK", b"got %d bytes" % len(asked.body))
    else:
        whole = said("200 OK", BODY, ETag=TAG, Accept_Ranges="bytes")
        yield whole[: whole.index(b"\r\n\r\n") + 4] if asked.method == "HEAD" else whole


def ranges(line):
    """What was asked for of BODY; more than one in parts."""
    found = []
    for one in line.split(","):
        first, last = one.strip().split("-")
        start = int(first) if first else len(BODY) - int(last)
        end = min(int(last), len(BODY) - 1) if first and last else len(BODY) - 1
        if start >= len(BODY):
            return said("416 Range Not Satisfiable", Content_Range=f"bytes */{len(BODY)}")
        found.append((f"bytes {start}-{end}/{len(BODY)}", BODY[start : end + 1]))
    if len(found) == 1:
        return said("206 Partial Content", found[0][1], Content_Range=found[0][0])
    parts = b"".join(f"--part\r\nContent-Range: {where}\r\n\r\n".encode() + part + b"\r\n" for where, part in found)
    return said("206 Partial Content", parts + b"--part--\r\n", Content_Type="multipart/byteranges; boundary=part")
