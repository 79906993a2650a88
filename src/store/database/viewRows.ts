import type { ViewDeleted, ViewSaved } from '../../core/change/change';
import type { SavedView, ViewId, ViewPage } from '../../core/view/savedView';
import type { Stamp } from '../journal/hybridClock';
import type { SqlDatabase } from './sqlDatabase';
import { toText } from './sqlValues';

/** The later save wins; whether it is there is said by the later of its save and its deletion. */
export function writeView(database: SqlDatabase, { view }: ViewSaved, stamp: Stamp): ViewId {
  database.run(
    `INSERT INTO views (id, name, page, state, saved_at_ms, saved_stamp) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, page = excluded.page,
       state = excluded.state, saved_at_ms = excluded.saved_at_ms, saved_stamp = excluded.saved_stamp
     WHERE ifnull(saved_stamp, '') < excluded.saved_stamp`,
    ...[view.id, view.name, view.page, view.state, view.savedAtMs, stamp],
  );
  return view.id;
}

export function writeViewDeleted(
  database: SqlDatabase,
  { viewId }: ViewDeleted,
  stamp: Stamp,
): ViewId {
  database.run(
    `INSERT INTO views (id, deleted_stamp) VALUES (?, ?)
     ON CONFLICT (id) DO UPDATE SET deleted_stamp = excluded.deleted_stamp
     WHERE ifnull(deleted_stamp, '') < excluded.deleted_stamp`,
    ...[viewId, stamp],
  );
  return viewId;
}

export const isViewThere = "saved_stamp IS NOT NULL AND saved_stamp > ifnull(deleted_stamp, '')";

/** By name, then by when they were saved. */
export function readViews(database: SqlDatabase): SavedView[] {
  const rows = database.rows(
    `SELECT id, name, page, state, saved_at_ms FROM views WHERE ${isViewThere}
     ORDER BY name, saved_at_ms, id`,
  );
  return Array.from(rows, ([id, name, page, state, savedAtMs]) => ({
    // SAFETY: `writeView` writes nothing else.
    id: toText(id) as ViewId,
    name: toText(name),
    page: toText(page) as ViewPage,
    state: toText(state),
    savedAtMs: Number(savedAtMs),
  }));
}
