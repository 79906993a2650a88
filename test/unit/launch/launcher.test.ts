import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readEnd, readStart } from '../../../src/app/launch/launchFolder';
import { launchStopper } from '../../../src/app/launch/launchStopper';
import { makeWorkspaceFolder, soon } from '../app/recordingBench';
import { builtLauncher, hasTerminals, launch, shell } from './launcherProcess';

const output = (path: string) => readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
const realPython = String(
  spawnSync('python3', ['-c', 'import sys; print(sys.executable)']).stdout,
).trim();
const noCtrlC = async () => false;
const python = (code: string) => ({ kind: 'direct', words: ['python3', '-c', code] }) as const;

describe.skipIf(!hasTerminals)('in a terminal of its own', () => {
  test('a program has a real one, its words as they are, and the exit code is kept', async () => {
    const folder = makeWorkspaceFolder();
    const code =
      'import sys, json; print(json.dumps([sys.stdout.isatty(), *sys.argv[1:]])); sys.exit(7)';
    const words = ['a b', '"; touch bad; "', "$HOME 'x'", '`id`', '', '-n', 'größe\n2'];
    const program = { kind: 'direct', words: ['python3', '-c', code, ...words] } as const;
    const { paths, ended, shown } = await launch(folder, 'r1', folder, program);
    expect(await ended).toBe(0);
    expect(JSON.parse(output(paths.output))).toEqual([true, ...words]);
    expect(existsSync(join(folder, 'bad'))).toBe(false);
    expect(readEnd(paths.end)).toMatchObject({ exitCode: 7 });
    expect(shown()).toContain('Ended with exit code 7.');
    expect(readStart(paths.start)).toMatchObject({ cwd: folder });
  });

  test('nothing of the launcher is in its environment', async () => {
    const folder = makeWorkspaceFolder();
    const { paths, ended } = await launch(folder, 'r1', folder, shell('env'), {
      ELECTRON_RUN_AS_NODE: '1',
      SHELL: '/bin/bash',
    });
    await ended;
    expect(output(paths.output)).not.toMatch(/EPOCHLOG|ELECTRON/);
    expect(output(paths.output)).toContain('SHELL=/bin/bash');
  });

  test('it ends by Ctrl+C, and by force where it does not', async () => {
    const folder = makeWorkspaceFolder();
    const polite = await launch(
      folder,
      'r1',
      folder,
      python('import time; print("up", flush=True); time.sleep(60)'),
    );
    await soon(async () => expect(output(polite.paths.output)).toContain('up'));
    const start = readStart(polite.paths.start);
    if (!start) throw new Error('it has started');
    await launchStopper(polite.paths, start, noCtrlC).interrupt();
    await polite.ended;
    expect(output(polite.paths.output)).toContain('KeyboardInterrupt');
    expect(readEnd(polite.paths.end)?.exitCode).toBe(130);

    const stubborn = await launch(
      folder,
      'r2',
      folder,
      shell(`trap 'echo not yet' INT; echo up; while true; do sleep 0.1; done`),
    );
    await soon(async () => expect(output(stubborn.paths.output)).toContain('up'));
    const stopper = launchStopper(stubborn.paths, { pid: stubborn.process.pid ?? 0 }, noCtrlC);
    await stopper.interrupt();
    await soon(async () => expect(output(stubborn.paths.output)).toContain('not yet'));
    await stopper.kill?.();
    await stubborn.ended;
    expect(readEnd(stubborn.paths.end)?.exitCode).toBe(137);
  });
});

test.skipIf(!hasTerminals)('a terminal that closes takes its program along', async () => {
  const folder = makeWorkspaceFolder();
  const {
    paths,
    process: launcher,
    ended,
  } = await launch(
    folder,
    'r1',
    folder,
    python('import time; print("up", flush=True); time.sleep(60)'),
  );
  await soon(async () => expect(output(paths.output)).toContain('up'));
  launcher.kill('SIGHUP');
  await ended;
  expect(readEnd(paths.end)?.exitCode).toBe(129);
});

test('without `script` it prints through a pipe, at once', async () => {
  const folder = makeWorkspaceFolder();
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const code =
    'import sys, time; print(sys.stdout.isatty()); time.sleep(1.5); print("late"); sys.exit(3)';
  writeFileSync(join(folder, 'p.py'), code);
  symlinkSync('/bin/bash', join(bin, 'bash'));
  const { paths, ended } = await launch(folder, 'r1', folder, shell(`${realPython} p.py`), {
    PATH: bin,
  });
  await soon(async () => expect(output(paths.output)).toBe('False\n'));
  await ended;
  expect(output(paths.output)).toBe('False\nlate\n');
  expect(readEnd(paths.end)?.exitCode).toBe(3);
});

test('a program that is not there is said as a shell says it', async () => {
  const folder = makeWorkspaceFolder();
  const { paths, ended } = await launch(folder, 'r1', folder, {
    kind: 'direct',
    words: ['no-such'],
  });
  await ended;
  expect(readEnd(paths.end)?.exitCode).toBe(127);
  expect(output(paths.output)).toContain('no-such');
});

test('no secret gets to the disk, and nothing is started twice', async () => {
  const folder = makeWorkspaceFolder();
  const secret = ['hf', 'abcdefghijklmnopqrstuvwxyzABCDEFGH'].join('_');
  const first = await launch(
    folder,
    'r1',
    folder,
    shell(`echo a >> runs; echo --token ${secret}; sleep 0.2`),
  );
  await first.ended;
  expect(first.shown()).toContain(secret);
  for (const path of Object.values(first.paths)) {
    if (path !== first.paths.folder && existsSync(path)) {
      expect(readFileSync(path, 'utf8')).not.toContain('abcdefghijkl');
    }
  }
  expect(output(first.paths.output)).toBe('--token ••••\n');
  const again = spawnSync(process.execPath, [await builtLauncher(), 'run', first.paths.folder]);
  expect(String(again.stdout)).toContain('has been started already');
  expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('a\n');
});
