import { randomUUID } from 'node:crypto';
import type { SavedView, ViewId } from '../core/view/savedView';
import { isSameViewName, type SharedView } from '../core/view/viewFile';
import type { RecordCache } from './recordCache';
import type { RecordEditor } from './recordEditor';

/** What saving views stands on. */
export interface ViewServices {
  readonly cache: Pick<RecordCache, 'ready' | 'views'>;
  readonly editor: Pick<RecordEditor, 'saveView' | 'deleteView'>;
}

/** Saves a view, in the place of the one of the same page and name if there is one. */
export async function keepView(
  { cache, editor }: ViewServices,
  view: SharedView,
  now: () => number,
): Promise<SavedView> {
  await cache.ready;
  const same = cache.views(view.page).find(({ name }) => isSameViewName(name, view.name));
  // SAFETY: the only place where ids of views are made.
  const id = same?.id ?? (randomUUID() as ViewId);
  const kept: SavedView = { ...view, id, savedAtMs: now() };
  await editor.saveView(kept);
  return kept;
}
