import { expect, test } from 'vitest';
import type { Companion, Subject } from '../../../src/app/companion';
import { exited, openBench, soon } from './recordingBench';

const nothing = { metrics: [], live: [], params: [], artifacts: [] };
const point = (key: string, value: number, step: number) => ({ key, value, step });

/** Notes what it is told, and hands out what it was given. */
function createWitness() {
  const told: string[] = [];
  const subjects: Subject[] = [];
  const companion: Companion = {
    accompany(subject) {
      subjects.push(subject);
      return {
        becameRun: () => void told.push('run'),
        async ended({ kind }) {
          told.push(kind);
          subject.report({ ...nothing, metrics: [point('late', 1, 1)] });
        },
      };
    },
  };
  return { told, subjects, companion };
}

test('what a companion reports makes a run, with what it recorded before', async () => {
  const witness = createWitness();
  const bench = await openBench({ companions: [witness.companion] });
  const script = bench.write('train.py', '');
  const handle = bench.commands.start('python train.py --lr 1', bench.root);
  const [subject] = witness.subjects;
  expect(subject).toMatchObject({ folder: bench.root, scriptPath: script, args: ['--lr', '1'] });
  const runId = subject?.runId;
  if (runId === undefined) throw new Error('no subject');
  await subject?.record([{ kind: 'environmentRecorded', runId, environment: { os: 'Linux' } }]);
  expect(bench.store.changes).toEqual([]);
  subject?.report({ ...nothing, metrics: [point('loss', 0.5, 1)] });
  await soon(async () => expect(witness.told).toEqual(['run']));
  expect(await handle?.end(exited(0))).toBe(true);
  expect(await bench.onlyRun()).toMatchObject({
    status: 'finished',
    environment: { os: 'Linux' },
    metrics: [
      { key: 'loss', last: 0.5 },
      { key: 'late', last: 1 },
    ],
  });
  expect(witness.told).toEqual(['run', 'exited']);
  expect(bench.errors).toEqual([]);
});

test('a companion of what never becomes a run leaves nothing', async () => {
  const companion: Companion = {
    accompany: ({ runId, record }) => {
      void record([{ kind: 'environmentRecorded', runId, environment: { os: 'Linux' } }]);
      return {};
    },
  };
  const bench = await openBench({ companions: [companion] });
  expect(await bench.play('make report', ['done\n'])).toBe(false);
  expect(bench.store.changes).toEqual([]);
});

test('a reported series takes the place of the printed one, whose later points are not recorded', async () => {
  const witness = createWitness();
  const bench = await openBench({ companions: [witness.companion] });
  const handle = bench.commands.start('python train.py', bench.root);
  handle?.push('epoch 1 loss=0.12 acc=0.5\nepoch 2 loss=0.11 acc=0.6\n');
  await soon(async () => expect((await bench.onlyRun()).metrics).toHaveLength(2));
  witness.subjects[0]?.report({
    ...nothing,
    metrics: [point('loss', 0.1234567, 1), point('loss', 0.1123456, 2)],
  });
  handle?.push('epoch 3 loss=0.10 acc=0.7\n');
  await handle?.end(exited(0));
  const { id, metrics } = await bench.onlyRun();
  expect(metrics).toMatchObject([{ key: 'acc', count: 3 }, { key: 'loss', count: 2 }, {}]);
  expect([...(await bench.store.readSeries(id, 'loss')).values]).toEqual([0.1234567, 0.1123456]);
});

test('a companion that throws is told of, and the run is recorded', async () => {
  const companion: Companion = {
    accompany: () => ({
      becameRun() {
        throw new Error('no becameRun');
      },
      ended: () => Promise.reject(new Error('no end')),
    }),
  };
  const thrower: Companion = {
    accompany() {
      throw new Error('no start');
    },
  };
  const bench = await openBench({ companions: [companion, thrower] });
  expect(await bench.play('python train.py', ['epoch 1 loss=0.5\n'])).toBe(true);
  expect(await bench.onlyRun()).toMatchObject({ status: 'finished' });
  expect(bench.errors.map(({ message }) => message)).toEqual([
    'no start',
    'no becameRun',
    'no end',
  ]);
});
