import { assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatMark, secondsTicks } from '../../../webviews/shared/chart/timeAxis';

const label = (seconds: number, spanSeconds: number) =>
  formatMark('relativeTime', seconds, spanSeconds);

describe('the marks of a time axis', () => {
  it.each([
    [0, 60, '0 s'],
    [90, 300, '1 min 30 s'],
    [65.5, 4, '65.5 s'],
    [3600, 60, '1:00:00'],
    [3610, 60, '1:00:10'],
    [3600, 7200, '1 h'],
    [95_400, 9000, '26 h 30 min'],
    [93_600, 200_000, '1 d 2 h'],
    [-3610, 60, '−1:00:10'],
  ])('%d s on an axis of %d s is %s', (seconds, span, text) => {
    expect(label(seconds, span)).toBe(text);
  });

  it('are told apart, wherever the axis begins and however short it is', () => {
    assert(
      property(
        double({ min: 0, max: 5e6, noNaN: true }),
        integer({ min: 1, max: 5_000_000 }),
        (min, span) => {
          const marks = secondsTicks(min, min + span, 6).map((seconds) => label(seconds, span));
          expect(new Set(marks).size).toBe(marks.length);
        },
      ),
    );
  });
});
