import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { connectWorker } from '../../../src/app/workerConnection';
import { makeWorkspaceFolder } from './recordingBench';

interface Echo {
  echo(text: string): string;
  wait(): Promise<void>;
  die(): void;
  fail(): void;
}

let bundle = '';

beforeAll(() => {
  const contents = `
    import { serveWorker } from './src/app/serveWorker';
    import { UserError } from './src/core/userError';
    serveWorker({
      echo: (text) => text,
      wait: () => new Promise(() => undefined),
      die: () => process.exit(3),
      fail: () => { throw new UserError('Do this.'); },
    });`;
  const built = buildSync({
    stdin: { contents, resolveDir: process.cwd(), loader: 'ts' },
    ...{ bundle: true, platform: 'node', format: 'cjs', write: false },
  });
  bundle = built.outputFiles[0]?.text ?? '';
});

function connect() {
  const path = join(makeWorkspaceFolder(), 'worker.js');
  writeFileSync(path, bundle);
  const connection = connectWorker<Echo>(path);
  onTestFinished(() => connection.dispose());
  return connection;
}

test('a worker answers, many calls at once, and its errors keep name and message', async () => {
  const { remote } = connect();
  const texts = Array.from({ length: 50 }, (_, index) => `${index}`);
  expect(await Promise.all(texts.map((text) => remote.echo(text)))).toEqual(texts);
  await expect(remote.fail()).rejects.toMatchObject({ name: 'UserError', message: 'Do this.' });
  expect(await remote.echo('again')).toBe('again');
});

test('a worker that dies rejects what is open', async () => {
  const { remote } = connect();
  const open = remote.wait();
  await remote.echo('started');
  await expect(Promise.all([open, remote.die()])).rejects.toThrow('The connection was closed');
});

test('a worker that cannot be started rejects the call and ends nothing else', async () => {
  const { remote } = connectWorker<Echo>(join(makeWorkspaceFolder(), 'not-there.js'));
  await expect(remote.echo('x')).rejects.toThrow('The connection was closed');
});

test('disposing rejects what is open, and a worker never needed is never started', async () => {
  const connection = connect();
  const open = connection.remote.wait();
  await connection.remote.echo('started');
  const [result] = await Promise.allSettled([open, connection.dispose()]);
  expect(result.status).toBe('rejected');
  await connectWorker(join(makeWorkspaceFolder(), 'not-there.js')).dispose();
});
