export const runFiles = `
-- Environment as JSON.
ALTER TABLE runs ADD COLUMN environment TEXT;
ALTER TABLE runs ADD COLUMN environment_stamp TEXT;
-- Id of the run that this one is a part of.
ALTER TABLE runs ADD COLUMN parent_id TEXT;
-- How much of an output that is kept elsewhere is part of the record.
ALTER TABLE runs ADD COLUMN output_read_bytes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX runs_by_parent ON runs (parent_id) WHERE parent_id IS NOT NULL;

-- The edition whose points count, and the moment from which on; NULL: that in which they were first written.
ALTER TABLE series ADD COLUMN edition TEXT;
ALTER TABLE series ADD COLUMN edition_stamp TEXT;

CREATE TABLE run_files (
  run INTEGER NOT NULL,
  role TEXT NOT NULL,
  path TEXT NOT NULL,
  type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  modified_at_ms REAL NOT NULL,
  -- SHA-256 of the content; NULL where it could not be read whole.
  hash TEXT,
  -- 1: the content is a blob.
  is_kept INTEGER NOT NULL,
  stamp TEXT NOT NULL,
  PRIMARY KEY (run, role, path)
) WITHOUT ROWID;
`;
