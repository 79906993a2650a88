export const notebookHistory = `
-- How the content is put together; NULL: it is a blob itself.
ALTER TABLE checkpoints ADD COLUMN manifest TEXT;
ALTER TABLE checkpoints ADD COLUMN origin TEXT;
-- Thinned as JSON; the manifest is then the one that came with it.
ALTER TABLE checkpoints ADD COLUMN thinned TEXT;
ALTER TABLE checkpoints ADD COLUMN thinned_stamp TEXT;
-- The path when it was taken; the other is where its notebook has moved to since.
ALTER TABLE checkpoints ADD COLUMN taken_as TEXT;
UPDATE checkpoints SET taken_as = notebook;

CREATE TABLE notebook_moves (
  stamp TEXT PRIMARY KEY,
  moved_from TEXT NOT NULL,
  moved_to TEXT NOT NULL
) WITHOUT ROWID;
-- A move asks for the runs of a notebook.
CREATE INDEX runs_by_notebook ON runs (source_path) WHERE source_kind = 'notebook';

-- RunTrust as JSON.
ALTER TABLE runs ADD COLUMN trust TEXT;
ALTER TABLE runs ADD COLUMN trust_stamp TEXT;
`;
