import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createGatherer } from '../../../webviews/shared/search/gatherer';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('does the first at once, and of those that follow soon only the last, after the rest', () => {
  const done: string[] = [];
  const gatherer = createGatherer(60);
  for (const each of ['v', 'va', 'val']) gatherer.request(() => done.push(each));
  expect(done).toEqual(['v']);
  vi.advanceTimersByTime(60);
  expect(done).toEqual(['v', 'val']);
  // What was done late is followed by a rest too.
  gatherer.request(() => done.push('vali'));
  expect(done).toEqual(['v', 'val']);
  vi.advanceTimersByTime(200);
  gatherer.request(() => done.push('valid'));
  expect(done).toEqual(['v', 'val', 'vali', 'valid']);
});

test('does nothing more once stopped', () => {
  const done: string[] = [];
  const gatherer = createGatherer(60);
  for (const each of ['a', 'b']) gatherer.request(() => done.push(each));
  gatherer.stop();
  vi.advanceTimersByTime(500);
  expect(done).toEqual(['a']);
});
