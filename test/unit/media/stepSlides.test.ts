import { expect, it } from 'vitest';
import { placeOfStep, stepAtPlace } from '../../../src/core/media/stepSlides';

const steps = [undefined, 0, 100, 200];

it('shows the chosen step, also where others came between; without a choice the last', () => {
  expect(placeOfStep(steps, undefined)).toBe(3);
  expect(placeOfStep(steps, 100)).toBe(2);
  expect(placeOfStep([0, 50, 100, 150, 200, 300], 100)).toBe(2);
  expect(placeOfStep(steps, 'none')).toBe(0);
  // A view of other runs: what they had logged by then, else their first.
  expect(placeOfStep([0, 90, 180], 100)).toBe(1);
  expect(placeOfStep([150, 180], 100)).toBe(0);
  expect(placeOfStep([], 100)).toBe(-1);
});

it('keeps a chosen step, and follows those to come from the last one', () => {
  expect([0, 1, 2, 3].map((at) => stepAtPlace(steps, at))).toEqual(['none', 0, 100, undefined]);
});
