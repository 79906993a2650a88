import { expect, test } from 'vitest';
import { describeResult } from '../../../src/core/present/describeResult';
import { makeMetric, makeRun } from '../run/runs';

const run = (key: string, last: number) => makeRun({ metrics: [makeMetric(key, last)] });
const textOf = (key: string, last: number, before?: number) =>
  describeResult(run(key, last), before === undefined ? undefined : run(key, before));

test.each([
  ['the first run', 'val_acc', 0.97, undefined, 'val_acc 0.97'],
  ['higher where high is better', 'val_acc', 0.97, 0.96, 'val_acc 0.97 ▲ +0.01 better'],
  ['lower where high is better', 'val_acc', 0.95, 0.96, 'val_acc 0.95 ▼ −0.01 worse'],
  ['lower where low is better', 'val_loss', 0.2, 0.25, 'val_loss 0.2 ▼ −0.05 better'],
  ['higher where low is better', 'val_loss', 3, 1, 'val_loss 3 ▲ +2 worse'],
  ['no direction', 'reads', 3, 1, 'reads 3 ▲ +2'],
  ['the same', 'val_acc', 0.5, 0.5, 'val_acc 0.5 (unchanged)'],
  ['zero of either sign', 'val_loss', 0, -0, 'val_loss 0 (unchanged)'],
  ['one that diverged', 'loss', Number.NaN, 0.5, 'loss NaN'],
  ['one after one that diverged', 'loss', 0.5, Number.NaN, 'loss 0.5'],
  ['two that diverged', 'loss', Number.NaN, Number.NaN, 'loss NaN (unchanged)'],
  ['one that overflowed', 'loss', Number.POSITIVE_INFINITY, 1, 'loss ∞ ▲ +∞ worse'],
  [
    'two that overflowed',
    'loss',
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    'loss ∞ (unchanged)',
  ],
] as const)('%s', (_name, key, last, before, text) => {
  expect(textOf(key, last, before)).toBe(text);
});

test('a run before without that metric is nothing to hold it against', () => {
  expect(describeResult(run('val_acc', 0.9), run('loss', 1))).toBe('val_acc 0.9');
});

test.each([
  ['running', 'running…'],
  ['failed', 'last run failed'],
  ['killed', 'last run killed'],
  ['interrupted', 'last run interrupted'],
  ['finished', 'last run finished'],
] as const)('a run without a metric that is %s', (status, text) => {
  expect(describeResult(makeRun({ status }), run('loss', 1))).toBe(text);
});
