export const savedViews = `
-- Archived runs are out of the way and not deleted.
ALTER TABLE runs ADD COLUMN archived_at_ms REAL;
ALTER TABLE runs ADD COLUMN archived_at_ms_stamp TEXT;
-- Of the move to the experiment; NULL: it is the one that the run was started in.
ALTER TABLE runs ADD COLUMN experiment_stamp TEXT;
CREATE INDEX run_tags_by_value ON run_tags (key, value);

CREATE TABLE views (
  view INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT,
  page TEXT,
  -- JSON of the page's own.
  state TEXT,
  saved_at_ms REAL,
  -- NULL: only its deletion has been read so far.
  saved_stamp TEXT,
  deleted_stamp TEXT
);
`;
