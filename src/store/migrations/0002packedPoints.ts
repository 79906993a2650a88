import type { SqlDatabase } from '../sqlDatabase';

export function packedPoints(database: SqlDatabase): void {
  database.script(`
-- What is numbered for all windows, such as the versions of a model: no number twice under one name.
CREATE TABLE numbers (
  name TEXT NOT NULL,
  number INTEGER NOT NULL,
  PRIMARY KEY (name, number)
) WITHOUT ROWID;

-- Deleted for good: the row stays, empty, so that what other journals still say of it stays without effect.
ALTER TABLE runs ADD COLUMN purged_stamp TEXT;
ALTER TABLE checkpoints ADD COLUMN purged_stamp TEXT;

-- How much of the raw log was left out, as it was longer than the user wants one to be.
ALTER TABLE runs ADD COLUMN log_omitted_bytes INTEGER NOT NULL DEFAULT 0;

CREATE INDEX params_by_value ON params (key, value);
`);
}
