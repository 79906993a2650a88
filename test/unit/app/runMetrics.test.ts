import { appendFileSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { type MetricNews, RunMetrics } from '../../../src/app/files/runMetrics';
import { fileFormat } from '../../../src/core/formats/fileFormat';
import { seriesKey } from '../../../src/core/recording/seriesKey';
import { makeWorkspaceFolder } from './recordingBench';

const fixtures = join(__dirname, '../../fixtures/formats');

function createBench() {
  const root = makeWorkspaceFolder();
  const metrics = new RunMetrics();
  const add = (path: string) => {
    const format = fileFormat(path);
    if (format === undefined) throw new Error(path);
    metrics.add(join(root, path), format);
  };
  return {
    root,
    metrics,
    add,
    write(path: string, content: string) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
      add(path);
    },
    append: (path: string, content: string) => appendFileSync(join(root, path), content),
    read: (isLast = false) => shown(metrics.read(1e9, isLast)),
  };
}

const shown = ({ metrics }: MetricNews) =>
  metrics.map((metric) => `${seriesKey(metric)} ${metric.step ?? metric.epoch} ${metric.value}`);

test('a table that grows gives what is new, and its unfinished line at the end', () => {
  const bench = createBench();
  bench.write('metrics.csv', 'step,loss\n1,0.5\n');
  expect(bench.read()).toEqual(['loss 1 0.5']);
  expect(bench.read()).toEqual([]);
  bench.append('metrics.csv', '2,0.25\n3,0.1');
  expect(bench.read()).toEqual(['loss 2 0.25']);
  bench.append('metrics.csv', '25');
  expect(bench.read(true)).toEqual(['loss 3 0.125']);
});

test('a table that is written again with another column gives only what is new', () => {
  const bench = createBench();
  bench.write('metrics.csv', 'epoch,step,train_loss\n0,1,0.5\n0,2,0.4\n');
  expect(bench.read()).toHaveLength(2);
  bench.write(
    'metrics.csv',
    'epoch,step,train_loss,val_loss\n0,1,0.5,\n0,2,0.4,\n0,2,,0.45\n1,3,0.3,\n',
  );
  expect(bench.read()).toEqual(['val_loss 2 0.45', 'train_loss 3 0.3']);
});

test('a table that begins anew is another history of the same series', () => {
  const bench = createBench();
  bench.write('log.csv', 'epoch,loss\n0,0.5\n1,0.4\n');
  expect(bench.read()).toHaveLength(2);
  bench.write('log.csv', 'epoch,loss\n0,0.6\n');
  expect(bench.read()).toEqual(['loss 0 0.6']);
});

test('a second table of the same program is told apart by its folder or its name', () => {
  const bench = createBench();
  bench.write('cv/fold0/log.csv', 'epoch,loss\n0,0.5\n');
  bench.write('cv/fold1/log.csv', 'epoch,loss\n0,0.6\n');
  bench.write('cv/fold1/log_b.csv', 'epoch,loss\n0,0.7\n');
  expect(bench.read()).toEqual(['loss 0 0.5', 'fold1/loss 0 0.6']);
});

test('two loggers that say the same give one series, that of the exact one', () => {
  const bench = createBench();
  cpSync(join(fixtures, 'lightning'), bench.root, { recursive: true });
  const logs = 'tensorboard/version_0';
  for (const name of readdirSync(join(bench.root, logs))) bench.add(`${logs}/${name}`);
  bench.add('lightning_logs/version_0/metrics.csv');
  const points = bench.read(true);
  expect(points).toHaveLength(9);
  expect(points).toContain('val_loss 3 0.09988203644752502');
});

test("each checkpoint of the Trainer tells the history again, and TensorBoard's file too", () => {
  const bench = createBench();
  cpSync(join(fixtures, 'huggingface'), bench.root, { recursive: true });
  bench.add('results/checkpoint-6/trainer_state.json');
  const before = bench.read();
  expect(before.filter((point) => point.startsWith('loss '))).toHaveLength(3);
  bench.add('results/checkpoint-12/trainer_state.json');
  for (const name of readdirSync(join(bench.root, 'results/runs')))
    bench.add(`results/runs/${name}`);
  const after = bench.read(true);
  const all = [...before, ...after];
  expect(new Set(all).size).toBe(all.length);
  expect(all.filter((point) => point.startsWith('loss '))).toHaveLength(6);
  expect(all.filter((point) => point.startsWith('eval_loss '))).toHaveLength(2);
  // Only its own file has the result of the whole.
  expect(all.filter((point) => point.startsWith('train_loss '))).toHaveLength(1);
});

test("DVCLive's summary adds what its tables do not have, once", () => {
  const bench = createBench();
  cpSync(join(fixtures, 'dvclive'), bench.root, { recursive: true });
  bench.add('dvclive/metrics.json');
  bench.add('dvclive/plots/metrics/acc.tsv');
  bench.add('dvclive/plots/metrics/train/loss.tsv');
  const points = bench.read();
  expect(points).toHaveLength(9);
  expect(points.filter((point) => !/^(?:acc|train\/loss) /.test(point))).toEqual(['best 3 0.5']);
  bench.write('dvclive/metrics.json', '{"step": 3, "best": 0.5, "acc": 0.6}');
  expect(bench.read(true)).toEqual([]);
});

test('scalars of one writer keep their names, others are named after their folders', () => {
  const bench = createBench();
  cpSync(join(fixtures, 'tensorboardX'), bench.root, { recursive: true });
  bench.add('runs/exp1/events.out.tfevents.1795728996.vm');
  bench.add('runs/exp1/both/a/events.out.tfevents.1795728996.vm');
  mkdirSync(join(bench.root, 'runs/exp2'));
  cpSync(
    join(bench.root, 'runs/exp1/events.out.tfevents.1795728996.vm'),
    join(bench.root, 'runs/exp2/events.out.tfevents.1.vm'),
  );
  bench.add('runs/exp2/events.out.tfevents.1.vm');
  const keys = new Set(bench.read().map((point) => point.split(' ')[0]));
  expect([...keys]).toEqual(['Loss/train', 'both/a', 'exp2/Loss/train']);
});

test('no more is read at once than is asked for, and the rest later', () => {
  const bench = createBench();
  const rows = Array.from({ length: 400_000 }, (_, step) => `${step},0.5`).join('\n');
  bench.write('metrics.csv', `step,loss\n${rows}\n`);
  let count = 0;
  let reads = 0;
  for (let hasMore = true; hasMore; reads++) {
    const news = bench.metrics.read(1024 * 1024, false);
    count += news.metrics.length;
    hasMore = news.hasMore;
  }
  expect(count).toBe(400_000);
  expect(reads).toBe(5);
});
