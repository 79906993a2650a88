import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createThrottle } from '../../../src/ui/throttle';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('the first request is served at once, those that follow together', () => {
  const action = vi.fn();
  const throttle = createThrottle(action, 200);
  throttle.request();
  throttle.request();
  expect(action).not.toHaveBeenCalled();
  vi.advanceTimersByTime(0);
  expect(action).toHaveBeenCalledTimes(1);
  for (let at = 0; at < 10; at++) {
    throttle.request();
    vi.advanceTimersByTime(10);
  }
  expect(action).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(100);
  expect(action).toHaveBeenCalledTimes(2);
});

test('none is lost: one that comes while the action runs is served too', () => {
  const seen: number[] = [];
  let state = 1;
  const throttle = createThrottle(() => {
    seen.push(state);
    if (state === 1) {
      state = 2;
      throttle.request();
    }
  }, 200);
  throttle.request();
  vi.runAllTimers();
  expect(seen).toEqual([1, 2]);
});

test('after a rest it is served at once again', () => {
  const action = vi.fn();
  const throttle = createThrottle(action, 200);
  throttle.request();
  vi.advanceTimersByTime(5000);
  throttle.request();
  vi.advanceTimersByTime(0);
  expect(action).toHaveBeenCalledTimes(2);
});

test('it does nothing once disposed', () => {
  const action = vi.fn();
  const throttle = createThrottle(action);
  throttle.request();
  throttle.dispose();
  vi.runAllTimers();
  expect(action).not.toHaveBeenCalled();
});
