import type { SeriesPart } from './seriesBatch';

/**
 * Many lines in few bytes, exactly as they are: a page waits for what crosses to it. The values are most
 * of it; steps that count up and moments in whole milliseconds need little or nothing beside them.
 */
export interface PackedLines {
  /** Line `i` has the points from `starts[i]` up to `starts[i + 1]`; one more than lines. */
  readonly starts: Uint32Array;
  readonly values: Float64Array;
  /** How many positions each point stands behind the one before it, the first of a line behind 0. */
  readonly gaps: Uint16Array | Uint32Array;
  readonly steps: PackedColumn;
  readonly timesMs: PackedColumn;
  /** As in `SeriesPart`, of each line. */
  readonly pointCounts: Uint32Array;
}

/**
 * A column of each line in one of three forms: on a straight line, `bases[i] + deltas[i] × position`, with
 * nothing else to it; or, where `deltas[i]` is NaN, `bases[i]` and the next of the `offsets` for each point;
 * or, where `bases[i]` is NaN too, the next of the `figures`.
 */
export interface PackedColumn {
  readonly bases: Float64Array;
  readonly deltas: Float64Array;
  readonly offsets: Uint32Array;
  readonly figures: Float64Array;
}

export function packLines(lines: readonly SeriesPart[]): PackedLines {
  const starts = new Uint32Array(lines.length + 1);
  for (const [at, { values }] of lines.entries()) {
    starts[at + 1] = (starts[at] as number) + values.length;
  }
  const values = new Float64Array(starts[lines.length] ?? 0);
  for (const [at, line] of lines.entries()) values.set(line.values, starts[at]);
  return {
    starts,
    values,
    gaps: packGaps(lines, values.length),
    steps: packColumns(lines, 'steps'),
    timesMs: packColumns(lines, 'timesMs'),
    pointCounts: Uint32Array.from(lines, ({ pointCount }) => pointCount),
  };
}

/** The lines that `packLines` was given; their values are views of those that came. */
export function unpackLines(packed: PackedLines): readonly SeriesPart[] {
  const { starts, values, gaps, pointCounts } = packed;
  const all = unpackGaps(gaps, starts);
  const indices = Array.from(pointCounts, (_, at) => all.subarray(starts[at], starts[at + 1]));
  const steps = unpackColumns(packed.steps, indices);
  const timesMs = unpackColumns(packed.timesMs, indices);
  return Array.from(pointCounts, (pointCount, at) => ({
    steps: steps[at] as Float64Array,
    values: values.subarray(starts[at], starts[at + 1]),
    timesMs: timesMs[at] as Float64Array,
    indices: indices[at] as Uint32Array,
    pointCount,
  }));
}

const maxShortGap = 0xffff;

function packGaps(lines: readonly SeriesPart[], count: number): Uint16Array | Uint32Array {
  const gaps = new Uint32Array(count);
  let end = 0;
  let greatest = 0;
  for (const { indices } of lines) {
    let before = 0;
    for (let place = 0; place < indices.length; place++) {
      const index = indices[place] as number;
      const gap = index - before;
      gaps[end++] = gap;
      if (gap > greatest) greatest = gap;
      before = index;
    }
  }
  return greatest > maxShortGap ? gaps : new Uint16Array(gaps);
}

function unpackGaps(gaps: Uint16Array | Uint32Array, starts: Uint32Array): Uint32Array {
  const indices = new Uint32Array(gaps.length);
  for (let at = 0; at + 1 < starts.length; at++) {
    const end = starts[at + 1] as number;
    let index = 0;
    for (let place = starts[at] as number; place < end; place++) {
      index += gaps[place] as number;
      indices[place] = index;
    }
  }
  return indices;
}

function packColumns(lines: readonly SeriesPart[], name: 'steps' | 'timesMs'): PackedColumn {
  const bases = new Float64Array(lines.length);
  const deltas = new Float64Array(lines.length);
  const offsets: Uint32Array[] = [];
  const figures: Float64Array[] = [];
  for (const [at, line] of lines.entries()) {
    const column = line[name];
    const straight = straightOf(column, line.indices);
    const above = straight === undefined ? offsetsOf(column) : undefined;
    bases[at] = straight?.base ?? above?.base ?? Number.NaN;
    deltas[at] = straight?.delta ?? Number.NaN;
    if (above !== undefined) offsets.push(above.offsets);
    else if (straight === undefined) figures.push(column);
  }
  const total = (columns: readonly ArrayLike<number>[]) =>
    columns.reduce((sum, { length }) => sum + length, 0);
  return {
    ...{ bases, deltas },
    offsets: fill(new Uint32Array(total(offsets)), offsets),
    figures: fill(new Float64Array(total(figures)), figures),
  };
}

function fill<T extends Uint32Array | Float64Array>(target: T, columns: readonly T[]): T {
  let start = 0;
  for (const column of columns) {
    target.set(column, start);
    start += column.length;
  }
  return target;
}

/** Undefined unless every figure is exactly on one straight line over the positions. */
function straightOf(
  column: Float64Array,
  indices: Uint32Array,
): { readonly base: number; readonly delta: number } | undefined {
  const last = column.length - 1;
  const [first = 0, firstIndex = 0] = [column[0], indices[0]];
  const rise = last < 1 || Number.isNaN(first) ? 0 : (column[last] as number) - first;
  const delta = rise === 0 ? 0 : rise / ((indices[last] as number) - firstIndex);
  const base = first - firstIndex * delta;
  if (Number.isNaN(delta)) return undefined;
  for (let place = 0; place <= last; place++) {
    if (!Object.is(column[place], base + delta * (indices[place] as number))) return undefined;
  }
  return { base, delta };
}

/** Undefined unless every figure is exactly a whole number of 32 bits above the least. */
function offsetsOf(
  column: Float64Array,
): { readonly base: number; readonly offsets: Uint32Array } | undefined {
  let base = Number.POSITIVE_INFINITY;
  for (let place = 0; place < column.length; place++) {
    const figure = column[place] as number;
    if (figure < base) base = figure;
  }
  const offsets = new Uint32Array(column.length);
  for (let place = 0; place < column.length; place++) {
    const figure = column[place] as number;
    offsets[place] = figure - base;
    if (!Object.is(base + (offsets[place] as number), figure)) return undefined;
  }
  return { base, offsets };
}

function unpackColumns(
  { bases, deltas, offsets, figures }: PackedColumn,
  indices: readonly Uint32Array[],
): readonly Float64Array[] {
  let nextOffset = 0;
  let nextFigure = 0;
  return indices.map((positions, at) => {
    const base = bases[at] as number;
    const delta = deltas[at] as number;
    const count = positions.length;
    if (Number.isNaN(delta) && Number.isNaN(base)) {
      nextFigure += count;
      return figures.subarray(nextFigure - count, nextFigure);
    }
    const column = new Float64Array(count);
    if (Number.isNaN(delta)) {
      for (let place = 0; place < count; place++) {
        column[place] = base + (offsets[nextOffset++] as number);
      }
    } else {
      for (let place = 0; place < count; place++) {
        column[place] = base + delta * (positions[place] as number);
      }
    }
    return column;
  });
}
