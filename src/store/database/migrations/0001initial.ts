/**
 * Every `…_stamp` is a Stamp: the moment and writer of the change that the column's value is of. A row
 * whose `started_stamp` or `taken_stamp` is NULL has been spoken of by one journal before another,
 * not read yet, says what it is.
 */
export const initial = `
CREATE TABLE journal_positions (
  writer_id TEXT PRIMARY KEY,
  sequence INTEGER NOT NULL,
  offset_bytes INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE runs (
  run INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  experiment TEXT,
  source_kind TEXT,
  -- The script or notebook.
  source_path TEXT,
  -- RunSource as JSON.
  source TEXT,
  started_at_ms REAL,
  started_stamp TEXT,
  status TEXT NOT NULL DEFAULT 'running',
  ended_at_ms REAL,
  exit_code INTEGER,
  ended_stamp TEXT,
  checkpoint_id TEXT,
  checkpoint_stamp TEXT,
  -- CodeState as JSON.
  code_state TEXT,
  code_state_stamp TEXT,
  name TEXT,
  name_stamp TEXT,
  note TEXT,
  note_stamp TEXT,
  starred INTEGER,
  starred_stamp TEXT,
  deleted_at_ms REAL,
  deleted_at_ms_stamp TEXT,
  log_bytes INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX runs_by_start ON runs (started_at_ms DESC, id);

CREATE TABLE params (
  run INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  origin TEXT NOT NULL,
  stamp TEXT NOT NULL,
  -- Of the first change that named this key, which gives its place.
  added_stamp TEXT NOT NULL,
  PRIMARY KEY (run, key)
) WITHOUT ROWID;

CREATE TABLE run_tags (
  run INTEGER NOT NULL,
  key TEXT NOT NULL,
  -- NULL: taken away.
  value TEXT,
  stamp TEXT NOT NULL,
  PRIMARY KEY (run, key)
) WITHOUT ROWID;

CREATE TABLE series (
  series INTEGER PRIMARY KEY,
  run INTEGER NOT NULL,
  key TEXT NOT NULL,
  -- In the figures NULL is NaN, in the steps it is none.
  first REAL,
  first_stamp TEXT NOT NULL,
  last REAL,
  last_stamp TEXT NOT NULL,
  last_step REAL,
  last_at_ms REAL,
  min REAL,
  max REAL,
  -- NULL where the metric's name does not say whether low or high is better.
  best REAL,
  best_step REAL,
  best_stamp TEXT,
  count INTEGER NOT NULL,
  -- How many chunks are still to be merged into larger ones.
  small_chunks INTEGER NOT NULL,
  UNIQUE (run, key)
);

-- Points as columns of little-endian float64, so that NaN and the infinities are exact.
CREATE TABLE chunks (
  chunk INTEGER PRIMARY KEY,
  series INTEGER NOT NULL,
  stamp TEXT NOT NULL,
  count INTEGER NOT NULL,
  steps BLOB NOT NULL,
  point_values BLOB NOT NULL,
  times_ms BLOB NOT NULL,
  UNIQUE (series, stamp)
);

CREATE TABLE checkpoints (
  checkpoint INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  notebook TEXT,
  taken_at_ms REAL,
  taken_stamp TEXT,
  kind TEXT,
  content TEXT,
  size_bytes INTEGER,
  cell_count INTEGER,
  -- NotebookDiffSummary as JSON.
  changes TEXT,
  problem TEXT,
  name TEXT,
  name_stamp TEXT,
  note TEXT,
  note_stamp TEXT,
  starred INTEGER,
  starred_stamp TEXT,
  deleted_at_ms REAL,
  deleted_at_ms_stamp TEXT
);
CREATE INDEX checkpoints_by_notebook ON checkpoints (notebook, taken_at_ms DESC, id);
CREATE INDEX checkpoints_by_time ON checkpoints (taken_at_ms DESC, id);

CREATE TABLE checkpoint_tags (
  checkpoint INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT,
  stamp TEXT NOT NULL,
  PRIMARY KEY (checkpoint, key)
) WITHOUT ROWID;
`;
