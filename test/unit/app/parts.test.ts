import { describe, expect, test } from 'vitest';
import type { Run, RunId } from '../../../src/core/run/run';
import { exited, openBench, type RecordingBench, soon } from './recordingBench';

/** What one training prints. */
function training(losses: readonly number[]): string {
  return losses.map((loss, at) => `epoch ${at + 1} loss=${loss} acc=${1 - loss}\n`).join('');
}

async function runsOf(bench: RecordingBench): Promise<{ parent: Run; parts: readonly Run[] }> {
  const all = await bench.store.listRuns();
  const parents = all.filter(({ parentId }) => parentId === undefined);
  const [parent] = parents;
  if (parent === undefined || parents.length > 1) throw new Error(`${parents.length} parents`);
  const parts = await bench.store.listRuns({ parentId: parent.id });
  return { parent, parts: [...parts].sort((a, b) => a.id.localeCompare(b.id)) };
}

const lossesOf = async (bench: RecordingBench, id: RunId) => [
  ...(await bench.store.readSeries(id, 'loss')).values,
];

describe('several trainings in one stream', () => {
  test('become parts of the run, each with its points, its params, its name and its end', async () => {
    const bench = await openBench();
    const header = (lr: string) => `Namespace(lr=${lr}, epochs=3, model='mlp')\n`;
    await bench.play('for lr in 0.1 0.01; do python train.py --lr $lr; done', [
      header('0.1') + training([0.9, 0.5, 0.2]),
      header('0.01') + training([0.95, 0.9]),
      training([]),
      'epoch 3 loss=0.8 acc=0.2\n',
    ]);
    const { parent, parts } = await runsOf(bench);
    expect(parent).toMatchObject({ status: 'finished', metrics: [] });
    expect((await bench.store.readLog(parent.id)).length).toBeGreaterThan(0);
    expect(parent.params.find(({ key }) => key === 'lr')?.value).toBe('0.1, 0.01');
    expect(parts).toMatchObject([
      { name: 'lr=0.1', status: 'finished', experiment: parent.experiment },
      { name: 'lr=0.01', status: 'finished' },
    ]);
    expect(parts.map(({ params }) => params.find(({ key }) => key === 'lr')?.value)).toEqual([
      '0.1',
      '0.01',
    ]);
    expect(await lossesOf(bench, parts[0]?.id as RunId)).toEqual([0.9, 0.5, 0.2]);
    expect(await lossesOf(bench, parts[1]?.id as RunId)).toEqual([0.95, 0.9, 0.8]);
    expect(bench.errors).toEqual([]);
  });

  test('take their points along that were written before anybody knew', async () => {
    const bench = await openBench();
    const handle = bench.commands.start('python cv.py', bench.root);
    handle?.push(`initial accuracy: 0.5\n=== Fold 1 ===\n${training([0.9, 0.5, 0.2])}`);
    await soon(async () => expect((await runsOf(bench)).parent.metrics).toHaveLength(3));
    handle?.push(`=== Fold 2 ===\n${training([0.9])}`);
    await soon(async () => expect((await runsOf(bench)).parent.metrics[0]?.count).toBe(1));
    // The second fold began as the first did, so what it is shows only now.
    handle?.push('epoch 2 loss=0.4 acc=0.6\n');
    await soon(async () => expect((await runsOf(bench)).parts).toHaveLength(2));
    handle?.push('epoch 3 loss=0.3 acc=0.7\nmean accuracy: 0.75\n');
    await handle?.end(exited(0));
    const { parent, parts } = await runsOf(bench);
    expect(parent.metrics.map(({ key, last }) => [key, last])).toEqual([
      ['initial accuracy', 0.5],
      ['mean accuracy', 0.75],
    ]);
    expect(parts.map(({ name }) => name)).toEqual(['fold 1', 'fold 2']);
    expect(await lossesOf(bench, parts[0]?.id as RunId)).toEqual([0.9, 0.5, 0.2]);
    expect(await lossesOf(bench, parts[1]?.id as RunId)).toEqual([0.9, 0.4, 0.3]);
  });

  test('begin and end as the program says', async () => {
    const bench = await openBench();
    await bench.play('./sweep', [
      'epochlog: run "width 8"\nepochlog: param width=8\nepochlog: loss=0.5 step=1\nepochlog: end\n',
      'epochlog: run width 16\nepochlog: loss=0.4 step=1\nepochlog: end\nepochlog: best=0.4\n',
    ]);
    const { parent, parts } = await runsOf(bench);
    expect(parts).toMatchObject([
      { name: 'width 8', params: [{ key: 'width', value: '8', origin: 'client' }] },
      { name: 'width 16', metrics: [{ key: 'loss', last: 0.4 }] },
    ]);
    expect(parent.metrics).toMatchObject([{ key: 'best', last: 0.4 }]);
    expect(parts.map(({ status }) => status)).toEqual(['finished', 'finished']);
  });

  test('end as the command does, and the one that an error ended has failed', async () => {
    const bench = await openBench();
    const crash = 'Traceback (most recent call last):\n  File "a.py"\nValueError: no\n';
    await bench.play(
      'bash all.sh',
      [`Seed: 1\n${training([0.9, 0.5])}${crash}Seed: 2\n${training([0.8, 0.4, 0.3])}`],
      exited(130),
    );
    const { parent, parts } = await runsOf(bench);
    expect(parent.status).toBe('killed');
    expect(parts).toMatchObject([
      { name: 'seed 1', status: 'failed' },
      { name: 'seed 2', status: 'killed', params: [{ key: 'seed', value: '2' }] },
    ]);
  });

  test('are shown as running while they run', async () => {
    const bench = await openBench();
    const handle = bench.commands.start('python cv.py', bench.root);
    handle?.push(`Fold 1/3\n${training([0.9, 0.5])}`);
    await soon(async () => {
      const { parts } = await runsOf(bench);
      expect(parts).toMatchObject([{ name: 'fold 1/3', status: 'running' }]);
    });
    await handle?.end(exited(0));
  });

  test('keep what a better witness reports with the run as a whole', async () => {
    let report: ((value: number) => void) | undefined;
    const bench = await openBench({
      companions: [
        {
          accompany: (subject) => {
            report = (value) =>
              subject.report({
                ...{ metrics: [{ key: 'loss', value, step: 1 }], live: [] },
                ...{ params: [], artifacts: [] },
              });
            return {};
          },
        },
      ],
    });
    const handle = bench.commands.start('python cv.py', bench.root);
    handle?.push(`Fold 1/3\n${training([0.9, 0.5])}`);
    await soon(async () => expect((await runsOf(bench)).parts).toHaveLength(1));
    report?.(0.123);
    handle?.push('epoch 3 loss=0.3 acc=0.7\n');
    await handle?.end(exited(0));
    const { parent, parts } = await runsOf(bench);
    expect(await lossesOf(bench, parent.id)).toEqual([0.123]);
    expect(await lossesOf(bench, parts[0]?.id as RunId)).toEqual([0.9, 0.5, 0.3]);
  });
});
