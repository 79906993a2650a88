import { expect, test } from 'vitest';
import manifest from '../../../package.json';
import type { BlobHash, RunFile, RunId } from '../../../src/core/run/run';
import {
  experimentNodes,
  type RunNode,
  runChildren,
  runContext,
  runNodeId,
  systemMetrics,
} from '../../../src/ui/runNodes';
import { makeMetric, makeRun } from '../run/runs';

/** A tree as text: what kind each node is, and what tells it from the others. */
function draw(nodes: readonly RunNode[]): string {
  return nodes
    .map((node) => {
      if (node.kind === 'experiment') return `${node.name}: ${node.runs.map(({ id }) => id)}`;
      return node.kind === 'metric' || node.kind === 'live'
        ? `${node.kind} ${node.metric.key}`
        : node.kind;
    })
    .join('\n');
}

test('experiments come in the order of their newest run, and hold theirs in order', () => {
  const run = (id: string, experiment: string) => makeRun({ id: id as RunId, experiment });
  const runs = [run('r4', 'b.py'), run('r3', 'a.py'), run('r2', 'b.py'), run('r1', 'c.py')];
  expect(draw(experimentNodes(runs))).toBe('b.py: r4,r2\na.py: r3\nc.py: r1');
  expect(experimentNodes([])).toEqual([]);
});

test('a run shows its main metric first, the others by name, then what else is known', () => {
  const run = makeRun({
    metrics: ['loss', 'val_acc', 'acc'].map((key) => makeMetric(key, 1)),
    params: [{ key: 'lr', value: '1', origin: 'argv' }],
    note: 'good',
    codeState: { commit: 'abc', diff: 'd' as BlobHash },
    logBytes: 10,
  });
  expect(draw(runChildren(run, [{ key: 'loss', value: 0.5 }], []))).toBe(
    [
      'metric val_acc',
      'metric acc',
      'metric loss',
      'live loss',
      'params',
      'note',
      'code',
      'log',
    ].join('\n'),
  );
});

test('the menus know by the context of a run what can be done with it', () => {
  const { menus } = manifest.contributes;
  const offered = (context: string) =>
    menus['view/item/context'].flatMap(({ command, when }) => {
      const [, pattern] = /viewItem =~ \/(.+?)\/(?=[ )]|$)/.exec(when) ?? [];
      const [, word] = /viewItem == (run\S*)/.exec(when) ?? [];
      const isOffered =
        pattern === undefined ? word === context : new RegExp(pattern).test(context);
      return isOffered && !when.includes('listMultiSelection') ? command.slice(9) : [];
    });
  const plain = offered(runContext(makeRun({ status: 'finished' })));
  expect(plain).toContain('archiveRuns');
  expect(plain).not.toContain('unarchiveRuns');
  expect(plain).not.toContain('restoreRuns');
  const archived = offered(runContext(makeRun({ status: 'finished', archivedAtMs: 1 })));
  expect(archived).toContain('unarchiveRuns');
  expect(archived).not.toContain('archiveRuns');
  expect(archived).toContain('openRun');
  const deleted = offered(runContext(makeRun({ deletedAtMs: 1, archivedAtMs: 1 })));
  expect(new Set(deleted)).toEqual(new Set(['restoreRuns', 'deleteForGood']));
  const running = offered(runContext(makeRun({ status: 'running' })));
  expect(running).toContain('stopRun');
  expect(running).toContain('archiveRuns');
});

test('what a run ran on and used stands behind its code, and not among its metrics', () => {
  const run = makeRun({
    metrics: ['system/memory_mb', 'loss', 'system/cpu_percent'].map((key) => makeMetric(key, 1)),
    codeState: {},
    environment: { os: 'Linux' },
    logBytes: 1,
  });
  expect(draw(runChildren(run, [], []))).toBe('metric loss\ncode\nenvironment\nlog');
  expect(systemMetrics(run).map(({ key }) => key)).toEqual([
    'system/cpu_percent',
    'system/memory_mb',
  ]);
});

test('parts stand below their run, which keeps its place; one whose run is gone stands for itself', () => {
  const whole = makeRun({ id: 'whole' as RunId });
  const part = makeRun({ id: 'part' as RunId, parentId: whole.id });
  const orphan = makeRun({ id: 'orphan' as RunId, parentId: 'gone' as RunId });
  expect(draw(experimentNodes([part, orphan, whole]))).toBe('train.py: orphan,whole');
  const [first] = runChildren(whole, [], [], undefined, [part]);
  expect(first).toMatchObject({ kind: 'run', run: { id: 'part' } });
});

test('a run of which nothing is known shows nothing', () => {
  expect(runChildren(makeRun(), [], [])).toEqual([]);
});

test('every node has an id of its own, the same for the same thing', () => {
  const make = () => {
    const run = makeRun({
      metrics: [makeMetric('loss', 1), makeMetric('val/loss', 1)],
      params: [{ key: 'loss', value: '1', origin: 'argv' }],
      note: '',
      codeState: {},
      logBytes: 1,
    });
    const live = [
      { key: 'loss', value: 1 },
      { key: 'loss', value: 1, context: 'val' },
    ];
    return [
      ...experimentNodes([run]),
      { kind: 'run', run } as const,
      ...runChildren(run, live, []),
      ...run.params.map((param) => ({ kind: 'param', run, param }) as const),
    ].map(runNodeId);
  };
  const ids = make();
  expect(new Set(ids).size).toBe(ids.length);
  expect(make()).toEqual(ids);
});

test('files stand behind one node, what was written first, each with an id of its own', () => {
  const file = (role: RunFile['role'], path: string): RunFile => ({
    ...{ role, path, type: 'other', sizeBytes: 1, modifiedAtMs: 1, isKept: false },
  });
  const files = [file('config', 'c.yaml'), file('input', 'a.csv'), file('output', 'a.csv')];
  const run = makeRun();
  const [node] = runChildren(run, [], files);
  if (node?.kind !== 'files') throw new Error('no files');
  expect(node.files.map(({ role }) => role)).toEqual(['output', 'input', 'config']);
  const ids = node.files.map((each) => runNodeId({ kind: 'file', run, file: each }));
  expect(new Set(ids).size).toBe(3);
});
