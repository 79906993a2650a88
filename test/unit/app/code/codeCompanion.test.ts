import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createCellRecorder } from '../../../../src/app/cellRecorder';
import { createCodeCompanion } from '../../../../src/app/code/codeCompanion';
import type { Companion } from '../../../../src/app/companion';
import { createRunContextService } from '../../../../src/app/runContextService';
import { serveInMemory } from '../memoryRpc';
import { exited, openBench, soon } from '../recordingBench';

async function openCodeBench() {
  const companions: Companion[] = [];
  const bench = await openBench({ companions });
  const service = createRunContextService();
  const reads: Promise<void>[] = [];
  const observed: typeof service = {
    ...service,
    async readCode(...args) {
      const read = service.readCode(...args);
      reads.push(read);
      return read;
    },
  };
  companions.push(createCodeCompanion(serveInMemory(observed), bench.store, bench.workspace));
  return { ...bench, reads };
}

test('the modules of a run are kept as they were when it began', async () => {
  const bench = await openCodeBench();
  bench.write('train.py', 'import torch\nfrom lib import net\n');
  const net = bench.write('lib/net.py', Buffer.from('w = "\xe9"\r\n', 'latin1'));
  const handle = bench.commands.start('python train.py', bench.root);
  await soon(async () => expect(bench.reads).toHaveLength(1));
  await bench.reads[0];
  writeFileSync(net, 'edited while it ran\n');
  handle?.push('epoch 1 loss=0.5\n');
  await handle?.end(exited(0));
  const run = await bench.onlyRun();
  const files = await bench.store.listFiles(run.id);
  expect(files).toEqual([
    {
      role: 'code',
      type: 'code',
      path: 'lib/net.py',
      sizeBytes: 9,
      modifiedAtMs: expect.any(Number),
      hash: expect.stringMatching(/^\w{64}$/),
      isKept: true,
    },
  ]);
  const [file] = files;
  const bytes = file?.hash && (await bench.store.readBlob(file.hash));
  expect(Buffer.from(bytes ?? [])).toEqual(Buffer.from('w = "\xe9"\r\n', 'latin1'));
  expect(bench.errors).toEqual([]);
});

test('of `python -m` the module itself is kept too', async () => {
  const bench = await openCodeBench();
  bench.write('lib/train.py', 'import torch\n');
  await bench.play('python -m lib.train --lr 1', ['epoch 1 loss=0.5\n']);
  const { id } = await bench.onlyRun();
  expect((await bench.store.listFiles(id)).map(({ path }) => path)).toEqual(['lib/train.py']);
});

test('a command that never becomes a run keeps nothing', async () => {
  const bench = await openCodeBench();
  bench.write('tool.py', 'import helper\n');
  bench.write('helper.py', '');
  expect(await bench.play('python tool.py', ['done\n'])).toBe(false);
  await soon(async () => expect(bench.store.changes).toEqual([]));
});

test('of a cell, what the notebook imported up to it', async () => {
  const bench = await openCodeBench();
  bench.write('nb/helper.py', 'x = 1\n');
  const cells = createCellRecorder(bench.recorder, bench.store, bench.workspace);
  const handle = cells.start({
    source: { notebook: 'nb/a.ipynb', cellIndex: 1, cellSource: 'model.fit(x)' },
    sources: ['import helper', 'model.fit(x)'],
    folder: join(bench.root, 'nb'),
    takeCheckpoint: async () => undefined,
  });
  await handle?.end({ kind: 'cell', success: true });
  const { id } = await bench.onlyRun();
  expect(await bench.store.listFiles(id)).toMatchObject([{ path: 'nb/helper.py', role: 'code' }]);
});
