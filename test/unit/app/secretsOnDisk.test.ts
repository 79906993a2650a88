import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { secretMark } from '../../../src/core/secrets/secretMark';
import { hexKey, jwt, pemBody, pemKey, random, shapedSecrets } from '../secrets/fakeSecrets';
import { exited, openBench, type RecordingBench } from './recordingBench';

/** Everything that the store wrote, and of what is compressed also what it holds. */
function rawFiles(folder: string): readonly (readonly [file: string, bytes: Buffer])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .flatMap((file) => {
      const bytes = readFileSync(join(folder, file));
      return file.endsWith('.z')
        ? [[file, bytes] as const, [`${file}, inflated`, inflateSync(bytes)] as const]
        : [[file, bytes] as const];
    });
}

function filesWith({ folder }: RecordingBench, secrets: readonly string[]): readonly string[] {
  return rawFiles(folder).flatMap(([file, bytes]) =>
    secrets.filter((secret) => bytes.includes(secret)).map((secret) => `${secret} in ${file}`),
  );
}

const shaped = shapedSecrets.map((parts) => parts.join(''));

const commandLine = [
  `WANDB_API_KEY=${hexKey} HF_TOKEN="tiger-one" python train.py --lr 0.1 --width 8`,
  '--api-key tiger-two --hub_token=tiger-three "--password=tiger four" auth.secret=tiger-five',
  `--db postgres://me:tiger-six@host/db --header 'Authorization: Bearer tiger-seven'`,
  ...shaped.map((secret, index) => `--x${index} ${secret}`),
].join(' ');

const output = [
  'epoch 1 loss=0.5\r\n',
  "Config: {'api_key': 'tiger-eight', 'lr': 0.1}\r\n",
  'api_key: tiger-nine\r\nhub_token=tiger-ten seed=42\r\n',
  '\u001b[1mtoken\u001b[0m=\u001b[33mtiger-eleven-12\u001b[0m\r\n',
  ...shaped.map((secret, index) => `${index}%|█ |\r${secret}\r\n`),
  `${pemKey.replaceAll('\n', '\r\n')}\r\n`,
  'epoch 2 loss=0.25\r\nand the last password=tiger-twelve',
].join('');

const secrets = ['tiger', hexKey, random(20), jwt.slice(3), pemBody.slice(0, 20), ...shaped];

test('no raw file of a store has a secret of a command, its params or its output', async () => {
  const bench = await openBench();
  bench.write('train.py', 'import torch\n');
  const pieces = output.match(/[\s\S]{1,7}/g) ?? [];
  expect(await bench.play(commandLine, pieces, exited(0))).toBe(true);
  // What no recorder cuts short is masked at the door of the store.
  const { id } = await bench.onlyRun();
  await bench.store.commit([
    {
      kind: 'paramsAdded',
      runId: id,
      params: [{ key: 'secret_key', value: 'tiger', origin: 'client' }],
    },
  ]);
  const whole = filesWith(bench, secrets);
  const { source, params, metrics } = await bench.onlyRun();
  const log = Buffer.from(await bench.store.readLog(id)).toString();
  await bench.store.close();

  expect(whole).toEqual([]);
  expect(filesWith(bench, secrets)).toEqual([]);
  // What is not secret is there, so that the files that were searched are those.
  expect(filesWith(bench, ['--width 8']).join()).toMatch(/journal.*store\.db|store\.db.*journal/s);
  expect(filesWith(bench, ['and the last password=']).join()).toMatch(/logs/);
  expect(source).toMatchObject({ commandLine: expect.stringContaining(`--api-key ${secretMark}`) });
  expect(params).toContainEqual({ key: 'width', value: '8', origin: 'argv' });
  expect(params).toContainEqual({ key: 'secret_key', value: secretMark, origin: 'client' });
  expect(metrics).toMatchObject([{ key: 'loss', count: 2 }]);
  expect(log).toContain(`epoch 2 loss=0.25\r\nand the last password=${secretMark}`);
});

test('a secret that a chunk cuts at any place does not get into the log', async () => {
  const secret = shaped[0] ?? '';
  const line = `epoch 1 loss=0.5 token=${secret} done\r\n`;
  for (let at = 0; at <= line.length; at += 7) {
    const bench = await openBench();
    const handle = bench.commands.start('python train.py', bench.root);
    for (const piece of [line.slice(0, at), line.slice(at)]) {
      handle?.push(piece);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await handle?.end(exited(0));
    const log = Buffer.from(await bench.store.readLog((await bench.onlyRun()).id)).toString();
    expect(log).toBe(`epoch 1 loss=0.5 token=${secretMark} done\r\n`);
    expect(filesWith(bench, [secret.slice(4, 16), secret.slice(-12)])).toEqual([]);
    await bench.store.close();
  }
});
