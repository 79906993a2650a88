"""Posts to a server on this machine, and says how long each answer took.

usage: client.py PORT

Reads lines {"path", "body"} and prints, for each, {"status", "ms", "answer"}: body and answer are
text, ms runs from opening the connection to the last byte received.

Each request has a connection of its own, as with urllib. MLflow's own client keeps one, which is slower
here: the server sends head and body apart, and on a kept connection waits 40 ms for the head to be
acknowledged, so a point takes that client 52 ms.
"""

import json
import sys
import time
import urllib.error
import urllib.request

port = int(sys.argv[1])


def exchange(path, body):
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}", body, {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


for line in sys.stdin:
    call = json.loads(line)
    body = call["body"].encode()
    started = time.perf_counter()
    status, answer = exchange(call["path"], body)
    ms = (time.perf_counter() - started) * 1000
    print(json.dumps({"status": status, "ms": ms, "answer": answer.decode()}), flush=True)
