import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataOf, modelsOf } from '../../../src/core/leaderboard/dataSet';
import {
  createLeaderboard,
  type LeaderboardEntry,
  type LeaderboardOptions,
} from '../../../src/core/leaderboard/leaderboard';
import { maxBoardRows, showBoard } from '../../../src/core/leaderboard/shownBoard';
import { createUncounted, isUncounted } from '../../../src/core/leaderboard/uncountedParams';
import type { BlobHash, Param, Run, RunFile, RunId, RunStatus } from '../../../src/core/run/run';
import type { Steps } from '../../../src/core/steps';
import { runSteps } from '../core/runSteps';
import { measureCpuMs } from '../notebook/cpuTime';
import { makeRun } from '../run/runs';

const options: LeaderboardOptions = {
  ...{ goal: { direction: 'higher' }, withUnknownData: false, isByCode: false, isUncounted },
};
const param = (key: string, value: string): Param => ({ key, value, origin: 'argv' });
const data = (key: string) => ({ kind: 'known' as const, key, names: [`${key}.csv`] });

function entry(
  id: string,
  value: number | undefined,
  more: Partial<Omit<LeaderboardEntry, 'run'>> & { readonly run?: Partial<Run> } = {},
): LeaderboardEntry {
  return {
    ...{ data: data('d'), models: '', hasParts: false, value },
    ...more,
    run: makeRun({ id: id as RunId, ...more.run }),
  };
}

function boardOf(entries: readonly LeaderboardEntry[], more: Partial<LeaderboardOptions> = {}) {
  const builder = createLeaderboard({ ...options, ...more });
  for (const each of entries) builder.add(each);
  return runSteps(builder.finish());
}

function countSteps<T>(work: Steps<T>): { readonly value: T; readonly steps: number } {
  for (let steps = 0; ; steps += 1) {
    const step = work.next();
    if (step.done) return { value: step.value, steps };
  }
}

const shape = (board: ReturnType<typeof boardOf>) =>
  board.groups.map(({ rank, entries }) => `${rank}: ${entries.map(({ run }) => run.id).join(' ')}`);

describe('grouping', () => {
  const withParams = (id: string, value: number, ...params: Param[]) =>
    entry(id, value, { run: { params } });

  it('takes runs that differ in seeds for one configuration', () => {
    const board = boardOf([
      withParams('a', 0.9, param('lr', '0.1'), param('seed', '1')),
      withParams('b', 0.8, param('seed', '2'), param('lr', '0.1')),
      withParams('c', 0.7, param('lr', '0.2'), param('seed', '1')),
    ]);
    expect(shape(board)).toEqual(['1: a b', '2: c']);
    expect(board.groups[0]?.mean).toBeCloseTo(0.85);
    expect(board.groups[0]?.deviation).toBeCloseTo(0.0707, 4);
  });

  it('asks the user before the names', () => {
    const entries = [
      withParams('a', 0.9, param('seed', '1'), param('shard', '1')),
      withParams('b', 0.8, param('seed', '1'), param('shard', '2')),
      withParams('c', 0.7, param('seed', '2'), param('shard', '1')),
    ];
    const by = (uncounted: string[], counted: string[]) =>
      shape(boardOf(entries, { isUncounted: createUncounted({ uncounted, counted }) }));
    expect(by([], [])).toEqual(['1: a c', '1: b']);
    expect(by(['shard'], [])).toEqual(['1: a b c']);
    expect(by(['shard'], ['seed'])).toEqual(['1: a b', '2: c']);
  });

  it('tells scripts, models to begin from and, if asked for, code apart', () => {
    const source = (script: string) => ({
      ...{ kind: 'terminal' as const, commandLine: 'python x', script },
    });
    const code = (script: string) => ({ codeState: { script: script as BlobHash } });
    const entries = [
      entry('a', 4, { run: { source: source('a.py'), ...code('1') } }),
      entry('b', 3, { run: { source: source('b.py'), ...code('1') } }),
      entry('c', 2, { models: 'weights', run: { source: source('a.py'), ...code('1') } }),
      entry('d', 1, { run: { source: source('a.py'), ...code('2') } }),
    ];
    expect(shape(boardOf(entries))).toEqual(['1: b', '2: a d', '3: c']);
    expect(shape(boardOf(entries, { isByCode: true }))).toEqual(['1: a', '2: b', '3: c', '4: d']);
  });

  it('gives a part the params of its whole', () => {
    const whole = makeRun({ params: [param('lr', '0.1')] });
    const fold = (id: string, value: number, lr?: string) =>
      entry(id, value, {
        whole,
        run: { params: [param('fold', id), ...(lr ? [param('lr', lr)] : [])] },
      });
    expect(shape(boardOf([fold('a', 3), fold('b', 1), fold('c', 2.5, '0.2')]))).toEqual([
      '1: c',
      '2: a b',
    ]);
  });

  it.each([
    'seed',
    'random_state',
    'train.seed',
    'randomSeed',
    'rng_seed',
    'fold',
    'output_dir',
    'run_name',
  ])('does not count %s', (key) => expect(isUncounted(key)).toBe(true));

  it.each([
    'lr',
    'seeded',
    'hidden',
    'data_dir',
    'model_name',
    'out_features',
    'folder',
    'optimizer.name',
    'k_fold',
    'num_seeds',
    'dataset_repeat',
  ])('counts %s', (key) => expect(isUncounted(key)).toBe(false));
});

describe('what is ranked', () => {
  it('is of the data that most runs read, or the chosen; the others are said', () => {
    const entries = [
      entry('a', 1),
      entry('b', 2),
      entry('c', 9, { data: data('other') }),
      entry('d', 8, { data: { kind: 'none' } }),
      entry('e', 7, { data: { kind: 'unhashed', names: ['big.bin'] } }),
    ];
    const board = boardOf(entries);
    expect(shape(board)).toEqual(['1: b a']);
    expect([...board.leftOut]).toEqual([
      ['otherData', ['c']],
      ['noData', ['d']],
      ['dataNotRead', ['e']],
    ]);
    expect(board.dataSets.map(({ key, runCount }) => [key, runCount])).toEqual([
      ['d', 2],
      ['other', 1],
    ]);
    expect(shape(boardOf(entries, { dataKey: 'other' }))).toEqual(['1: c']);
    const all = boardOf(entries, { withUnknownData: true });
    // Never averaged with runs whose data is known.
    expect(shape(all)).toEqual(['1: d e', '2: b a']);
    expect(all.unknownDataCount).toBe(2);
  });

  it('leaves out what has no result, each with its reason', () => {
    const state = (status: RunStatus) => entry(status, 5, { run: { status } });
    const board = boardOf([
      ...[state('running'), state('failed'), state('killed'), state('interrupted')],
      entry('missing', undefined),
      entry('whole', undefined, { hasParts: true }),
      entry('nan', Number.NaN),
      entry('infinite', Number.POSITIVE_INFINITY),
      entry('good', 1),
    ]);
    expect(shape(board)).toEqual(['1: good']);
    expect(Object.fromEntries(board.leftOut)).toEqual({
      ...{ running: ['running'], failed: ['failed'], killed: ['killed'] },
      ...{ interrupted: ['interrupted'], metricMissing: ['missing'], hasParts: ['whole'] },
      notANumber: ['nan', 'infinite'],
    });
  });

  it('is each run once: ranked or left out, as a naive look says', () => {
    const one = fc.record({
      status: fc.constantFrom<RunStatus>('finished', 'finished', 'finished', 'failed', 'running'),
      value: fc.option(fc.constantFrom(1, 2, 3, Number.NaN), { nil: undefined }),
      data: fc.constantFrom<LeaderboardEntry['data']>(
        ...[data('x'), data('x'), data('y'), { kind: 'none' as const }],
      ),
      lr: fc.constantFrom('1', '2'),
      seed: fc.constantFrom('1', '2', '3'),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 30 }), fc.boolean(), (some, withUnknownData) => {
        const entries = some.map(({ status, value, lr, seed, ...each }, at) =>
          entry(String(at), value, {
            data: each.data,
            run: { status, params: [param('lr', lr), param('seed', seed)] },
          }),
        );
        const board = boardOf(entries, { withUnknownData });
        const ranked = board.groups.flatMap((group) => group.entries.map(({ run }) => run.id));
        const left = [...board.leftOut.values()].flat();
        expect([...ranked, ...left].sort()).toEqual(entries.map(({ run }) => run.id).sort());

        const able = some
          .map((each, at) => ({ ...each, id: String(at) }))
          .filter(({ status, value }) => status === 'finished' && Number.isFinite(value));
        const count = (key: string) =>
          able.filter((each) => each.data.kind === 'known' && each.data.key === key).length;
        const chosen = count('x') >= count('y') ? 'x' : 'y';
        const expected = able.filter((each) =>
          each.data.kind === 'known' ? each.data.key === chosen : withUnknownData,
        );
        expect(ranked.toSorted()).toEqual(expected.map(({ id }) => id).sort());
        const groups = new Set(expected.map((each) => `${each.data.kind} ${each.lr}`));
        expect(board.groups).toHaveLength(groups.size);
      }),
      { numRuns: 300 },
    );
  });

  it('ranks 10,000 runs within a tenth of a second', () => {
    const entries = Array.from({ length: 10_000 }, (_, at) =>
      entry(String(at), (at * 7919) % 1000, {
        run: {
          params: Array.from({ length: 20 }, (_each, of) =>
            param(of === 0 ? 'seed' : `param_${of}`, String((at * of) % 5)),
          ),
        },
      }),
    );
    boardOf(entries);
    const times = Array.from({ length: 3 }, () => measureCpuMs(() => void boardOf(entries)));
    // Takes 80 ms; what collects garbage beside it counts too.
    expect(Math.min(...times)).toBeLessThan(200);
  });

  it('is finished and shown in steps, none of which is of more than one group', () => {
    const some = Array.from({ length: 400 }, (_, at) =>
      entry(`r${at}`, at % 7, { run: { params: [param('lr', String(at))] } }),
    );
    const builder = createLeaderboard(options);
    for (const each of some) builder.add(each);
    const finished = countSteps(builder.finish());
    // Put into groups, their values taken, spread, ranked and put in order.
    expect(finished.steps).toBeGreaterThan(5 * some.length);
    const shown = countSteps(
      showBoard(finished.value, {
        ...{ isUncounted, nowMs: 0, runOf: () => undefined },
        prices: { perHour: 1, perHardware: [], currency: '$' },
      }),
    );
    expect(shown.value.rows).toHaveLength(maxBoardRows);
    expect(shown.steps).toBe(2 * maxBoardRows);
  });
});

describe('the data of a run', () => {
  const file = (path: string, hash: string | undefined, more: Partial<RunFile> = {}): RunFile => ({
    ...{ role: 'input', path, type: 'data', sizeBytes: 1, modifiedAtMs: 0, isKept: false },
    ...(hash === undefined ? {} : { hash: hash as BlobHash }),
    ...more,
  });

  it('is told by content, not by names or order', () => {
    const key = (...files: RunFile[]) => {
      const known = dataOf(files);
      return known.kind === 'known' ? known.key : known.kind;
    };
    expect(key(file('a', '1'), file('b', '2'))).toBe(key(file('y', '2'), file('x', '1')));
    expect(key(file('a', '1'))).not.toBe(key(file('a', '2')));
    expect(key(file('a', '1'), file('b', undefined))).toBe('unhashed');
    expect(key(file('out', '1', { role: 'output' }))).toBe('none');
    expect(key(file('a', '1'), file('w.pt', '2', { type: 'model' }))).toBe(key(file('a', '1')));
    expect(modelsOf([file('a', '1'), file('w.pt', '2', { type: 'model' })])).toBe('2');
  });
});
