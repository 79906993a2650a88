import type { FirstLines } from '../../src/core/chart/firstLines';
import type { LineRanges, LinesRequest, WantedLines } from '../../src/core/chart/linesRequest';
import { type PackedLines, unpackLines } from '../../src/core/series/packedLines';
import type { SeriesPart } from '../../src/core/series/seriesBatch';

/** Reads lines in the order in which they are wanted. */
export type LineReader = (request: LinesRequest) => Promise<readonly SeriesPart[]>;

interface Waiting {
  readonly request: LinesRequest;
  readonly resolve: (lines: readonly SeriesPart[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Puts what is asked for in one moment, by cards that do not know of each other, into one call.
 *
 * @param first what was asked for before, and answers the first call if it holds all that it wants.
 */
export function createLineReader(
  read: (request: LinesRequest) => Promise<PackedLines>,
  first?: Promise<FirstLines | undefined>,
): LineReader {
  let waiting: Waiting[] = [];
  let ahead = first;
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
    const known = ahead;
    // What comes later must be as the record is then.
    ahead = undefined;
    for (const group of groups.values()) void readGroup(group, known);
  }

  async function readGroup(
    group: readonly Waiting[],
    known: Promise<FirstLines | undefined> | undefined,
  ): Promise<void> {
    try {
      const request = mergeRequests(group.map((each) => each.request));
      // If it failed, what is asked now says why.
      const before = await known?.catch(() => undefined);
      const lines = (before && takeLines(before, request)) ?? unpackLines(await read(request));
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

/** The wanted lines out of those that were read before; undefined unless they are all there, as fine. */
function takeLines(
  { request: had, lines }: FirstLines,
  { wanted, buckets, within }: LinesRequest,
): readonly SeriesPart[] | undefined {
  if (within !== undefined || buckets === 0 || had.buckets < buckets) return undefined;
  const parts = unpackLines(lines);
  const known = new Map<string, SeriesPart | undefined>();
  let at = 0;
  for (const { key, runIds } of had.wanted) {
    for (const runId of runIds) known.set(`${runId} ${key}`, parts[at++]);
  }
  const taken: SeriesPart[] = [];
  for (const { key, runIds } of wanted) {
    for (const runId of runIds) {
      const part = known.get(`${runId} ${key}`);
      if (part === undefined) return undefined;
      taken.push(part);
    }
  }
  return taken;
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
