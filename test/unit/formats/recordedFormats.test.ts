import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ExtractedMetric, ExtractedParam } from '../../../src/core/extract/extraction';
import { classifyKey } from '../../../src/core/extract/keyFacts';
import { createFormatDecoder, fileFormat } from '../../../src/core/formats/fileFormat';
import type { FormatReading } from '../../../src/core/formats/formatReading';
import { seriesKey } from '../../../src/core/recording/seriesKey';

const root = join(__dirname, '../../fixtures/formats');

interface Truth {
  readonly points: readonly (readonly [key: string, step: number, value: number | 'NaN'])[];
  readonly params?: Readonly<Record<string, string>>;
}

const truthOf = (name: string): Truth =>
  JSON.parse(readFileSync(join(root, name, 'truth.json'), 'utf8')) as Truth;

/** Reads a file of a fixture in pieces of so many bytes. */
function decode(path: string, main: string, pieceBytes = 100_000): FormatReading {
  const format = fileFormat(path);
  if (format === undefined) throw new Error(`${path} has no format`);
  const folder = relative(main, dirname(path))
    .split(sep)
    .filter((part) => part !== '');
  const decoder = createFormatDecoder(format, folder);
  const bytes = readFileSync(path);
  const readings: FormatReading[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    readings.push(decoder.push(bytes.subarray(at, at + pieceBytes)));
  }
  readings.push(decoder.end());
  return {
    metrics: readings.flatMap(({ metrics }) => metrics),
    params: readings.flatMap(({ params }) => params),
    notes: readings.flatMap(({ notes }) => notes),
  };
}

function filesOf(name: string, pattern: RegExp): readonly string[] {
  const folder = join(root, name);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => pattern.test(path) && !path.endsWith('truth.json'))
    .sort();
}

const row = (metric: ExtractedMetric) =>
  [seriesKey(metric), metric.step ?? metric.epoch ?? Number.NaN, metric.value] as const;
const byPlace = (
  a: readonly [string, number, ...unknown[]],
  b: readonly [string, number, ...unknown[]],
) => a[0].localeCompare(b[0]) || a[1] - b[1];
const sorted = <T extends readonly [string, number, ...unknown[]]>(rows: readonly T[]) =>
  [...rows].sort(byPlace);

/** TensorBoard keeps a simple value as float32. */
const asFloat32 = (truth: Truth['points']) =>
  sorted(truth).map(([key, step, value]) => [key, step, Math.fround(Number(value))]);
const exactly = (truth: Truth['points']) => sorted(truth);
const asParams = (params: readonly ExtractedParam[]) =>
  Object.fromEntries(params.map(({ key, value }) => [key, value]));

describe('event files', () => {
  test.each([
    ['tensorboardX', 'runs/exp1'],
    ['torchTensorboard', 'runs/exp1'],
    ['huggingface', 'results/runs'],
  ])('of %s hold what it was told', (name, main) => {
    const { points, params = {} } = truthOf(name);
    const readings = filesOf(name, /tfevents/).map((path) => decode(path, join(root, name, main)));
    const metrics = readings.flatMap((each) => each.metrics);
    const wanted = points.filter(([key]) => name !== 'huggingface' || !isMeasure(key));
    expect(sorted(metrics.map(row))).toEqual(asFloat32(wanted));
    expect(asParams(readings.flatMap((each) => each.params))).toEqual(params);
    expect(readings.flatMap(({ notes }) => notes)).toEqual([]);
    // Between 2020 and 2040.
    for (const { atMs = 0 } of metrics) expect(atMs > 1.57e12 && atMs < 2.2e12).toBe(true);
  });

  test('of TensorFlow hold its scalars as tensors, float64 exactly', () => {
    const [path = ''] = filesOf('tensorflowSummary', /tfevents/);
    const { metrics } = decode(path, dirname(path));
    const { points } = truthOf('tensorflowSummary');
    const loss = metrics.filter(({ key }) => key === 'loss');
    expect(sorted(loss.map(row))).toEqual(asFloat32(points.filter(([key]) => key === 'loss')));
    // `tf.summary.scalar` makes a float32 of what it is given.
    expect(metrics.filter(({ key }) => key !== 'loss').map(row)).toEqual([
      ['double', 1, Math.fround(0.1)],
    ]);
  });

  test("of Keras' callback have the names and steps of its history", () => {
    const main = join(root, 'keras/logs');
    const metrics = filesOf('keras', /tfevents/).flatMap((path) => decode(path, main).metrics);
    const { points } = truthOf('keras');
    const extra = metrics.filter(({ key }) => key === 'learning_rate');
    expect(extra).toHaveLength(3);
    expect(sorted(metrics.map(row).filter(([key]) => key !== 'learning_rate'))).toEqual(
      asFloat32(points),
    );
  });

  test('of Lightning leave out what it puts in for want of a metric', () => {
    const [path = ''] = filesOf('lightning', /tfevents/);
    expect(sorted(decode(path, dirname(path)).metrics.map(row))).toEqual(
      asFloat32(truthOf('lightning').points),
    );
  });
});

const isMeasure = (key: string) => classifyKey(key) === 'measure';

describe('tables and JSON', () => {
  test.each([
    ['keras', /training\.log$/],
    ['lightning', /metrics\.csv$/],
  ])('of %s hold what it was told, digit by digit', (name, pattern) => {
    const [path = ''] = filesOf(name, pattern);
    const { metrics, notes } = decode(path, dirname(path));
    expect(sorted(metrics.map(row))).toEqual(exactly(truthOf(name).points));
    expect(notes).toEqual([]);
  });

  test("DVCLive's tables have the name of their path, its summary the rest", () => {
    const { points, params } = truthOf('dvclive');
    const tables = filesOf('dvclive', /\.tsv$/).flatMap((path) => decode(path, root).metrics);
    const [summary = ''] = filesOf('dvclive', /metrics\.json$/);
    const last = decode(summary, root).metrics;
    const only = last.filter(({ key }) => !tables.some((each) => each.key === key));
    expect(sorted([...tables, ...only].map(row))).toEqual(exactly(points));
    expect(last.map(({ key, step }) => [key, step])).toEqual([
      ['train/loss', 3],
      ['acc', 3],
      ['best', 3],
    ]);
    const [given = ''] = filesOf('dvclive', /params\.yaml$/);
    expect(asParams(decode(given, root).params)).toEqual(params);
  });

  test("the Trainer's state holds its history but for times and speeds", () => {
    const states = filesOf('huggingface', /checkpoint-12.trainer_state\.json$/);
    const metrics = states.flatMap((path) => decode(path, root).metrics);
    const { points } = truthOf('huggingface');
    const atEnd = /^(?:train_loss|total_flos)$/;
    expect(sorted(metrics.map(row))).toEqual(
      exactly(points.filter(([key]) => !isMeasure(key) && !atEnd.test(key))),
    );
    expect(metrics[0]).toMatchObject({ key: 'grad_norm', step: 2, epoch: 1 / 3 });
  });

  test("Lightning's params come from hparams.yaml", () => {
    const [path = ''] = filesOf('lightning', /lightning_logs.*hparams\.yaml$/);
    expect(asParams(decode(path, root).params)).toEqual(truthOf('lightning').params);
  });
});

test('every file says the same in pieces of any size', () => {
  const paths = ['tensorboardX', 'torchTensorboard', 'keras', 'lightning', 'dvclive', 'huggingface']
    .flatMap((name) => filesOf(name, /./))
    .filter((path) => fileFormat(path) !== undefined);
  expect(paths.length).toBeGreaterThan(12);
  for (const path of paths) {
    for (const pieceBytes of [1, 7, 64]) {
      expect(decode(path, dirname(path), pieceBytes)).toEqual(decode(path, dirname(path)));
    }
  }
});
