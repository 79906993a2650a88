import type { SavedView, ViewId, ViewPage } from '../core/view/savedView';
import type { Memory } from './keptValue';
import type { RecordCache } from './recordCache';

/** The views that pages open with, kept for the workspace. */
export interface DefaultViews {
  /** Undefined where none was chosen, or the chosen one has been deleted. */
  find(page: ViewPage): SavedView | undefined;
  /** What the view of `find` holds, unread, once the views are known. */
  readState(page: ViewPage): Promise<unknown>;
  set(page: ViewPage, viewId: ViewId | undefined): Promise<void>;
}

const keyOf = (page: ViewPage) => `defaultView.${page}`;

export function createDefaultViews(
  memory: Memory,
  cache: Pick<RecordCache, 'viewsRead' | 'views'>,
): DefaultViews {
  const find = (page: ViewPage) => {
    const chosen = memory.get<unknown>(keyOf(page));
    return cache.views(page).find(({ id }) => id === chosen);
  };
  return {
    find,
    async readState(page) {
      await cache.viewsRead;
      const view = find(page);
      return view === undefined ? undefined : JSON.parse(view.state);
    },
    async set(page, viewId) {
      await memory.update(keyOf(page), viewId);
    },
  };
}
