import { expect, test, vi } from 'vitest';
import { createPins } from '../../../src/app/pins';
import { createMemory } from './createMemory';

test('what is pinned is so in the next window, in the order in which it was', () => {
  const memory = createMemory();
  const pins = createPins(memory, vi.fn());
  pins.set('metrics', 'val_acc', true);
  pins.set('metrics', 'loss', true);
  pins.set('params', 'lr', true);
  expect(createPins(memory, vi.fn()).get()).toEqual({
    metrics: ['val_acc', 'loss'],
    params: ['lr'],
  });
  pins.set('metrics', 'val_acc', false);
  expect(createPins(memory, vi.fn()).get()).toEqual({ metrics: ['loss'], params: ['lr'] });
});

test('tells who listens, once a change', () => {
  const pins = createPins(createMemory(), vi.fn());
  const told = vi.fn();
  const stop = pins.onDidChange(told);
  pins.set('params', 'lr', true);
  pins.set('params', 'lr', true);
  pins.set('params', 'seed', false);
  stop();
  pins.set('params', 'lr', false);
  expect(told.mock.calls).toEqual([[{ metrics: [], params: ['lr'] }]]);
});

test('says what went wrong when it could not be kept', async () => {
  const failed = vi.fn();
  const error = new Error('no room');
  const pins = createPins({ ...createMemory(), update: () => Promise.reject(error) }, failed);
  pins.set('params', 'lr', true);
  await vi.waitFor(() => expect(failed).toHaveBeenCalledWith('Keeping what is pinned', error));
  expect(pins.get().params).toEqual(['lr']);
});
