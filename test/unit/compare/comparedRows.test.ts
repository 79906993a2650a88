import { describe, expect, it } from 'vitest';
import { commandSpans } from '../../../src/core/compare/commandRow';
import type { ComparedRow } from '../../../src/core/compare/comparedRow';
import { aboutRows, hardwareRows, softwareRows } from '../../../src/core/compare/comparedRows';
import { fileRows } from '../../../src/core/compare/fileRows';
import { metricRows } from '../../../src/core/compare/metricRows';
import { paramRatio, paramRows } from '../../../src/core/compare/paramRows';
import type { BlobHash, Run, RunFile } from '../../../src/core/run/run';
import { makeMetric, makeRun } from '../run/runs';

const row = (rows: readonly ComparedRow[], label: string) =>
  rows.find((each) => each.label === label);
const texts = (rows: readonly ComparedRow[]) =>
  rows.map(({ label, cells, differs }) => [label, differs, ...cells.map(({ text }) => text)]);
const withMetric = (key: string, last: number, fields = {}) =>
  makeRun({ metrics: [makeMetric(key, last, fields)] });

describe('metricRows', () => {
  it('judges a delta by the direction of the metric, in sign, arrow and word', () => {
    const delta = (key: string, from: number, to: number) =>
      metricRows([withMetric(key, from), withMetric(key, to)], 'last')[0]?.cells[1]?.delta;
    expect(delta('loss', 0.5, 0.25)).toEqual({ text: '−0.25', arrow: '▼', verdict: 'better' });
    expect(delta('val_acc', 0.9, 0.8)).toEqual({ text: '−0.1', arrow: '▼', verdict: 'worse' });
    expect(delta('temperature', 1, 2)).toEqual({ text: '+1', arrow: '▲' });
    expect(delta('loss', 0.5, Number.NaN)).toBeUndefined();
  });

  it('compares by any figure, and by none where a run has no such metric', () => {
    const [base, other] = [
      withMetric('val_acc', 0.9, { best: 0.95, max: 0.95 }),
      withMetric('val_acc', 0.8, { best: 0.97, max: 0.97 }),
    ];
    const verdict = (figure: 'last' | 'best') =>
      metricRows([base, other], figure)[0]?.cells[1]?.delta?.verdict;
    expect([verdict('last'), verdict('best')]).toEqual(['worse', 'better']);
    const rows = metricRows([base, makeRun()], 'last');
    expect(rows[0]?.cells[1]).toEqual({ text: '', change: 'removed' });
    expect(rows[0]?.differs).toBe(true);
  });

  it('takes figures that only the points have, as they are read', () => {
    const runs = [withMetric('loss', 1), withMetric('loss', 2), makeRun()];
    const rows = metricRows(runs, 'mean', new Map([['loss', [0.5, 0.25, Number.NaN]]]));
    expect(rows[0]?.cells.map(({ text, change }) => [text, change])).toEqual([
      ['0.5', 'base'],
      ['0.25', 'changed'],
      ['', 'removed'],
    ]);
    expect(rows[0]?.cells[1]?.delta?.verdict).toBe('better');
    const never = metricRows(runs.slice(0, 2), 'at', new Map([['loss', [0.5, Number.NaN]]]));
    expect(never[0]?.cells[1]).toEqual({ text: '', change: 'removed' });
    // Until they are there nothing is said to differ.
    expect(metricRows(runs, 'at')[0]?.differs).toBe(false);
  });

  it('puts the main metric first and leaves those of the machine out', () => {
    const run = makeRun({
      metrics: [
        makeMetric('loss', 1),
        makeMetric('system/cpu_percent', 50),
        makeMetric('val_acc', 0.9),
      ],
    });
    expect(metricRows([run, run], 'last').map(({ label }) => label)).toEqual(['val_acc', 'loss']);
    const nan = withMetric('loss', Number.NaN);
    expect(metricRows([nan, nan], 'last')[0]?.differs).toBe(false);
  });
});

describe('paramRows', () => {
  const withParams = (...params: Run['params']) => makeRun({ params });

  it('tells added, removed, changed and the same, with factor and origin', () => {
    const rows = paramRows([
      withParams(
        { key: 'lr', value: '0.1', origin: 'argv' },
        { key: 'epochs', value: '30', origin: 'default' },
        { key: 'momentum', value: '0.9', origin: 'argv' },
      ),
      withParams(
        { key: 'lr', value: '0.01', origin: 'argv' },
        { key: 'epochs', value: '30', origin: 'config' },
        { key: 'warmup', value: '100', origin: 'argv' },
      ),
    ]);
    expect(rows.map(({ label, cells, differs }) => [label, differs, cells[1]?.change])).toEqual([
      ['lr', true, 'changed'],
      ['epochs', false, 'same'],
      ['momentum', true, 'removed'],
      ['warmup', true, 'added'],
    ]);
    expect(row(rows, 'lr')?.cells).toEqual([
      { text: '0.1', detail: 'command line', change: 'base' },
      { text: '0.01', delta: { text: '×0.1' }, change: 'changed' },
    ]);
    expect(row(rows, 'epochs')?.cells[1]?.detail).toBe('configuration file');
  });

  it('gives a factor only where there is one', () => {
    expect(paramRatio('0.1', '0.2')).toBe('×2');
    expect(paramRatio('1e-3', '0.001')).toBeUndefined();
    expect(paramRatio('0', '1')).toBeUndefined();
    expect(paramRatio('-1', '1')).toBeUndefined();
    expect(paramRatio('adam', 'sgd')).toBeUndefined();
  });

  it('takes 100 runs of 500 params quickly', () => {
    const runs = Array.from({ length: 100 }, (_, run) =>
      withParams(
        ...Array.from({ length: 500 }, (_, at) => ({
          key: `param_${at}`,
          value: String(at % 7 === 0 ? run : at),
          origin: 'config' as const,
        })),
      ),
    );
    const started = performance.now();
    const rows = paramRows(runs);
    expect(rows.filter(({ differs }) => differs)).toHaveLength(72);
    // Takes 20 ms; the bound is for a machine that does much else.
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('commandSpans', () => {
  const marked = (base: string, fresh: string) =>
    commandSpans(base, fresh)
      ?.map(({ text, changed }) => (changed ? `[${text}]` : text))
      .join('');

  it('marks the words that are new, as they are typed', () => {
    expect(marked('python train.py --lr 0.1', 'python train.py --lr 0.01 --amp')).toBe(
      'python train.py --lr [0.01] [--amp]',
    );
    expect(marked('python a.py "x  y"', 'python  a.py "x  z"')).toBe('python  a.py ["x  z"]');
  });
});

describe('what the runs ran on', () => {
  const python = (packages: string) => ({
    ...{ executable: '/venv/bin/python', version: '3.11.7' },
    ...{ packages: packages as BlobHash, packageCount: 98 },
  });
  const gpu = { name: 'NVIDIA T4' };
  const withEnvironment = (packages: string, memory: number): Run =>
    makeRun({
      environment: { os: 'Linux 6.1.0 x86_64', python: python(packages), gpus: [gpu, gpu] },
      metrics: [makeMetric('system/memory_mb', 5, { max: memory })],
    });

  it('compares packages by version, also where there are as many', () => {
    const runs = [withEnvironment('a', 900), withEnvironment('b', 950)];
    expect(texts(softwareRows(runs, [{ name: 'torch', versions: ['2.1.0', ''] }]))).toEqual([
      ['Python', false, '3.11.7', '3.11.7'],
      ['Interpreter', false, '/venv/bin/python', '/venv/bin/python'],
      ['System', false, 'Linux 6.1.0 x86_64', 'Linux 6.1.0 x86_64'],
      ['Packages', true, '98', '98'],
      ['torch', true, '2.1.0', ''],
    ]);
  });

  it('calls a peak another only where it is so by a tenth', () => {
    expect(texts(hardwareRows([withEnvironment('a', 900), withEnvironment('a', 950)]))).toEqual([
      ['GPU', false, '2 × NVIDIA T4', '2 × NVIDIA T4'],
      ['system/memory_mb (peak)', false, '900', '950'],
    ]);
    const [, peak] = hardwareRows([withEnvironment('a', 900), withEnvironment('a', 1200)]);
    expect(peak?.differs).toBe(true);
  });

  it('shows when runs began and calls it no difference', () => {
    const rows = aboutRows([makeRun(), makeRun({ startedAtMs: 60_000, endedAtMs: 90_000 })]);
    expect(row(rows, 'Started')?.differs).toBe(false);
    expect(row(rows, 'Duration')?.cells[1]?.text).toBe('30.0 s');
  });
});

describe('fileRows', () => {
  const file = (path: string, hash?: string, sizeBytes = 10): RunFile => ({
    ...{ role: 'input', path, type: 'data', sizeBytes, modifiedAtMs: 0, isKept: false },
    ...(hash === undefined ? {} : { hash: hash as BlobHash }),
  });

  it('tells the same, changed and missing data by hash', () => {
    const rows = fileRows(
      [
        [
          file('a.csv', 'aaaaaaaaaaaa'),
          file('b.csv', 'bbbbbbbbbbbb'),
          file('c.csv', 'cccccccccccc'),
        ],
        [file('a.csv', 'aaaaaaaaaaaa'), file('b.csv', 'dddddddddddd'), file('d.csv')],
      ],
      ({ role }) => role === 'input',
    );
    expect(rows.map(({ label, cells }) => [label, cells[1]?.change])).toEqual([
      ['a.csv', 'same'],
      ['b.csv', 'changed'],
      ['c.csv', 'removed'],
      ['d.csv', 'added'],
    ]);
    expect(row(rows, 'b.csv')?.cells.map(({ text }) => text)).toEqual([
      '10 B · bbbbbbbb',
      '10 B · dddddddd',
    ]);
    expect(row(rows, 'd.csv')?.cells[1]?.text).toBe('10 B · content not read');
  });
});
