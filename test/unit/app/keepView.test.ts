import { expect, test } from 'vitest';
import { importView, keepView } from '../../../src/app/keepView';
import type { SavedView } from '../../../src/core/view/savedView';
import type { SharedView } from '../../../src/core/view/viewFile';

function createViews() {
  const kept = new Map<string, SavedView>();
  const services = {
    cache: {
      ready: Promise.resolve(),
      views: (page: string) => [...kept.values()].filter((view) => view.page === page),
    },
    editor: {
      saveView: async (view: SavedView) => {
        kept.set(view.id, view);
      },
      deleteView: async () => undefined,
    },
  };
  const shown = () => [...kept.values()].map(({ name, state }) => `${name} ${state}`);
  return { services, shown };
}

const view = (name: string, state: string): SharedView => ({ name, page: 'runTable', state });
const now = () => 5;

test('a view from a file replaces none of that name, and is not kept twice', async () => {
  const { services, shown } = createViews();
  await keepView(services, view('best', '{"own":1}'), now);
  await importView(services, view('Best', '{"other":1}'), now);
  expect(shown()).toEqual(['best {"own":1}', 'Best (2) {"other":1}']);
  await importView(services, view('best', '{"own":1}'), now);
  await importView(services, view('best', '{"third":1}'), now);
  expect(shown().slice(2)).toEqual(['best (3) {"third":1}']);
  const { name } = await importView(services, { ...view('best', '{}'), page: 'charts' }, now);
  expect(name).toBe('best');
});

test('a free name is no longer than a name may be', async () => {
  const { services } = createViews();
  const long = 'x'.repeat(100);
  await keepView(services, view(long, '{"own":1}'), now);
  const { name } = await importView(services, view(long, '{}'), now);
  expect(name).toBe(`${'x'.repeat(96)} (2)`);
});

test('to save under a name that is there replaces that view', async () => {
  const { services, shown } = createViews();
  await keepView(services, view('best', '{"a":1}'), now);
  await keepView(services, view('BEST', '{"b":1}'), now);
  expect(shown()).toEqual(['BEST {"b":1}']);
});
