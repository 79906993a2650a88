"""Writes finished runs straight into the SQLite file of a stopped MLflow server.

usage: fill.py DATABASE RUNS.jsonl

Each line is {"id", "startMs", "endMs", "params": {key: value}, "metrics": {key: value},
"lastStep"}: the metrics are the last values, and each gets one point, at that step and endMs. A line
may have "history": {key: {"steps", "values", "timesMs"}}: all points of more metrics.
Schema: the `runs`, `params`, `metrics`, `latest_metrics` and `tags` tables as the pinned MLflow makes
them (mlflow/store/tracking/dbmodels/models.py).
"""

import json
import sqlite3
import sys

RUN = """
INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status,
  start_time, end_time, source_version, lifecycle_stage, artifact_uri, experiment_id)
VALUES (?, 'train.py', 'UNKNOWN', '', '', '', 'FINISHED', ?, ?, '', 'active', ?, 0)
"""
TAG = "INSERT INTO tags (key, value, run_uuid) VALUES ('mlflow.runName', 'train.py', ?)"
PARAM = "INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)"
POINT = """
INSERT INTO {} (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, 0, ?)
"""

database = sqlite3.connect(sys.argv[1])
# It is made anew if this is stopped, so nothing need be safe, and the indexes stay in memory.
database.execute("PRAGMA journal_mode = OFF")
database.execute("PRAGMA synchronous = OFF")
database.execute("PRAGMA cache_size = -1000000")
with database, open(sys.argv[2], encoding="utf-8") as lines:
    for line in lines:
        run = json.loads(line)
        run_id, end_ms = run["id"], run["endMs"]
        artifacts = f"mlflow-artifacts:/0/{run_id}/artifacts"
        database.execute(RUN, (run_id, run["startMs"], end_ms, artifacts))
        database.execute(TAG, (run_id,))
        database.executemany(PARAM, [(*param, run_id) for param in run["params"].items()])
        points = [(*metric, end_ms, run["lastStep"], run_id) for metric in run["metrics"].items()]
        for table in ("metrics", "latest_metrics"):
            database.executemany(POINT.format(table), points)
        for key, history in run.get("history", {}).items():
            columns = (history["values"], history["timesMs"], history["steps"])
            points = [(key, *point, run_id) for point in zip(*columns)]
            database.executemany(POINT.format("metrics"), points)
            database.executemany(POINT.format("latest_metrics"), points[-1:])
database.close()
