"""Posts to a server on this machine over one kept connection, and says how long each answer took.

usage: client.py PORT

Reads lines {"path", "body"} and prints, for each, {"status", "ms", "answer"}: body and answer are
text, ms runs from the first byte sent to the last one received.

A request is sent in one piece, and what arrives is acknowledged at once (TCP_QUICKACK, where there is
one): the server sends head and body apart, and would else wait up to 40 ms for the acknowledgement of
the first, which says nothing of its work.
"""

import json
import socket
import sys
import time

port = int(sys.argv[1])
connection = socket.create_connection(("127.0.0.1", port))
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def receive():
    if hasattr(socket, "TCP_QUICKACK"):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
    part = connection.recv(1 << 20)
    if not part:
        raise ConnectionError("the server closed the connection")
    return part


def exchange(request):
    connection.sendall(request)
    received = bytearray()
    while b"\r\n\r\n" not in received:
        received += receive()
    head, _, answer = bytes(received).partition(b"\r\n\r\n")
    status, *fields = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value for name, value in (field.split(": ", 1) for field in fields)}
    parts = [answer]
    missing = int(headers["content-length"]) - len(answer)
    while missing > 0:
        parts.append(receive())
        missing -= len(parts[-1])
    return int(status.split(" ")[1]), b"".join(parts)


for line in sys.stdin:
    call = json.loads(line)
    body = call["body"].encode()
    head = (
        f"POST {call['path']} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    started = time.perf_counter()
    status, answer = exchange(head.encode() + body)
    ms = (time.perf_counter() - started) * 1000
    print(json.dumps({"status": status, "ms": ms, "answer": answer.decode()}), flush=True)
