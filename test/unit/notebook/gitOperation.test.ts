import { expect, test } from 'vitest';
import { describeGitOperation } from '../../../src/core/notebook/gitOperation';

const a = 'a'.repeat(40);
const who = `${a} ${'b'.repeat(40)} Ada Lovelace <ada@example.org>`;
const at = (seconds: number, message: string) => `${who} ${seconds} +0200\t${message}`;

test.each([
  ['checkout: moving from main to dev', 'git checkout (main → dev)'],
  [`checkout: moving from ${a} to feature/x`, 'git checkout (aaaaaaa → feature/x)'],
  ['reset: moving to HEAD~1', 'git reset (HEAD~1)'],
  ['merge origin/main: Fast-forward', 'git merge (origin/main)'],
  ['pull --ff-only: Fast-forward', 'git pull'],
  ['rebase (finish): returning to refs/heads/dev', 'git rebase'],
  ['commit: pull: all of it', undefined],
])('%s', (message, operation) => {
  expect(describeGitOperation(`${at(1000, message)}\n`, 1_000_500)).toBe(operation);
});

test('only what git did at the time of the change counts', () => {
  const log = [at(900, 'reset: moving to HEAD'), at(1005, 'checkout: moving from a to b')].join(
    '\n',
  );
  expect(describeGitOperation(log, 1_000_000)).toBe('git checkout (a → b)');
  expect(describeGitOperation(log, 1_020_000)).toBeUndefined();
  expect(describeGitOperation(log, 901_500)).toBe('git reset (HEAD)');
  expect(describeGitOperation('', 1_000_000)).toBeUndefined();
  expect(describeGitOperation(log.slice(70), 901_500)).toBe('git reset (HEAD)');
});
