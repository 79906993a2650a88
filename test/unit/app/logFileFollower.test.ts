import { appendFileSync, mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLogFileFollower, type LogFileFollower } from '../../../src/app/logFileFollower';
import { openBench, type RecordingBench, soon } from './recordingBench';

const epochs = ['epoch 1/2 loss=0.5\n', 'epoch 2/2 loss=0.25\n'];

async function openFollower(): Promise<RecordingBench & { readonly logFiles: LogFileFollower }> {
  const bench = await openBench();
  const onError = (what: string, error: unknown) => {
    throw new Error(`${what}: ${error}`);
  };
  return { ...bench, logFiles: createLogFileFollower(bench.recorder, onError) };
}

describe('a log that grows', () => {
  test('is a run while it does, until the user stops it', async () => {
    const bench = await openFollower();
    const path = bench.write('logs/train.log', epochs[0] ?? '');
    const log = await bench.logFiles.follow({ path, isComplete: false });
    await log.caughtUp;
    expect(await bench.onlyRun()).toMatchObject({
      status: 'running',
      experiment: 'train.log',
      source: { kind: 'logFile', commandLine: '', logFile: path },
      metrics: [{ key: 'loss', count: 1 }],
    });
    appendFileSync(path, epochs[1] ?? '');
    await soon(async () => expect((await bench.onlyRun()).metrics[0]?.count).toBe(2));
    await bench.recorder.stopper(log.runId)?.interrupt();
    const run = await bench.onlyRun();
    // It counted up to its last epoch.
    expect(run).toMatchObject({ status: 'finished', metrics: [{ key: 'loss', last: 0.25 }] });
    expect(Buffer.from(await bench.store.readLog(run.id)).toString()).toBe(epochs.join(''));
    expect(bench.logFiles.followed()).toEqual([]);
    expect(bench.errors).toEqual([]);
  });

  test('is interrupted where the user stops before it tells of an end', async () => {
    const bench = await openFollower();
    const path = bench.write('train.log', epochs[0] ?? '');
    const log = await bench.logFiles.follow({ path, isComplete: false });
    await log.stop();
    expect(await bench.onlyRun()).toMatchObject({ status: 'interrupted' });
  });

  test('is interrupted when the window closes', async () => {
    const bench = await openFollower();
    const path = bench.write('train.log', epochs[0] ?? '');
    await bench.logFiles.follow({ path, isComplete: false });
    appendFileSync(path, epochs[1] ?? '');
    await bench.recorder.endAll({ kind: 'lost' });
    expect(await bench.onlyRun()).toMatchObject({ status: 'interrupted', metrics: [{ count: 2 }] });
  });

  test('is not followed twice at a time', async () => {
    const bench = await openFollower();
    const path = bench.write('train.log', epochs[0] ?? '');
    const log = await bench.logFiles.follow({ path, isComplete: false });
    await expect(bench.logFiles.follow({ path, isComplete: false })).rejects.toThrow(/already/);
    await log.stop();
    await (await bench.logFiles.follow({ path, isComplete: true })).stop();
    expect(await bench.store.listRuns()).toHaveLength(2);
  });
});

describe('a log that is complete', () => {
  test('is read as what it was, within the time that its file tells', async () => {
    const bench = await openFollower();
    const text = `\uFEFF${'step 1 loss=0.5 größer\r\n'.repeat(3)}step 4 loss=0.25\r\n`;
    const path = bench.write('train.log', Buffer.from(text, 'utf16le'));
    const writtenAtMs = Date.now() + 3_600_000;
    utimesSync(path, writtenAtMs / 1000, writtenAtMs / 1000);
    await (await bench.logFiles.follow({ path, isComplete: true })).stop();
    const run = await bench.onlyRun();
    expect(run.status).toBe('finished');
    expect(Math.abs((run.endedAtMs ?? 0) - writtenAtMs)).toBeLessThan(2);
    expect(run.startedAtMs).toBeLessThan(writtenAtMs - 3_500_000);
    expect(Buffer.from(await bench.store.readLog(run.id)).toString()).toBe(text.slice(1));
    expect(run.metrics).toMatchObject([{ key: 'loss', last: 0.25 }]);
  });

  test('fails by its last words', async () => {
    const bench = await openFollower();
    const path = bench.write(
      'train.log',
      `${epochs[0]}Traceback (most recent call last):\n  File "a.py", line 1\nValueError: no data\n`,
    );
    await (await bench.logFiles.follow({ path, isComplete: true })).stop();
    expect(await bench.onlyRun()).toMatchObject({ status: 'failed' });
  });

  test('of 10 MB is read whole, point by point, and can be left in the middle', async () => {
    const bench = await openFollower();
    const steps = 10_000;
    const filler = 'x'.repeat(1000);
    const lines = Array.from(
      { length: steps },
      (_, step) => `step ${step} loss=${1 / (step + 1)}\n# ${filler}\n`,
    );
    const path = bench.write('train.log', lines.join(''));
    const parts: number[] = [];
    const log = await bench.logFiles.follow({ path, isComplete: true });
    log.onProgress((part) => parts.push(part));
    await log.stop();
    const run = await bench.onlyRun();
    expect(run.metrics).toMatchObject([{ key: 'loss', count: steps }]);
    const kept = Buffer.from(await bench.store.readLog(run.id)).toString();
    expect(kept.length).toBe(lines.join('').length);
    expect(kept === lines.join('')).toBe(true);
    expect(parts.at(-1)).toBe(1);
    expect(parts.every((part, at) => at === 0 || part >= (parts[at - 1] ?? 0))).toBe(true);

    const again = await bench.logFiles.follow({ path, isComplete: true });
    const off = again.onProgress(() => void again.cancel());
    await again.caughtUp;
    await again.cancel();
    off();
    const left = (await bench.store.listRuns()).find(({ id }) => id === again.runId);
    expect(left?.status).toBe('interrupted');
    expect(left?.metrics[0]?.count).toBeLessThan(steps);
  }, 60_000);
});

describe('what is no log', () => {
  test.each([
    ['is not there', 'gone.log', undefined],
    ['is not a text file', 'model.log', Buffer.from('PK\x03\x04\x00\x00\x08\x00', 'latin1')],
  ])('%s', async (message, name, content) => {
    const bench = await openFollower();
    if (content) bench.write(name, content);
    const path = join(bench.root, name);
    await expect(bench.logFiles.follow({ path, isComplete: false })).rejects.toThrow(message);
    expect(await bench.store.listRuns()).toEqual([]);
  });

  test('is a folder', async () => {
    const bench = await openFollower();
    const path = join(bench.root, 'logs.log');
    mkdirSync(path);
    await expect(bench.logFiles.follow({ path, isComplete: false })).rejects.toThrow('not a file');
  });
});
