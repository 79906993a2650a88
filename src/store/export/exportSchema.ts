import { isViewThere } from '../database/viewRows';

/** Makes the tables that `exportViews` shows, of a copy of the store's database; points and contents follow. */
export const exportSchema = `
-- With declared types, as other tools go by them.
CREATE TABLE run_data (
  id TEXT, experiment TEXT, name TEXT, status TEXT, source_kind TEXT, source_path TEXT,
  command_line TEXT, cwd TEXT, started_at TEXT, duration_s REAL, exit_code INTEGER, note TEXT,
  starred INTEGER, deleted INTEGER, archived INTEGER, git_commit TEXT, git_branch TEXT, git_dirty INTEGER,
  git_diff_blob TEXT, script_blob TEXT, checkpoint_id TEXT, cell_index INTEGER, cell_source TEXT,
  log_bytes INTEGER, log_omitted_bytes INTEGER, parent_id TEXT, environment TEXT
);
INSERT INTO run_data
  SELECT id, experiment, name, status, source_kind, source_path,
    json_extract(source, '$.commandLine'), json_extract(source, '$.cwd'),
    strftime('%Y-%m-%dT%H:%M:%fZ', started_at_ms / 1000.0, 'unixepoch'),
    (ended_at_ms - started_at_ms) / 1000.0, exit_code, note, ifnull(starred, 0),
    deleted_at_ms IS NOT NULL, archived_at_ms IS NOT NULL, json_extract(code_state, '$.commit'),
    json_extract(code_state, '$.branch'), json_extract(code_state, '$.dirty'),
    json_extract(code_state, '$.diff'), json_extract(code_state, '$.script'), checkpoint_id,
    json_extract(source, '$.cellIndex'), json_extract(source, '$.cellSource'),
    log_bytes, log_omitted_bytes, parent_id, environment
  FROM runs WHERE started_stamp IS NOT NULL AND purged_stamp IS NULL ORDER BY started_at_ms;
CREATE UNIQUE INDEX run_data_by_id ON run_data (id);

CREATE TABLE param_data AS
  SELECT runs.id AS run_id, key, value, origin FROM params JOIN runs USING (run)
  ORDER BY run, added_stamp;
CREATE INDEX param_data_by_run ON param_data (run_id, key);

CREATE TABLE series_data AS
  SELECT series, runs.id AS run_id, key, first, last, last_step, last_at_ms, min, max,
    CASE direction WHEN 'lower' THEN min WHEN 'higher' THEN max END AS best,
    CASE direction WHEN 'lower' THEN min_step WHEN 'higher' THEN max_step END AS best_step,
    count, 0 AS first_point
  FROM series JOIN runs USING (run) LEFT JOIN key_directions USING (key)
  WHERE count > 0 ORDER BY run, first_stamp;
CREATE UNIQUE INDEX series_data_by_series ON series_data (series);
CREATE INDEX series_data_by_run ON series_data (run_id, key);

CREATE TABLE file_data AS
  SELECT runs.id AS run_id, role, path, type, size_bytes, hash, is_kept
  FROM run_files JOIN runs USING (run) ORDER BY run, role, path;
CREATE INDEX file_data_by_run ON file_data (run_id);

-- The points of a series follow each other from its first_point on.
CREATE TABLE points (point INTEGER PRIMARY KEY, step REAL, value REAL, time_ms REAL);

CREATE TABLE checkpoint_data (
  id TEXT, notebook TEXT, kind TEXT, taken_at TEXT, content_blob TEXT, size_bytes INTEGER,
  cell_count INTEGER, changes TEXT, problem TEXT, note TEXT, starred INTEGER, deleted INTEGER,
  origin TEXT, outputs_dropped INTEGER, bytes_dropped INTEGER
);
INSERT INTO checkpoint_data
  SELECT id, notebook, kind, strftime('%Y-%m-%dT%H:%M:%fZ', taken_at_ms / 1000.0, 'unixepoch'),
    iif(manifest IS NULL, content, NULL), size_bytes, cell_count, changes, problem, note,
    ifnull(starred, 0), deleted_at_ms IS NOT NULL, origin,
    ifnull(json_extract(thinned, '$.outputs'), 0), ifnull(json_extract(thinned, '$.bytes'), 0)
  FROM checkpoints WHERE taken_stamp IS NOT NULL AND purged_stamp IS NULL ORDER BY taken_at_ms;

CREATE TABLE tags AS
  SELECT 'run' AS kind, runs.id AS id, key, value FROM run_tags JOIN runs USING (run)
    WHERE value IS NOT NULL
  UNION ALL
  SELECT 'checkpoint', checkpoints.id, key, value
    FROM checkpoint_tags JOIN checkpoints USING (checkpoint) WHERE value IS NOT NULL;

CREATE TABLE view_data AS
  SELECT id, name, page, state,
    strftime('%Y-%m-%dT%H:%M:%fZ', saved_at_ms / 1000.0, 'unixepoch') AS saved_at
  FROM views WHERE ${isViewThere} ORDER BY name, saved_at_ms;

-- The file of a checkpoint that has no content_blob is its pieces, one after the other:
--   SELECT group_concat(part, '') FROM (
--     SELECT CAST(content AS TEXT) AS part FROM checkpoint_pieces JOIN pieces USING (piece)
--     WHERE checkpoint_id = ? ORDER BY position)
CREATE TABLE pieces (piece INTEGER PRIMARY KEY, content BLOB);
CREATE TABLE checkpoint_pieces (
  checkpoint_id TEXT, position INTEGER, piece INTEGER, PRIMARY KEY (checkpoint_id, position)
) WITHOUT ROWID;

CREATE TABLE blobs (hash TEXT PRIMARY KEY, content BLOB) WITHOUT ROWID;
CREATE TABLE logs (run_id TEXT PRIMARY KEY, content BLOB) WITHOUT ROWID;
`;

/**
 * Shows those tables under readable names; run when they are full. A view has no order of its own, as
 * DuckDB takes every column of one that has for text; of one with a join, as `metrics`, it does anyway.
 */
export const exportViews = `
CREATE VIEW runs AS SELECT * FROM run_data;
CREATE VIEW params AS SELECT run_id, key, value, origin FROM param_data;
-- A value of NULL is NaN, which SQLite does not know; a step of NULL is none.
CREATE VIEW metrics AS
  SELECT run_id, key, step, value,
    strftime('%Y-%m-%dT%H:%M:%fZ', time_ms / 1000.0, 'unixepoch') AS time
  FROM series_data JOIN points ON point >= first_point AND point < first_point + count;
CREATE VIEW metric_summaries AS
  SELECT run_id, key, first, last, last_step, min, max, best, best_step, count FROM series_data;
CREATE VIEW files AS SELECT * FROM file_data;
CREATE VIEW checkpoints AS SELECT * FROM checkpoint_data;
-- What a page of Epochlog was set up to show, by the user's name for it; the state is the page's own JSON.
CREATE VIEW saved_views AS SELECT * FROM view_data;
`;
