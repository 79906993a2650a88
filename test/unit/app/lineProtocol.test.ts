import { expect, test } from 'vitest';
import { random } from '../secrets/fakeSecrets';
import { openBench } from './recordingBench';

const secret = `hf_${random(34)}`;

test('what a program reports by the line protocol stands before the same printed', async () => {
  const bench = await openBench();
  await bench.play('./train --lr 1', [
    'epoch 1 loss=0.12 acc=0.5\nepochlog: loss=0.1234567 epoch=1\n',
    'epochlog: param lr=0.1\nepochlog: tag data=v2\nepochlog: name second try\n',
    'epoch 2 loss=0.11 acc=0.6\nepochlog: loss=0.1123456 epoch=2\n',
  ]);
  const run = await bench.onlyRun();
  expect(run).toMatchObject({
    ...{ name: 'second try', tags: { data: 'v2' }, status: 'finished' },
    params: [{ key: 'lr', value: '0.1', origin: 'client' }],
    metrics: [{ key: 'acc', count: 2 }, { key: 'loss' }],
  });
  const { values, steps } = await bench.store.readSeries(run.id, 'loss');
  expect([...values]).toEqual([0.1234567, 0.1123456]);
  expect([...steps]).toEqual([1, 2]);
  expect(bench.advice).toEqual([]);
});

test('a program that reports no metric is a run all the same', async () => {
  const bench = await openBench();
  expect(await bench.play('make data', ['epochlog: param rows=100\n'])).toBe(true);
  expect((await bench.onlyRun()).params).toMatchObject([{ key: 'rows', origin: 'client' }]);
});

test('a malformed line is told of once a run, without the secrets in it', async () => {
  const bench = await openBench();
  const line = `epochlog: {"metrics":{"loss":"${secret}"}}\n`;
  await bench.play('python train.py', [`epoch 1 loss=0.5\n${line}`, line]);
  expect(bench.advice).toHaveLength(1);
  expect(bench.advice[0]).toContain('is no number');
  expect(bench.advice[0]).not.toContain(secret);
});

test('a secret in a name or a tag that a program gives is masked', async () => {
  const bench = await openBench();
  await bench.play('python train.py', [
    `epochlog: loss=1\nepochlog: name ${secret}\nepochlog: tag key=${secret}\n`,
  ]);
  expect(JSON.stringify(await bench.onlyRun())).not.toContain(secret);
});
