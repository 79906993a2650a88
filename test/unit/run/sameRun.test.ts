import { describe, expect, it, test } from 'vitest';
import { describeSame } from '../../../src/core/present/describeSame';
import type { BlobHash, Param, Run, RunFile, RunId } from '../../../src/core/run/run';
import { beganAlike, earlierAlike, readTheSame } from '../../../src/core/run/sameRun';
import { makeMetric, makeRun } from './runs';

const hash = (text: string) => text.repeat(64) as BlobHash;
const param = (key: string, value: string, origin: Param['origin'] = 'argv'): Param => ({
  ...{ key, value, origin },
});
const codeState = { commit: 'c1', dirty: true, diff: hash('d'), script: hash('a') };
const source = (commandLine: string): Run['source'] => ({
  ...{ kind: 'terminal', commandLine, script: 'train.py' },
});
const run = makeRun({
  codeState,
  source: source('python train.py data --lr 0.1 -v'),
  params: [param('lr', '0.1'), param('size', '8', 'default')],
});

describe('a run that began alike', () => {
  it.each<[string, Partial<Run>]>([
    [
      'runs the same in any other way',
      {
        source: {
          ...source('python -u train.py -v data --lr=0.1'),
          kind: 'launch',
        } as Run['source'],
      },
    ],
    ['printed something since', { params: [...run.params, param('seed', '3', 'printed')] }],
    [
      'printed what its default was',
      { params: [param('lr', '0.1'), param('size', '8', 'printed')] },
    ],
  ])('%s', (_, other) => {
    expect(beganAlike(run, { ...run, ...other })).toBe(true);
    expect(beganAlike({ ...run, ...other }, run)).toBe(true);
  });

  it.each<[string, Partial<Run>]>([
    ['another script', { source: { ...run.source, script: 'other.py' } as Run['source'] }],
    ['another commit', { codeState: { ...codeState, commit: 'c2' } }],
    ['another uncommitted change', { codeState: { ...codeState, diff: hash('e') } }],
    ['another script text', { codeState: { ...codeState, script: hash('b') } }],
    ['a script that was not kept', { codeState: { commit: 'c1' } }],
    ['another param', { params: [param('lr', '0.2'), param('size', '8', 'default')] }],
    ['another default', { params: [param('lr', '0.1'), param('size', '9', 'default')] }],
    ['a param more', { params: [...run.params, param('extra', '1', 'config')] }],
    ['another word', { source: source('python train.py data2 --lr 0.1 -v') }],
  ])('is not one with %s', (_, other) => {
    const another = { ...run, ...other };
    expect(beganAlike(run, another)).toBe(false);
    expect(beganAlike(another, run)).toBe(false);
  });

  test('is none of a notebook', () => {
    const cell = makeRun({
      codeState,
      source: { kind: 'notebook', notebook: 'a.ipynb', cellIndex: 0, cellSource: 'fit()' },
    });
    expect(beganAlike(cell, cell)).toBe(false);
  });

  test('is looked for among those that finished before, newest first', () => {
    const at = (id: string, startedAtMs: number, more: Partial<Run> = {}) => ({
      ...run,
      id: id as RunId,
      startedAtMs,
      ...more,
    });
    const all = [
      at('later', 90),
      at('this', 50),
      at('failed', 40, { status: 'failed' }),
      at('new', 30),
      at('other', 25, { params: [] }),
      at('old', 20),
      at('older', 10),
    ];
    expect(earlierAlike(at('this', 50), all, 2).map(({ id }) => id)).toEqual(['new', 'old']);
  });
});

describe('the files', () => {
  const file = (path: string, more: Partial<RunFile> = {}): RunFile => ({
    ...{ role: 'input', path, type: 'data', sizeBytes: 1, modifiedAtMs: 2, isKept: false },
    hash: hash('f'),
    ...more,
  });
  test('are the same by their content, whatever was written', () => {
    const one = [file('a.csv'), file('conf.yaml', { role: 'config' })];
    const out = file('model.pt', { role: 'output', hash: hash('0') });
    expect(
      readTheSame(
        [...one, out],
        [file('conf.yaml', { role: 'config' }), file('a.csv', { modifiedAtMs: 9 })],
      ),
    ).toBe(true);
    expect(
      readTheSame(one, [file('a.csv'), file('conf.yaml', { role: 'config', hash: hash('9') })]),
    ).toBe(false);
    expect(readTheSame(one, [file('a.csv')])).toBe(false);
    expect(readTheSame([file('a.csv')], one)).toBe(false);
    const { hash: _, ...unread } = file('big.bin');
    expect(readTheSame([unread], [unread])).toBe(true);
    expect(readTheSame([unread], [{ ...unread, modifiedAtMs: 3 }])).toBe(false);
  });
});

test('it is said when and with what result', () => {
  const earlier = makeRun({ startedAtMs: 0, metrics: [makeMetric('val_acc', 0.93)] });
  expect(describeSame(earlier, 2 * 3_600_000)).toBe('same as 2 h ago (val_acc 0.93)');
  expect(describeSame(makeRun(), 1000)).toBe('same as just now');
});
