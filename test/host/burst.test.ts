import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import Mocha from 'mocha';
import type { ExtractionService } from '../../src/app/extractionService';
import { createRunRecorder } from '../../src/app/runRecorder';
import { connectWorker } from '../../src/app/workerConnection';
import { startStore } from '../../src/store/storeClient';
import { activateEpochlog } from './epochlog';

const seconds = 2;
const linesPerSecond = 5000;

suite('burst', () => {
  test('5,000 metric lines a second are all recorded, and the host goes on', async function () {
    this.timeout(60_000);
    const { extension } = await activateEpochlog();
    const worker = (name: string) => join(extension.extensionPath, 'dist', 'workers', `${name}.js`);
    const folder = mkdtempSync(join(tmpdir(), 'epochlog-burst-'));
    const problems: unknown[] = [];
    const store = startStore({
      folder,
      workerPath: worker('storeWorker'),
      listener: { changed: () => undefined, problem: (problem) => problems.push(problem) },
    });
    const extraction = connectWorker<ExtractionService>(worker('extractionWorker'));
    const recorder = createRunRecorder({
      store,
      extraction: extraction.remote,
      now: Date.now,
      onError: (_what, error) => problems.push(error),
    });
    const loop = monitorEventLoopDelay({ resolution: 1 });
    try {
      const handle = recorder.start({
        source: { kind: 'terminal', commandLine: 'python train.py' },
        command: 'python train.py',
        params: [],
        isTraining: Promise.resolve(false),
        codeState: async () => undefined,
        keepLog: true,
      });
      loop.enable();
      const startedAtMs = Date.now();
      let sent = 0;
      let logBytes = 0;
      while (sent < seconds * linesPerSecond) {
        const due = Math.min(
          seconds * linesPerSecond,
          Math.floor(((Date.now() - startedAtMs) / 1000) * linesPerSecond),
        );
        let chunk = '';
        for (; sent < due; sent++) chunk += `step ${sent} loss=${(1 / (sent + 1)).toFixed(6)}\r\n`;
        if (chunk !== '') handle.push(chunk);
        logBytes += chunk.length;
        await delay(5);
      }
      strictEqual(await handle.end({ kind: 'exited', exitCode: 0 }), true);
      loop.disable();
      deepStrictEqual(problems, []);
      const { steps } = await store.readSeries(handle.runId, 'loss');
      strictEqual(steps.length, seconds * linesPerSecond);
      ok(steps.every((step, index) => step === index));
      strictEqual((await store.readLog(handle.runId)).byteLength, logBytes);
      const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(1);
      Mocha.reporters.Base.consoleLog(
        `      event loop delay: median ${ms(loop.percentile(50))} ms, p99 ${ms(loop.percentile(99))} ms, max ${ms(loop.max)} ms`,
      );
    } finally {
      loop.disable();
      await store.close();
      await extraction.dispose();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});
