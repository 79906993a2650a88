"""Writes finished runs straight into the SQLite file of a stopped MLflow server.

usage: fill.py DATABASE RUNS.jsonl

Each line is {"id", "startMs", "endMs", "params": {key: value}, "metrics": {key: value},
"lastStep"}: the metrics are the last values, and each gets one point, at that step and endMs.
Schema: the `runs`, `params`, `metrics`, `latest_metrics` and `tags` tables as the pinned MLflow makes
them (mlflow/store/tracking/dbmodels/models.py).
"""

import json
import sqlite3
import sys

database = sqlite3.connect(sys.argv[1])
with database:
    for line in open(sys.argv[2], encoding="utf-8"):
        run = json.loads(line)
        run_id = run["id"]
        database.execute(
            "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id,"
            " status, start_time, end_time, source_version, lifecycle_stage, artifact_uri,"
            " experiment_id) VALUES (?, ?, 'UNKNOWN', '', '', '', 'FINISHED', ?, ?, '', 'active', ?, 0)",
            (run_id, "train.py", run["startMs"], run["endMs"], f"mlflow-artifacts:/0/{run_id}/artifacts"),
        )
        database.execute("INSERT INTO tags (key, value, run_uuid) VALUES ('mlflow.runName', 'train.py', ?)", (run_id,))
        database.executemany(
            "INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)",
            [(key, value, run_id) for key, value in run["params"].items()],
        )
        points = [(key, value, run["endMs"], run["lastStep"], run_id) for key, value in run["metrics"].items()]
        for table in ("metrics", "latest_metrics"):
            database.executemany(
                f"INSERT INTO {table} (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, 0, ?)",
                points,
            )
database.close()
