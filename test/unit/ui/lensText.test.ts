import { expect, test } from 'vitest';
import type { Uri } from 'vscode';
import type { RunId } from '../../../src/core/run/run';
import { lensCommand } from '../../../src/ui/lensText';
import { makeMetric, makeRun } from '../run/runs';

const run = (id: string, acc: number) =>
  makeRun({ id: id as RunId, metrics: [makeMetric('val_acc', acc)] });

test('code that never ran says what will be', () => {
  for (const part of ['result', 'actions'] as const) {
    expect(lensCommand(part, [])).toMatchObject({
      title: '$(record) Epochlog records the next run',
      command: 'epochlog.showRunTable',
    });
  }
});

test('the result of the last run stands against the one before, and opens its page', () => {
  expect(
    lensCommand('result', [run('new', 0.97), run('old', 0.96), run('older', 0.5)]),
  ).toMatchObject({
    title: '$(graph-line) val_acc 0.97 ▲ +0.01 better',
    command: 'epochlog.openRun',
    arguments: [['new']],
  });
});

test('a run that goes on turns', () => {
  const running = makeRun({ status: 'running' });
  expect(lensCommand('result', [running]).title).toBe('$(sync~spin) running…');
});

test('the actions are those of the last run', () => {
  expect(lensCommand('actions', [run('new', 1), run('old', 1)])).toMatchObject({
    title: 'Actions…',
    command: 'epochlog.lensActions',
    arguments: [['new']],
  });
});

test('a file that nothing ran of can be run', () => {
  // SAFETY: it is only handed on.
  const file = {} as Uri;
  expect(lensCommand('run', [], file)).toMatchObject({
    title: '$(play) Run with Epochlog',
    command: 'epochlog.runWithEpochlog',
    arguments: [file],
  });
});

test('what changed is asked of the last run against the one before', () => {
  expect(lensCommand('changes', [run('new', 1), run('old', 1)])).toMatchObject({
    title: '$(git-compare) What changed?',
    command: 'epochlog.compareRuns',
    arguments: [['old', 'new']],
  });
});
