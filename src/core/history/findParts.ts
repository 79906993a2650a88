import type { MatchedCell } from '../notebook/cellFeatures';

/** Two checkpoints, and which cell of the older one each of the newer one was. */
export interface PairedSides {
  readonly old: readonly MatchedCell[];
  readonly new: readonly MatchedCell[];
  readonly pairs: Int32Array;
}

/** A cell that is a part of another cell of the other checkpoint. */
export interface CellPart {
  readonly part: number;
  readonly whole: number;
}

/** How far from its other part a part of a cell can stand. */
const reach = 12;
/** One short line is in many cells. */
const minPartLength = 8;

/** Of the new cells, those whose lines an old cell near them had, and has no longer. */
export function findSplits(sides: PairedSides, fresh: readonly number[]): readonly CellPart[] {
  return fresh.flatMap((part) => {
    const cell = sides.new[part];
    if (!cell) return [];
    for (const other of around(part, sides.new.length)) {
      const whole = sides.pairs[other] ?? -1;
      const was = sides.old[whole];
      const is = sides.new[other];
      if (was && is && hasLines(was, cell) && !hasLines(is, cell)) return [{ part, whole }];
    }
    return [];
  });
}

/** Of the old cells that are gone, those whose lines a new cell near them has, and had not before. */
export function findMerges(sides: PairedSides, gone: readonly number[]): readonly CellPart[] {
  const newOf = new Map([...sides.pairs].map((oldIndex, newIndex) => [oldIndex, newIndex]));
  return gone.flatMap((part) => {
    const cell = sides.old[part];
    if (!cell) return [];
    for (const other of around(part, sides.old.length)) {
      const whole = newOf.get(other);
      const is = whole === undefined ? undefined : sides.new[whole];
      const was = sides.old[other];
      if (whole !== undefined && was && is && hasLines(is, cell) && !hasLines(was, cell)) {
        return [{ part, whole }];
      }
    }
    return [];
  });
}

/** The indexes beside one, nearest first. */
function* around(index: number, length: number): Generator<number> {
  for (let by = 1; by <= reach; by += 1) {
    if (index - by >= 0) yield index - by;
    if (index + by < length) yield index + by;
  }
}

/** Whether the lines of a part stand together in a cell of its kind; blank lines do not count. */
function hasLines(whole: MatchedCell, part: MatchedCell): boolean {
  const lines = toText(part.source);
  return (
    whole.kind === part.kind &&
    lines.length >= minPartLength &&
    toText(whole.source).includes(lines)
  );
}

function toText(source: string): string {
  return `\n${source
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '')
    .join('\n')}\n`;
}
