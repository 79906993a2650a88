import { expect, test } from 'vitest';
import { createExtractionService } from '../../../src/app/extractionService';
import type { BlobHash } from '../../../src/core/run/run';
import { type Disk, nodeDisk } from '../../../src/store/disk/disk';
import { serveInMemory } from './memoryRpc';
import { exited, openBench, type RecordingBench, soon } from './recordingBench';

const metric = 'epoch 1 loss=0.5\r\n';

test('the log is byte-exact, also where a chunk cuts a character in two', async () => {
  const bench = await openBench();
  const text = `\x1b[32m🚀 größer\x1b[0m 100%|██▉|\r${metric}\u0000\u0007数据 🎉\r\n`;
  // One UTF-16 unit at a time, so that every pair of surrogates is cut.
  await bench.play('python train.py', text.split(''));
  const run = await bench.onlyRun();
  expect(Buffer.from(await bench.store.readLog(run.id)).toString('utf8')).toBe(text);
  expect((await bench.store.getRun(run.id))?.metrics).toMatchObject([{ key: 'loss', last: 0.5 }]);
});

test('of several ranks that print the same step one makes the series, and the log has all', async () => {
  const bench = await openBench();
  const lines = [0, 1, 2, 3].flatMap((step) =>
    [1, 0].map((rank) => `[rank${rank}]: step ${step} loss 0.${step + 1}${rank}\r\n`),
  );
  await bench.play('torchrun --nproc_per_node 2 train.py', lines);
  const run = await bench.onlyRun();
  const { steps, values } = await bench.store.readSeries(run.id, 'loss');
  expect([...steps]).toEqual([0, 1, 2, 3]);
  const ofRank = (rank: number) => [0, 1, 2, 3].map((step) => Number(`0.${step + 1}${rank}`));
  expect([ofRank(0), ofRank(1)]).toContainEqual([...values]);
  const log = Buffer.from(await bench.store.readLog(run.id)).toString();
  expect(log).toBe(lines.join(''));
});

test('the log has what came before the command was known to be a run', async () => {
  const bench = await openBench();
  const before = Array.from({ length: 300 }, (_, index) => `loading file ${index}\r\n`);
  await bench.play('python train.py', [...before, metric]);
  const run = await bench.onlyRun();
  const log = Buffer.from(await bench.store.readLog(run.id)).toString('utf8');
  expect(log).toBe(before.join('') + metric);
});

test('the end of the window interrupts all that runs, and leaves nothing of the rest', async () => {
  const bench = await openBench();
  const training = bench.commands.start('python a.py', bench.root);
  const tentative = bench.commands.start('make report', bench.root);
  training?.push(metric);
  tentative?.push('half of a li');
  await bench.recorder.endAll({ kind: 'lost' });
  expect(await bench.onlyRun()).toMatchObject({ id: training?.runId, status: 'interrupted' });
  expect(bench.recorder.activeRuns()).toEqual([]);
  expect(bench.errors).toEqual([]);
});

test('a recording ends once: the first end counts, and a second one is no error', async () => {
  const bench = await openBench();
  const handle = bench.commands.start('python a.py', bench.root);
  handle?.push(metric);
  const ends = [handle?.end(exited(0)), bench.recorder.endAll({ kind: 'lost' })];
  await Promise.all([...ends, handle?.end({ kind: 'closed' })]);
  handle?.push('epoch 2 loss=0.1\r\n');
  expect(await bench.onlyRun()).toMatchObject({
    status: 'finished',
    metrics: [{ key: 'loss', count: 1 }],
  });
  expect(bench.errors).toEqual([]);
});

test('when the end is told the code state is on disk, however long it took', async () => {
  const bench = await openBench();
  const handle = bench.recorder.start({
    source: { kind: 'terminal', commandLine: 'python train.py' },
    command: 'python train.py',
    params: [],
    isTraining: Promise.resolve(true),
    codeState: async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return { commit: 'abc', dirty: false };
    },
    keepLog: true,
  });
  await handle.end(exited(0));
  expect((await bench.onlyRun()).codeState).toEqual({ commit: 'abc', dirty: false });
});

/** A disk that refuses every write with `code` while it is told to. */
function refusingDisk(code: string) {
  const state = { refuses: false };
  const disk: Disk = {
    ...nodeDisk,
    write(file, bytes) {
      if (state.refuses) throw Object.assign(new Error(`${code}: no`), { code });
      return nodeDisk.write(file, bytes);
    },
  };
  return { state, disk };
}

const lines = [1, 2, 3].map((epoch) => `epoch ${epoch} loss=${1 / epoch}\r\n`);

async function expectAll(bench: RecordingBench) {
  const run = await bench.onlyRun();
  expect(run).toMatchObject({ status: 'finished', params: [{ key: 'lr', value: '0.1' }] });
  const { steps } = await bench.store.readSeries(run.id, 'loss');
  expect([...steps]).toEqual([1, 2, 3, 4]);
  expect(Buffer.from(await bench.store.readLog(run.id)).toString()).toBe(
    `${lines.join('')}epoch 4 loss=0.25\r\n`,
  );
}

test('a store that may not be written is told of, and gets all once it can be', async () => {
  const { state, disk } = refusingDisk('EACCES');
  const bench = await openBench({ store: { disk } });
  const handle = bench.commands.start('python train.py --lr 0.1', bench.root);
  state.refuses = true;
  for (const [index, line] of lines.entries()) {
    handle?.push(line);
    await soon(async () => expect(bench.errors.length).toBeGreaterThan(index));
  }
  expect(bench.errors[0]).toEqual({
    what: 'Recording a run',
    message: expect.stringMatching(/\(EACCES\)/),
  });
  expect(await bench.store.listRuns()).toEqual([]);
  state.refuses = false;
  handle?.push('epoch 4 loss=0.25\r\n');
  expect(await handle?.end(exited(0))).toBe(true);
  await expectAll(bench);
});

test('a store that waits for room on its disk gets all once it is there', async () => {
  const { state, disk } = refusingDisk('ENOSPC');
  const bench = await openBench({ store: { disk, retryMs: 20 } });
  const handle = bench.commands.start('python train.py --lr 0.1', bench.root);
  state.refuses = true;
  for (const line of lines) handle?.push(line);
  await soon(async () => expect(bench.store.problems).toHaveLength(1));
  expect(await bench.store.listRuns()).toEqual([]);
  handle?.push('epoch 4 loss=0.25\r\n');
  const ending = handle?.end(exited(0));
  state.refuses = false;
  expect(await ending).toBe(true);
  await expectAll(bench);
  expect(bench.errors).toEqual([]);
});

/** A training whose first metric meets a disk that is full, of which its user has been told. */
async function startOnFullDisk() {
  const { state, disk } = refusingDisk('ENOSPC');
  const bench = await openBench({ store: { disk, retryMs: 20 } });
  const handle = bench.commands.start('python train.py', bench.root);
  state.refuses = true;
  handle?.push(metric);
  await soon(async () => expect(bench.store.problems).toHaveLength(1));
  return { state, bench, handle };
}

test('what a program prints while its disk is full for long is left out, and the log says so', async () => {
  const { state, bench, handle } = await startOnFullDisk();
  const block = `${'step without a value '.repeat(50)}\r\n`.repeat(1000);
  for (let index = 0; index < 40; index++) handle?.push(block);
  // Of a secret that is cut off here, the rest must not come in alone.
  handle?.push('password=hun');
  state.refuses = false;
  await soon(async () => expect((await bench.onlyRun()).metrics).toHaveLength(1));
  // Half of what waited, so that there is room again.
  const half = 9 * block.length;
  await soon(async () => expect((await bench.onlyRun()).logBytes).toBeGreaterThan(half));
  handle?.push('ter2 and more\r\nepoch 2 loss=0.25\r\n');
  await handle?.end(exited(0));
  const run = await bench.onlyRun();
  expect(run.metrics).toMatchObject([{ key: 'loss', count: 2, last: 0.25 }]);
  const log = Buffer.from(await bench.store.readLog(run.id)).toString();
  expect(log.length).toBeLessThan(20 * 1024 * 1024);
  expect(log).toMatch(/\r\n\[Epochlog left out output here[^\]]*\]\r\nepoch 2 loss=0\.25\r\n$/);
  expect(log).not.toContain('ter2');
});

test('the log says so too if the program ends before the disk has room', async () => {
  const { state, bench, handle } = await startOnFullDisk();
  for (let index = 0; index < 20; index++) handle?.push(`${'step '.repeat(200)}\r\n`.repeat(1000));
  const ending = handle?.end(exited(0));
  state.refuses = false;
  await ending;
  const log = Buffer.from(await bench.store.readLog((await bench.onlyRun()).id)).toString();
  expect(log).toMatch(/step \r\n\r\n\[Epochlog left out output here[^\]]*\]\r\n$/);
});

test('output that cannot be read is told of, and is in the log all the same', async () => {
  const service = createExtractionService();
  let pushes = 0;
  const bench = await openBench({
    extraction: serveInMemory({
      ...service,
      push(streamId: string, text: string) {
        pushes++;
        if (pushes === 2) throw new Error('a bug');
        return service.push(streamId, text);
      },
    }),
  });
  const handle = bench.commands.start('python train.py', bench.root);
  const lines = [1, 2, 3].map((epoch) => `epoch ${epoch} loss=${epoch}\r\n`);
  for (const [index, line] of lines.entries()) {
    handle?.push(line);
    await soon(async () => expect(pushes).toBe(index + 1));
  }
  await handle?.end(exited(0));
  expect(bench.errors).toEqual([{ what: 'Reading the output', message: 'a bug' }]);
  const run = await bench.onlyRun();
  expect([...(await bench.store.readSeries(run.id, 'loss')).values]).toEqual([1, 3]);
  expect(Buffer.from(await bench.store.readLog(run.id)).toString()).toBe(lines.join(''));
});

test('surfaces are told when a run begins, when a bar moves and when it ends', async () => {
  const bench = await openBench();
  const seen: (readonly string[])[] = [];
  const stop = bench.recorder.onDidChangeActive(() =>
    seen.push(
      bench.recorder.activeRuns().flatMap(({ live }) => live.map(({ value }) => `${value}`)),
    ),
  );
  const handle = bench.commands.start('python train.py', bench.root);
  handle?.push('epoch 1:  50%|█████     | 5/10 [00:01<00:01, 5.00it/s, loss=0.7]');
  await soon(async () => expect(seen.at(-1)).toEqual(['0.7']));
  handle?.push('\repoch 1:  60%|██████    | 6/10 [00:01<00:01, 5.00it/s, loss=0.6]');
  await soon(async () => expect(seen.at(-1)).toEqual(['0.6']));
  await handle?.end(exited(0));
  expect(seen.at(-1)).toEqual([]);
  const before = seen.length;
  stop();
  await bench.play('python train.py', [metric]);
  expect(seen).toHaveLength(before);
});

test('a code state whose content is missing is told of, and the run goes on without it', async () => {
  const bench = await openBench();
  const handle = bench.recorder.start({
    source: { kind: 'terminal', commandLine: 'python train.py' },
    command: 'python train.py',
    params: [],
    isTraining: Promise.resolve(true),
    // As when the store's folder was deleted just after it was put there.
    codeState: async () => ({ commit: 'abc', dirty: true, diff: '00'.repeat(32) as BlobHash }),
    keepLog: true,
  });
  await soon(async () => expect(bench.errors).toHaveLength(1));
  handle.push(metric);
  await handle.end(exited(0));
  const run = await bench.onlyRun();
  expect(run).toMatchObject({ status: 'finished', metrics: [{ key: 'loss', last: 0.5 }] });
  expect(run.codeState).toBeUndefined();
  expect(bench.errors).toHaveLength(1);
});

test('a run can be stopped by what its source gave, for as long as it runs', async () => {
  const bench = await openBench();
  const asked: string[] = [];
  const stopper = {
    async interrupt() {
      asked.push('interrupt');
    },
  };
  const handle = bench.commands.start('python train.py', bench.root, { kind: 'task', stopper });
  if (!handle) throw new Error('it is recorded');
  await bench.recorder.stopper(handle.runId)?.interrupt();
  expect(asked).toEqual(['interrupt']);
  handle.push(metric);
  await handle.end(exited(130));
  expect(bench.recorder.stopper(handle.runId)).toBeUndefined();
});
