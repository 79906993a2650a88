import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, openTestStore } from './openTestStore';
import { ended, runId, started } from './sampleChanges';

/** Lets a process write into `folder` and kills it `afterMs` after its first acknowledgement. */
function writeAndKill(folder: string, afterMs: number): Promise<{ pid: number; last: number }> {
  return new Promise((resolve, reject) => {
    const script = join(import.meta.dirname, 'writerProcess.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    let errors = '';
    child.stdout.on('data', (bytes) => {
      if (printed === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
      printed += bytes;
    });
    child.stderr.on('data', (bytes) => {
      errors += bytes;
    });
    child.on('close', (_code, signal) => {
      // The last line may be cut by the kill.
      const acknowledged = printed.slice(0, printed.lastIndexOf('\n')).split('\n').map(Number);
      if (signal !== 'SIGKILL' || errors !== '') reject(new Error(`ended by itself: ${errors}`));
      else resolve({ pid: child.pid ?? 0, last: Math.max(...acknowledged) });
    });
  });
}

test('what was acknowledged is there after the writer was killed, and its run is interrupted', async () => {
  const folder = makeFolder();
  const killed = [];
  for (const afterMs of [30, 150, 400]) killed.push(await writeAndKill(folder, afterMs));

  const store = await openTestStore(folder);
  for (const { pid, last } of killed) {
    const id = runId(`killed-${pid}`);
    const { values } = await store.readSeries(id, 'loss');
    const stored = [...values].sort((a, b) => a - b);
    expect(stored.length).toBeGreaterThan(last);
    expect(stored).toEqual(stored.map((_, index) => index));
    expect(await store.getRun(id)).toMatchObject({
      status: 'interrupted',
      endedAtMs: 2000 + 1000 * (stored.length - 1),
      logBytes: 8,
    });
  }
  // The dead leave nothing locked.
  await store.commit([started('after')]);
  await store.close();
  expect(await (await openTestStore(folder)).listRuns()).toHaveLength(killed.length + 1);
}, 60_000);

test('only a run whose recorder is gone is interrupted, and its real end stands', async () => {
  const folder = makeFolder();
  const recorder = await openTestStore(folder);
  await recorder.commit([started('r1')]);
  const other = await openTestStore(folder);
  expect((await other.getRun(runId('r1')))?.status).toBe('running');

  await recorder.close();
  const later = await openTestStore(folder);
  expect((await later.getRun(runId('r1')))?.status).toBe('interrupted');
  await other.commit([ended('r1', 'failed')]);
  await later.commit([ended('r1', 'interrupted')]);
  await later.close();
  await other.close();
  expect((await (await openTestStore(folder)).getRun(runId('r1')))?.status).toBe('failed');
});
