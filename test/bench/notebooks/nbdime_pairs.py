"""Diffs pairs of notebooks with nbdime, as its own tools do, and tells what each took.

Reads one JSON list [old path, new path] a line; answers each with one JSON object a line:
parseMs and diffMs (the best of `repeats`), and pairs: [old index, new index] of every cell that nbdime
takes for the same, changed or not. A side that is no notebook gives {"error": …}.
"""

import io
import json
import sys
import time

import nbformat
from nbdime import diff_notebooks


def best_ms(repeats, work):
    best = None
    for _ in range(repeats):
        started = time.perf_counter()
        result = work()
        taken = (time.perf_counter() - started) * 1000
        best = taken if best is None else min(best, taken)
    return best, result


def cell_pairs(diff, old_count):
    """The cells that the diff keeps, by index. nbdime moves nothing: they are in order."""
    removed = set()
    added_before = {}
    for entry in diff:
        if entry.key != "cells":
            continue
        for op in entry.diff:
            if op.op == "removerange":
                removed.update(range(op.key, op.key + op.length))
            elif op.op == "addrange":
                added_before[op.key] = added_before.get(op.key, 0) + len(op.valuelist)
            elif op.op != "patch":
                raise ValueError(f"an operation on cells that is not known: {op.op}")
    pairs = []
    new_at = 0
    for old_at in range(old_count):
        new_at += added_before.get(old_at, 0)
        if old_at in removed:
            continue
        pairs.append([old_at, new_at])
        new_at += 1
    return pairs


def read(path):
    with io.open(path, encoding="utf8") as file:
        return nbformat.read(file, as_version=4)


def measure(old_path, new_path, repeats):
    try:
        parse_ms, (old, new) = best_ms(repeats, lambda: (read(old_path), read(new_path)))
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:200]}
    diff_ms, diff = best_ms(repeats, lambda: diff_notebooks(old, new))
    return {"parseMs": parse_ms, "diffMs": diff_ms, "pairs": cell_pairs(diff, len(old.cells))}


if __name__ == "__main__":
    repeats = int(sys.argv[1])
    for line in sys.stdin:
        print(json.dumps(measure(*json.loads(line), repeats)), flush=True)
