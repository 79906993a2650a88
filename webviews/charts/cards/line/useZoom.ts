import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { extendPart } from '../../../../src/core/chart/extendPart';
import { meanSpacing } from '../../../../src/core/chart/smooth';
import type { XAxisKind } from '../../../../src/core/chart/xAxis';
import type { SeriesPart } from '../../../../src/core/series/seriesBatch';
import type { ChartLine } from '../../../shared/chart/chartLine';
import type { Range } from '../../../shared/chart/chartRange';
import type { CardContext } from '../../cardContext';
import type { RunLine } from './useLines';

/** So long the user stays at a range before its points are read: a wheel goes through many. */
const restMs = 120;

/** A part of one line, and the line as it was when the part was read. */
interface FinePart {
  readonly part: SeriesPart;
  readonly of: SeriesPart;
}

interface Zoomed {
  /** What else than the lines decides what is read. */
  readonly readAs: string;
  readonly range: Range;
  readonly parts: ReadonlyMap<string, FinePart>;
}

const noParts: ReadonlyMap<string, FinePart> = new Map();

/**
 * The points of a part of the axis, read anew where what is there was thinned, so that a zoom shows every
 * point of the part that it shows. Of lines that run on, the part gets what comes without being read again.
 * Undefined while there is nothing finer than what is there.
 *
 * @param placed the lines as they lie along the axis, to know which steps or times the part has.
 */
export function useZoom(
  context: CardContext,
  lines: readonly RunLine[] | undefined,
  placed: readonly ChartLine[],
  xAxis: XAxisKind,
  range: Range | undefined,
  buckets: number,
): readonly RunLine[] | undefined {
  const { readLines, attemptRead, view } = context;
  const [zoomed, setZoomed] = useState<Zoomed>();
  const turn = useRef(0);
  const readAs = `${range?.min} ${range?.max} ${xAxis} ${buckets} ${view.smoothing}`;
  const known = zoomed?.readAs === readAs ? zoomed.parts : noParts;

  // What was read for another part is better than nothing only if it holds this one.
  const holds =
    range !== undefined &&
    zoomed !== undefined &&
    zoomed.range.min <= range.min &&
    zoomed.range.max >= range.max;
  const shown = holds ? zoomed.parts : noParts;
  const finer = useMemo(
    () =>
      shown.size === 0
        ? undefined
        : lines?.map((line) => {
            const fine = shown.get(idOf(line));
            return fine === undefined
              ? line
              : { ...line, series: extendPart(fine.part, fine.of, line.series) ?? fine.part };
          }),
    [lines, shown],
  );

  useEffect(() => {
    turn.current += 1;
    const mine = turn.current;
    if (range === undefined || lines === undefined) {
      setZoomed(undefined);
      return;
    }
    const thinned = lines.flatMap((line, at) =>
      line.series.pointCount > line.series.values.length ? [{ line, xs: placed[at]?.xs }] : [],
    );
    const wanted = thinned.filter(({ line }) => {
      const fine = known.get(idOf(line));
      return fine === undefined || extendPart(fine.part, fine.of, line.series) === undefined;
    });
    if (wanted.length === 0) {
      if (thinned.length === 0) setZoomed(undefined);
      return;
    }
    const timer = setTimeout(() => attemptRead(read(range)), restMs);
    return () => clearTimeout(timer);

    async function read(part: Range): Promise<void> {
      const by = xAxis === 'step' || isByStep(thinned) ? 'step' : 'timeMs';
      const bounds = wanted.map(({ line, xs }) =>
        boundsOf(line, xs, withPast(part, line.series, xs, view.smoothing), xAxis, by),
      );
      const fresh = await readLines({
        wanted: wanted.map(({ line: { key, run } }) => ({ key, runIds: [run.runId] })),
        buckets,
        within: { by, from: bounds.map(({ min }) => min), to: bounds.map(({ max }) => max) },
      });
      if (turn.current !== mine) return;
      const parts = new Map(known);
      for (const [at, { line }] of wanted.entries()) {
        const series = fresh[at];
        if (series !== undefined) parts.set(idOf(line), { part: series, of: line.series });
      }
      setZoomed({ readAs, range: part, parts });
    }
  }, [range, lines, xAxis, buckets, view.smoothing]);

  return finer;

  function isByStep(thinned: readonly { readonly line: RunLine }[]): boolean {
    return xAxis === 'epoch' && thinned.every(({ line }) => !line.series.steps.some(Number.isNaN));
  }
}

function idOf({ run, key }: RunLine): string {
  return `${run.runId} ${key}`;
}

/** A smoothed line needs what came before: so much that what is left out weighs less than one in a hundred. */
function withPast(
  part: Range,
  series: SeriesPart,
  xs: Float64Array | undefined,
  weight: number,
): Range {
  if (!(weight > 0) || xs === undefined) return part;
  const points = Math.log(0.01) / Math.log(weight);
  return { ...part, min: part.min - points * meanSpacing(xs, series.pointCount) };
}

/** The part of the axis as steps or times of one line. */
function boundsOf(
  { run, series }: RunLine,
  xs: Float64Array | undefined,
  { min, max }: Range,
  xAxis: XAxisKind,
  by: 'step' | 'timeMs',
): Range {
  switch (xAxis) {
    case 'step':
    case 'wallTime':
      return { min, max };
    case 'relativeTime':
      return { min: run.startedAtMs + min * 1000, max: run.startedAtMs + max * 1000 };
    case 'epoch':
      return placesWithin(xs, by === 'step' ? series.steps : series.timesMs, min, max);
  }
}

/** From the last known place before the part to the first one behind it. */
function placesWithin(
  xs: Float64Array | undefined,
  places: Float64Array,
  min: number,
  max: number,
): Range {
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  for (const [index, x] of (xs ?? []).entries()) {
    const place = places[index] as number;
    if (x < min && place > from) from = place;
    if (x > max && place < to) to = place;
  }
  return { min: from, max: to };
}
