import { toStableMedium } from '../notebook/normalizeOutput';

const seconds = 'n?s|[muµμ]s|ms|secs?|seconds?|mins?|minutes?|hours?|hrs?|h';

/**
 * Pattern → replacement, beside those for the outputs of notebooks. Each is bounded, so that a long line
 * cannot make it slow, and asks for a unit, a clock or a word that says what the number is: a loss must
 * never be folded.
 */
const volatile: readonly (readonly [RegExp, string])[] = [
  // Dates with a time: Python's logging, ISO 8601, syslog's month and day.
  [
    /\b\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?/g,
    '<time>',
  ],
  [/\b(?:[A-Z][a-z]{2} )?[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d(?: \d{4})?/g, '<time>'],
  // A time of day, or a clock that counts: 00:12, 1:02:03.5.
  [/(?<![\d:.])\d{1,3}:\d\d(?::\d\d)?(?:[.,]\d{1,9})?(?![\d:])/g, '<time>'],
  // 12.3s, 350 ms, 4 min 5 s, 12ms/step; also with what stands per step.
  [
    new RegExp(
      `(?<![\\w.])\\d{1,12}(?:[.,]\\d{1,9})?(?:e[+-]?\\d{1,3})? ?(?:${seconds})(?![\\w])`,
      'g',
    ),
    '<duration>',
  ],
  // 3.21it/s, 1,024 samples/sec, 5.1 MB/s.
  [/(?<![\w.])\d[\d.,]{0,20} ?[a-zA-Z]{0,12}\/(?:s|sec|second)\b/g, '<rate>'],
  // elapsed: 3.2, time=1.23, eta 12, "train_runtime": 12.3, 'train_samples_per_second': 4.5
  [
    /\b((?:[a-z]{1,12}_)?(?:elapsed|time|duration|runtime|eta|took|latency)(?:_?(?:s|ms|sec|seconds))?['"]?(?: ?[:=] ?| ))\d[\d.,:e+-]{0,24}/gi,
    '$1<duration>',
  ],
  [/\b([a-z_]{1,30}_per_(?:second|sec)['"]?(?: ?[:=] ?| ))\d[\d.,e+-]{0,24}/gi, '$1<rate>'],
  // Process ids and ports.
  [/\b(pid|process|port)([ =:#]{1,3})\d{1,10}\b/gi, '$1$2<id>'],
];

/** A line of a log without what is another in each run: times, durations, rates, addresses, ids. */
export function foldVolatile(line: string): string {
  // Without a digit nothing of it can be meant.
  if (!/\d/.test(line)) return line.trimEnd();
  return volatile.reduce(
    (text, [pattern, to]) => text.replace(pattern, to),
    toStableMedium(line, 'text/plain'),
  );
}
