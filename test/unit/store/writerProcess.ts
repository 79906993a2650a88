// A process that commits numbered points to the store in argv[2] for ever, and prints each number once
// it is acknowledged. Its end is to be killed.
import { createRequire } from 'node:module';
import { openStore } from '../../../src/store/openStore';
import { points, runId, started } from './sampleChanges';

const folder = process.argv[2] ?? '';
const wasmPath = createRequire(__filename).resolve('sql.js/dist/sql-wasm.wasm');

async function write(): Promise<void> {
  const store = await openStore(
    folder,
    { changed: () => {}, problem: ({ message }) => console.error(message) },
    // Small, so that it is also killed while it takes snapshots.
    { wasmPath, snapshotAfterBytes: 20_000 },
  );
  const id = `killed-${process.pid}`;
  await store.commit([started(id)]);
  await store.appendLog(runId(id), new TextEncoder().encode('epoch 1\n'));
  for (let step = 0; ; step += 3) {
    await Promise.all(
      [step, step + 1, step + 2].map(async (value) => {
        await store.commit([points(id, 'loss', [value], value)]);
        process.stdout.write(`${value}\n`);
      }),
    );
  }
}

void write();
