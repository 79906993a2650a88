import type { LeftOutReason } from './leaderboard';

/** Of one run, and of several. */
const words: Readonly<Record<LeftOutReason, readonly [one: string, several: string]>> = {
  otherData: ['read other data', 'read other data'],
  noData: [
    'has no known data: no file that it read was seen',
    'have no known data: no file that they read was seen',
  ],
  dataNotRead: [
    'has no known data: what it read could not be hashed',
    'have no known data: what they read could not be hashed',
  ],
  metricMissing: ['does not have the metric', 'do not have the metric'],
  notANumber: [
    'ended with a value that is no finite number',
    'ended with a value that is no finite number',
  ],
  hasParts: [
    'has parts, which are ranked by themselves',
    'have parts, which are ranked by themselves',
  ],
  running: ['is still running', 'are still running'],
  failed: ['failed', 'failed'],
  killed: ['was killed', 'were killed'],
  interrupted: ['was interrupted', 'were interrupted'],
};

// SAFETY: the keys of the record are the reasons.
/** In the order in which they are said. */
export const leftOutReasons = Object.keys(words) as readonly LeftOutReason[];

/** Why so many runs are not ranked: what follows after `3 runs`. */
export function describeLeftOut(reason: LeftOutReason, count: number): string {
  return words[reason][count === 1 ? 0 : 1];
}
