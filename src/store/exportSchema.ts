/** Makes the tables that `exportViews` shows, of a copy of the store's database; points and contents follow. */
export const exportSchema = `
CREATE TABLE run_data AS
  SELECT id, experiment, name, status, source_kind, source_path,
    json_extract(source, '$.commandLine') AS command_line,
    json_extract(source, '$.cwd') AS cwd,
    json_extract(source, '$.cellIndex') AS cell_index,
    json_extract(source, '$.cellSource') AS cell_source,
    started_at_ms, ended_at_ms, exit_code, note, ifnull(starred, 0) AS starred, deleted_at_ms,
    checkpoint_id,
    json_extract(code_state, '$.commit') AS git_commit,
    json_extract(code_state, '$.branch') AS git_branch,
    json_extract(code_state, '$.dirty') AS git_dirty,
    json_extract(code_state, '$.diff') AS git_diff_blob,
    json_extract(code_state, '$.script') AS script_blob,
    log_bytes, log_omitted_bytes
  FROM runs WHERE started_stamp IS NOT NULL AND purged_stamp IS NULL;
CREATE UNIQUE INDEX run_data_by_id ON run_data (id);

CREATE TABLE param_data AS
  SELECT runs.id AS run_id, key, value, origin FROM params JOIN runs USING (run)
  ORDER BY run, added_stamp;
CREATE INDEX param_data_by_run ON param_data (run_id, key);

CREATE TABLE series_data AS
  SELECT series, runs.id AS run_id, key, first, last, last_step, last_at_ms, min, max, best,
    best_step, count, 0 AS first_point
  FROM series JOIN runs USING (run) ORDER BY run, first_stamp;
CREATE UNIQUE INDEX series_data_by_series ON series_data (series);
CREATE INDEX series_data_by_run ON series_data (run_id, key);

-- The points of a series follow each other from its first_point on.
CREATE TABLE points (point INTEGER PRIMARY KEY, step REAL, value REAL, time_ms REAL);

CREATE TABLE checkpoint_data AS
  SELECT id, notebook, kind, taken_at_ms, content AS content_blob, size_bytes, cell_count, changes,
    problem, note, ifnull(starred, 0) AS starred, deleted_at_ms
  FROM checkpoints WHERE taken_stamp IS NOT NULL AND purged_stamp IS NULL;

CREATE TABLE tags AS
  SELECT 'run' AS kind, runs.id AS id, key, value FROM run_tags JOIN runs USING (run)
    WHERE value IS NOT NULL
  UNION ALL
  SELECT 'checkpoint', checkpoints.id, key, value
    FROM checkpoint_tags JOIN checkpoints USING (checkpoint) WHERE value IS NOT NULL;

CREATE TABLE blobs (hash TEXT PRIMARY KEY, content BLOB) WITHOUT ROWID;
CREATE TABLE logs (run_id TEXT PRIMARY KEY, content BLOB) WITHOUT ROWID;
`;

/** Shows those tables under readable names; run when they are full. */
export const exportViews = `
CREATE VIEW runs AS
  SELECT id, experiment, name, status, source_kind, source_path, command_line, cwd,
    strftime('%Y-%m-%dT%H:%M:%fZ', started_at_ms / 1000.0, 'unixepoch') AS started_at,
    (ended_at_ms - started_at_ms) / 1000.0 AS duration_s,
    exit_code, note, starred, deleted_at_ms IS NOT NULL AS deleted, git_commit, git_branch,
    git_dirty, git_diff_blob, script_blob, checkpoint_id, cell_index, cell_source, log_bytes,
    log_omitted_bytes
  FROM run_data ORDER BY started_at_ms;
CREATE VIEW params AS SELECT run_id, key, value, origin FROM param_data;
-- A value of NULL is NaN, which SQLite does not know; a step of NULL is none.
CREATE VIEW metrics AS
  SELECT run_id, key, step, value,
    strftime('%Y-%m-%dT%H:%M:%fZ', time_ms / 1000.0, 'unixepoch') AS time
  FROM series_data JOIN points ON point >= first_point AND point < first_point + count
  ORDER BY point;
CREATE VIEW metric_summaries AS
  SELECT run_id, key, first, last, last_step, min, max, best, best_step, count FROM series_data;
CREATE VIEW checkpoints AS
  SELECT id, notebook, kind,
    strftime('%Y-%m-%dT%H:%M:%fZ', taken_at_ms / 1000.0, 'unixepoch') AS taken_at,
    content_blob, size_bytes, cell_count, changes, problem, note, starred,
    deleted_at_ms IS NOT NULL AS deleted
  FROM checkpoint_data ORDER BY taken_at_ms;
`;
