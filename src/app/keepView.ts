import { randomUUID } from 'node:crypto';
import type { SavedView, ViewId } from '../core/view/savedView';
import { freeViewName, isSameViewName, type SharedView } from '../core/view/viewFile';
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

/**
 * Keeps a view that comes from elsewhere, under a name that no other of its page has: what the user saved
 * stays. One that is there already just so is not kept twice.
 */
export async function importView(
  services: ViewServices,
  view: SharedView,
  now: () => number,
): Promise<SavedView> {
  const { cache } = services;
  await cache.ready;
  const views = cache.views(view.page);
  const same = views.find(
    ({ name, state }) => isSameViewName(name, view.name) && state === view.state,
  );
  if (same !== undefined) return same;
  const names = views.map(({ name }) => name);
  return keepView(services, { ...view, name: freeViewName(view.name, names) }, now);
}
