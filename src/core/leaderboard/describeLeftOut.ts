import type { LeftOutReason } from './leaderboard';

/** Why runs are not ranked, in the order in which it is said. */
export const leftOutWords: Readonly<Record<LeftOutReason, string>> = {
  otherData: 'read other data',
  noData: 'no data known: no file that they read was seen',
  dataNotRead: 'data not known: what they read could not be hashed',
  metricMissing: 'do not have the metric',
  notANumber: 'ended with a value that is no finite number',
  hasParts: 'have parts, which are ranked by themselves',
  running: 'are still running',
  failed: 'failed',
  killed: 'were killed',
  interrupted: 'were interrupted',
};
