import type { LineRanges, LinesRequest, WantedLines } from '../../src/core/chart/linesRequest';
import {
  type SeriesBatch,
  type SeriesPart,
  splitSeriesBatch,
} from '../../src/core/series/seriesBatch';

/** Reads lines in the order in which they are wanted. */
export type LineReader = (request: LinesRequest) => Promise<readonly SeriesPart[]>;

interface Waiting {
  readonly request: LinesRequest;
  readonly resolve: (lines: readonly SeriesPart[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Puts what is asked for in one moment, by cards that do not know of each other, into one call. */
export function createLineReader(
  read: (request: LinesRequest) => Promise<SeriesBatch>,
): LineReader {
  let waiting: Waiting[] = [];
  return (request) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) queueMicrotask(readAll);
      waiting.push({ request, resolve, reject });
    });

  function readAll(): void {
    const all = waiting;
    waiting = [];
    const groups = new Map<string, Waiting[]>();
    for (const each of all) {
      const like = likeness(each.request);
      const group = groups.get(like);
      if (group) group.push(each);
      else groups.set(like, [each]);
    }
    for (const group of groups.values()) void readGroup(group);
  }

  async function readGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const lines = splitSeriesBatch(
        await read(mergeRequests(group.map(({ request }) => request))),
      );
      let start = 0;
      for (const { request, resolve } of group) {
        const end = start + lineCount(request.wanted);
        resolve(lines.slice(start, end));
        start = end;
      }
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

function likeness({ buckets, within }: LinesRequest): string {
  return `${buckets} ${within?.by ?? ''}`;
}

function lineCount(wanted: readonly WantedLines[]): number {
  return wanted.reduce((sum, { runIds }) => sum + runIds.length, 0);
}

function mergeRequests(requests: readonly LinesRequest[]): LinesRequest {
  const [first] = requests;
  if (first === undefined || requests.length === 1) return first ?? { wanted: [], buckets: 0 };
  const ranges = requests.flatMap(({ within }) => within ?? []);
  const within: LineRanges | undefined = ranges[0] && {
    by: ranges[0].by,
    from: ranges.flatMap(({ from }) => from),
    to: ranges.flatMap(({ to }) => to),
  };
  return {
    wanted: requests.flatMap(({ wanted }) => wanted),
    buckets: first.buckets,
    ...(within === undefined ? {} : { within }),
  };
}
