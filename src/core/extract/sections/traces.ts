import type { ExtractedMetric } from '../extraction';

/** What one series did within a section. */
export interface Trace {
  /** Whether its places are epochs. */
  readonly isEpoch: boolean;
  readonly firstAt: number;
  readonly lastAt: number;
  /** How often it went on to a later place. */
  readonly increments: number;
  readonly firstValue: number;
  readonly lastValue: number;
  /** How often its value came again, and how far it went up and down in all. */
  readonly moves: number;
  readonly travel: number;
}

/** The traces of a section by the numbers of the series, in columns as each point is noted. */
export interface Traces {
  note(series: number, metric: ExtractedMetric): void;
  get(series: number): Trace | undefined;
  /** How often a series went on to a later place. */
  increments(series: number): number;
  /** Where a series began; NaN for one that has no place. */
  firstAt(series: number): number;
  /** The numbers of the series that have a place. */
  series(): readonly number[];
  /** Goes on with what others tell of the same series. */
  join(other: Traces): void;
  /** Whether any series went on to so many later places. */
  hasSeries(increments: number): boolean;
  /** Whether epochs are counted: steps may restart in each. */
  countsEpochs(): boolean;
}

/** Where a metric stands in its training: the epoch counts more than the step, which it may restart. */
export function placeOf({ epoch, step }: ExtractedMetric): number | undefined {
  return epoch ?? step;
}

const column = { firstAt: 0, lastAt: 1, firstValue: 2, lastValue: 3, travel: 4, moves: 5 } as const;
const COLUMNS = 6;
const FIRST_CAPACITY = 16;

export function createTraces(): Traces {
  // In one array, as numbers that change would be made anew each time in objects.
  let data = new Float64Array(0);
  let counts = new Int32Array(0);
  let kinds = new Uint8Array(0);
  let mostIncrements = 0;
  let hasEpochs = false;

  function grow(series: number): void {
    let capacity = Math.max(FIRST_CAPACITY, kinds.length);
    while (capacity <= series) capacity *= 2;
    const [oldData, oldCounts, oldKinds] = [data, counts, kinds];
    data = new Float64Array(capacity * COLUMNS);
    counts = new Int32Array(capacity);
    kinds = new Uint8Array(capacity);
    data.set(oldData);
    counts.set(oldCounts);
    kinds.set(oldKinds);
  }

  function read(series: number, at: number): number {
    return data[series * COLUMNS + at] ?? Number.NaN;
  }

  function write(series: number, at: number, value: number): void {
    data[series * COLUMNS + at] = value;
  }

  function goOn(series: number, at: number, by: number): void {
    const increments = (counts[series] ?? 0) + by;
    counts[series] = increments;
    write(series, column.lastAt, at);
    if (increments > mostIncrements) mostIncrements = increments;
    if (kinds[series] === kind.epoch) hasEpochs = true;
  }

  const traces: Traces = {
    note(series, metric) {
      const at = placeOf(metric);
      if (at === undefined || Number.isNaN(at)) return;
      if (series >= kinds.length) grow(series);
      const { value, epoch } = metric;
      const own = epoch === undefined ? kind.step : kind.epoch;
      const known = kinds[series];
      if (known === kind.none) {
        kinds[series] = own;
        write(series, column.firstAt, at);
        write(series, column.lastAt, at);
        write(series, column.firstValue, value);
      } else if (known !== own) return;
      else {
        if (at > read(series, column.lastAt)) goOn(series, at, 1);
        const change = Math.abs(value - read(series, column.lastValue));
        write(series, column.travel, read(series, column.travel) + change);
        write(series, column.moves, read(series, column.moves) + 1);
      }
      write(series, column.lastValue, value);
    },
    get(series) {
      if ((kinds[series] ?? kind.none) === kind.none) return undefined;
      return {
        isEpoch: kinds[series] === kind.epoch,
        increments: counts[series] ?? 0,
        ...{ firstAt: read(series, column.firstAt), lastAt: read(series, column.lastAt) },
        firstValue: read(series, column.firstValue),
        lastValue: read(series, column.lastValue),
        ...{ moves: read(series, column.moves), travel: read(series, column.travel) },
      };
    },
    increments: (series) => counts[series] ?? 0,
    firstAt: (series) =>
      (kinds[series] ?? kind.none) === kind.none ? Number.NaN : read(series, column.firstAt),
    series: () => [...kinds.keys()].filter((series) => kinds[series] !== kind.none),
    join(other) {
      for (const series of other.series()) {
        const trace = other.get(series);
        if (trace === undefined) continue;
        if (series >= kinds.length) grow(series);
        if (kinds[series] === kind.none) {
          kinds[series] = trace.isEpoch ? kind.epoch : kind.step;
          write(series, column.firstAt, trace.firstAt);
          write(series, column.firstValue, trace.firstValue);
          write(series, column.lastValue, trace.lastValue);
          goOn(series, trace.lastAt, trace.increments);
        } else if (trace.lastAt > read(series, column.lastAt)) {
          goOn(series, trace.lastAt, trace.increments + 1);
        }
      }
    },
    hasSeries: (increments) => mostIncrements >= increments,
    countsEpochs: () => hasEpochs,
  };
  return traces;
}

const kind = { none: 0, step: 1, epoch: 2 } as const;
