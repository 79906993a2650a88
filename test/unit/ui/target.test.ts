import { expect, test } from 'vitest';
import type { Checkpoint } from '../../../src/core/checkpoint/checkpoint';
import type { CheckpointId, Run, RunId } from '../../../src/core/run/run';
import {
  findDeletedToo,
  readTargets,
  type Target,
  type TargetFinder,
} from '../../../src/ui/target';
import { makeRun } from '../run/runs';
import { taken } from '../store/sampleChanges';

const [one, two] = ['r1', 'r2'].map((id) => makeRun({ id: id as RunId, name: 'fresh' })) as [
  Run,
  Run,
];
const checkpoint: Checkpoint = { ...taken('c1').checkpoint, tags: {}, starred: true };
const node = (run: Run): Target => ({ kind: 'run', run });

const find: TargetFinder = {
  run: (id) => [one, two].find((run) => run.id === id),
  checkpoint: (id) => (checkpoint.id === id ? checkpoint : undefined),
  selected: (viewId) => (viewId === 'epochlog.runs' ? [node(one), node(two)] : []),
};
const idsOf = (...args: readonly unknown[]) =>
  readTargets(args, find).map((target) =>
    target.kind === 'run' ? target.run.id : target.checkpoint.id,
  );

test.each<[string, readonly unknown[], readonly string[]]>([
  ['nothing, as from the palette', [], []],
  ['a node of the tree', [node(one)], ['r1']],
  ['a node and the selection that it is in', [node(one), [node(one), node(two)]], ['r1', 'r2']],
  ['a node with an empty selection', [node(two), []], ['r2']],
  ['an id, as from a tooltip', ['r1'], ['r1']],
  ['ids, as from a page or a lens', [['r2', 'c1']], ['r2', 'c1']],
  ['an id that is gone', [['r2', 'gone']], ['r2']],
  ['a view, as from a key', [{ view: 'epochlog.runs' }], ['r1', 'r2']],
  ['a view with nothing selected', [{ view: 'epochlog.notebooks' }], []],
  ['a node that is no target', [{ kind: 'experiment', name: 'x', runs: [one] }], []],
  ['a node inside a run', [{ kind: 'metric', run: one, metric: {} }], []],
  ['what is none of these', [undefined, 7, null, {}], []],
])('%s', (_name, args, ids) => {
  expect(idsOf(...args)).toEqual(ids);
});

test.each<[string, readonly unknown[]]>([
  ['an id', ['gone']],
  ['ids', [['gone', 'too']]],
])('%s of what is deleted is not taken for a command without any', (_name, args) => {
  expect(() => readTargets(args, find)).toThrow('can be restored');
});

test('a node older than the record gives what the record holds now', () => {
  const old = node(makeRun({ id: 'r1' as RunId, name: 'stale' }));
  expect(readTargets([old], find)).toEqual([{ kind: 'run', run: one }]);
  const oldCheckpoint: Target = {
    kind: 'checkpoint',
    checkpoint: { ...checkpoint, starred: false },
  };
  expect(readTargets([oldCheckpoint], find)).toEqual([{ kind: 'checkpoint', checkpoint }]);
});

test('of what is named only that is read which the record does not show', async () => {
  const gone = makeRun({ id: 'gone' as RunId, deletedAtMs: 1 });
  const lost: Checkpoint = { ...checkpoint, id: 'lost' as CheckpointId, deletedAtMs: 1 };
  const asked: (readonly string[])[] = [];
  const reader = {
    readDeleted: async (ids: readonly string[]) => {
      asked.push(ids);
      return { runs: [gone], checkpoints: [lost] };
    },
  };
  for (const args of [
    [['r1', 'c1']],
    [node(one), [node(one), node(two)]],
    [],
    [{ view: 'epochlog.runs' }],
  ]) {
    expect(await findDeletedToo(args, find, reader)).toBe(find);
  }
  expect(asked).toEqual([]);
  const named = [['r1', 'gone', 'lost']];
  expect(readTargets(named, await findDeletedToo(named, find, reader))).toEqual([
    node(one),
    node(gone),
    { kind: 'checkpoint', checkpoint: lost },
  ]);
  const stale = [node(makeRun({ id: 'gone' as RunId }))];
  expect(readTargets(stale, await findDeletedToo(stale, find, reader))).toEqual([node(gone)]);
  expect(asked).toEqual([['gone', 'lost'], ['gone']]);
});

test('a node whose record is gone stays what it was', () => {
  const gone = node(makeRun({ id: 'gone' as RunId }));
  expect(readTargets([gone], find)).toEqual([gone]);
  const lost = { ...checkpoint, id: 'lost' as CheckpointId };
  expect(readTargets([{ kind: 'checkpoint', checkpoint: lost }], find)).toEqual([
    { kind: 'checkpoint', checkpoint: lost },
  ]);
});
