import { expect, test } from 'vitest';
import { createDefaultViews } from '../../../src/app/defaultViews';
import type { SavedView, ViewId, ViewPage } from '../../../src/core/view/savedView';

// SAFETY: any text is as good an id as another.
const [slow, fast] = ['slow', 'fast'] as [ViewId, ViewId];

function createViews(...views: readonly SavedView[]) {
  const kept = new Map<string, unknown>();
  const memory = {
    // SAFETY: as VS Code's: what was kept is given back unchecked.
    get: <T>(key: string) => kept.get(key) as T | undefined,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  let shown = views;
  let toldRead: () => void = () => undefined;
  const cache = {
    viewsRead: new Promise<void>((resolve) => (toldRead = resolve)),
    views: (page: ViewPage) => shown.filter((view) => view.page === page),
  };
  return {
    toldRead: () => toldRead(),
    show: (next: readonly SavedView[]) => {
      shown = next;
    },
    open: () => createDefaultViews(memory, cache),
  };
}

const viewOf = (id: ViewId, page: ViewPage): SavedView => ({
  ...{ id, page, name: id, state: JSON.stringify({ search: id }), savedAtMs: 0 },
});

test('a page opens with the view that was chosen, in the next window too, until it is undone', async () => {
  const views = createViews(viewOf(slow, 'runTable'), viewOf(fast, 'charts'));
  views.toldRead();
  const defaults = views.open();
  expect(defaults.find('runTable')).toBeUndefined();
  await defaults.set('runTable', slow);
  expect(defaults.find('runTable')?.id).toBe(slow);
  expect(defaults.find('charts')).toBeUndefined();
  expect(await views.open().readState('runTable')).toEqual({ search: 'slow' });
  await defaults.set('runTable', undefined);
  expect(await views.open().readState('runTable')).toBeUndefined();
});

test('one that is deleted is none, and comes back with its undo', async () => {
  const all = [viewOf(slow, 'runTable')];
  const views = createViews(...all);
  views.toldRead();
  const defaults = views.open();
  await defaults.set('runTable', slow);
  views.show([]);
  expect(await defaults.readState('runTable')).toBeUndefined();
  views.show(all);
  expect(await defaults.readState('runTable')).toEqual({ search: 'slow' });
});

test('who opens a page before the views are read waits for them alone', async () => {
  const views = createViews();
  const defaults = views.open();
  await defaults.set('runTable', slow);
  const state = defaults.readState('runTable');
  views.show([viewOf(slow, 'runTable')]);
  views.toldRead();
  expect(await state).toEqual({ search: 'slow' });
});
