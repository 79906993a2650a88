import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLaunches } from '../../../src/app/launch/launches';
import { launchPaths, writeJson } from '../../../src/app/launch/launchFolder';
import { createLaunchFollower, type LaunchFollower } from '../../../src/app/launch/launchFollower';
import type { RunId } from '../../../src/core/run/run';
import { openBench, type RecordingBench, soon } from '../app/recordingBench';
import { builtLauncher, type Launched, launch } from './launcherProcess';

const runId = '6a2c1c3e-0000-4000-8000-00000000abcd' as RunId;
/** Prints the next epoch when the test lets it, and keeps what it printed. Ends when its folder is gone. */
const program = `
import pathlib, sys, time
def say(text):
    print(text, flush=True)
    with open("printed", "a") as file: file.write(text + "\\r\\n")
say("starting größe")
for epoch in range(1, 6):
    while not pathlib.Path(f"go{epoch}").exists():
        if not pathlib.Path("train.py").exists(): sys.exit()
        time.sleep(0.02)
    say(f"epoch {epoch}/5 | loss {1 / epoch} | val_acc 0.{epoch}")
sys.exit(3)
`;

interface Window extends RecordingBench {
  readonly follower: LaunchFollower;
  /** As when the window is reloaded. */
  close(): Promise<void>;
}

const launchesOf = ({ folder }: Pick<RecordingBench, 'folder'>) => join(folder, 'launches');

async function openWindow(besides?: RecordingBench): Promise<Window> {
  const bench = await openBench(besides ? { besides } : {});
  const follower = createLaunchFollower({
    ...{ folder: launchesOf(bench), commands: bench.commands, store: bench.store, now: Date.now },
    isTrusted: bench.workspace.isTrusted,
    pressCtrlC: async () => false,
    onError: (what, error) => {
      throw new Error(what, { cause: error });
    },
  });
  onTestFinished(() => follower.close());
  const close = async () => {
    await follower.close();
    await bench.recorder.endAll({ kind: 'lost' });
    await bench.store.close();
  };
  return { ...bench, follower, close };
}

async function startIn(window: RecordingBench): Promise<Launched> {
  window.write('train.py', program);
  return launch(launchesOf(window), runId, window.root, {
    kind: 'direct',
    words: ['python3', 'train.py', '--lr', '0.1'],
  });
}

const allow = (window: RecordingBench, epoch: number) => window.write(`go${epoch}`, '');
const untilCount = (window: RecordingBench, count: number) =>
  soon(async () =>
    expect((await window.store.getRun(runId))?.metrics).toMatchObject([
      { key: 'loss', count },
      { key: 'val_acc', count },
    ]),
  );

async function expectWhole(window: RecordingBench): Promise<void> {
  await soon(async () =>
    expect(await window.onlyRun()).toMatchObject({
      id: runId,
      status: 'failed',
      exitCode: 3,
      params: [{ key: 'lr', value: '0.1', origin: 'argv' }],
      source: { kind: 'launch', commandLine: 'python3 train.py --lr 0.1', script: 'train.py' },
    }),
  );
  const { steps, values } = await window.store.readSeries(runId, 'loss');
  expect([...steps]).toEqual([1, 2, 3, 4, 5]);
  expect([...values]).toEqual([1, 1 / 2, 1 / 3, 1 / 4, 1 / 5]);
  const printed = readFileSync(join(window.root, 'printed'), 'utf8');
  expect(new TextDecoder().decode(await window.store.readLog(runId))).toBe(printed);
  await soon(async () => expect(existsSync(join(launchesOf(window), runId))).toBe(false));
}

test('a program goes on from window to window, and its run with it', async () => {
  const first = await openWindow();
  await startIn(first);
  first.follower.expect();
  allow(first, 1);
  allow(first, 2);
  await untilCount(first, 2);
  const { startedAtMs } = await first.onlyRun();
  await first.close();
  // No window is open for this one.
  allow(first, 3);
  const second = await openWindow(first);
  await untilCount(second, 3);
  expect(await second.onlyRun()).toMatchObject({ status: 'running', startedAtMs });
  expect(second.recorder.stopper(runId)).toBeDefined();
  allow(second, 4);
  await untilCount(second, 4);
  await second.close();
  const third = await openWindow(second);
  allow(third, 5);
  await expectWhole(third);
});

test('what ends while no window is open is recorded by the next, with its times', async () => {
  const first = await openWindow();
  const { paths, ended } = await startIn(first);
  first.follower.expect();
  allow(first, 1);
  await untilCount(first, 1);
  await first.close();
  allow(first, 2);
  await soon(async () => expect(readFileSync(paths.output, 'utf8')).toContain('epoch 2'));
  await new Promise((resolve) => setTimeout(resolve, 1_300));
  for (const epoch of [3, 4, 5]) allow(first, epoch);
  await ended;
  const endedAtMs = Date.now();
  await new Promise((resolve) => setTimeout(resolve, 600));
  const second = await openWindow(first);
  await expectWhole(second);
  const run = await second.onlyRun();
  expect(run.endedAtMs).toBeLessThanOrEqual(endedAtMs);
  const { timesMs } = await second.store.readSeries(runId, 'loss');
  expect((timesMs[4] ?? 0) - (timesMs[1] ?? 0)).toBeGreaterThan(1_000);
  expect(timesMs[4]).toBeLessThanOrEqual(run.endedAtMs ?? 0);
});

test('of two windows one records, and the other goes on when it closes', async () => {
  const first = await openWindow();
  await startIn(first);
  first.follower.expect();
  allow(first, 1);
  await untilCount(first, 1);
  const second = await openWindow(first);
  second.follower.expect();
  await untilCount(second, 1);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(second.recorder.stopper(runId)).toBeUndefined();
  await first.close();
  second.follower.expect();
  for (const epoch of [2, 3, 4, 5]) allow(second, epoch);
  await expectWhole(second);
});

test('a window can stop what another one records, and starts what runs once', async () => {
  const first = await openWindow();
  await startIn(first);
  first.follower.expect();
  allow(first, 1);
  await untilCount(first, 1);
  const second = await openBench({ besides: first });
  const launches = createLaunches({
    ...{ storeFolder: first.folder, launcherPath: await builtLauncher(), now: Date.now },
    ...{ commands: second.commands, store: second.store, isTrusted: () => true },
    pressCtrlC: async () => false,
    onError: (what, error) => {
      throw new Error(what, { cause: error });
    },
  });
  onTestFinished(() => launches.close());
  await launches.stopper(runId)?.interrupt();
  await soon(async () => expect((await first.onlyRun()).status).toBe('killed'));
  await soon(async () => expect(launches.stopper(runId)).toBeUndefined());

  const program = { kind: 'direct', words: ['sh', '-c', 'echo loss=1'] } as const;
  const command = await launches.prepare({ commandLine: 'fit', cwd: first.root, program });
  launches.expect();
  for (let time = 0; time < 2; time++) spawnSync(process.execPath, [...command]);
  await soon(async () =>
    expect((await second.store.listRuns()).map(({ status }) => status)).toEqual([
      'finished',
      'killed',
    ]),
  );
});

test('a program whose launcher was killed is interrupted, with what it had', async () => {
  const window = await openWindow();
  const { process: launcher } = await startIn(window);
  window.follower.expect();
  allow(window, 1);
  await untilCount(window, 1);
  launcher.kill('SIGKILL');
  await soon(async () => expect((await window.onlyRun()).status).toBe('interrupted'));
  expect((await window.onlyRun()).metrics).toMatchObject([{ last: 1 }, { last: 0.1 }]);
  await soon(async () => expect(existsSync(join(launchesOf(window), runId))).toBe(false));
});

test('what was asked for and never started is forgotten, and what is no launch is left alone', async () => {
  const bench = await openBench();
  const old = launchPaths(join(launchesOf(bench), 'old-one'));
  mkdirSync(old.folder, { recursive: true });
  writeJson(old.request, { commandLine: 'x', cwd: '/', program: { kind: 'direct', words: ['x'] } });
  utimesSync(old.folder, new Date(0), new Date(0));
  writeFileSync(join(launchesOf(bench), 'note.txt'), 'mine');
  await openWindow(bench);
  await soon(async () => expect(existsSync(old.folder)).toBe(false));
  expect(existsSync(join(launchesOf(bench), 'note.txt'))).toBe(true);
});

test('what could not be recorded to its end is left to the next window', async () => {
  const first = await openWindow();
  await startIn(first);
  first.follower.expect();
  allow(first, 1);
  await untilCount(first, 1);
  first.store.commit = () => Promise.reject(new Error('no room'));
  for (const epoch of [2, 3, 4, 5]) allow(first, epoch);
  await soon(async () => expect(first.recorder.activeRuns()).toEqual([]));
  await first.close();
  await expectWhole(await openWindow(first));
});
