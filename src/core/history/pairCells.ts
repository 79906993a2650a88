import { alignCells } from '../notebook/alignCells';
import type { MatchedCell } from '../notebook/cellFeatures';

/**
 * Which cell of the older checkpoint each of the newer one was: its index, or −1. Undefined if every
 * cell stayed where it was, with its source, as in most pairs of checkpoints.
 *
 * A diff looks for the cells that are most alike; a history asks which cell is which. So the ids that
 * a notebook keeps decide here, also between a cell and its copy, and the alignment does the rest.
 */
export function pairCells(
  older: readonly MatchedCell[],
  newer: readonly MatchedCell[],
): Int32Array | undefined {
  const shorter = Math.min(older.length, newer.length);
  let start = 0;
  while (start < shorter && isSame(older[start], newer[start])) start += 1;
  if (start === older.length && start === newer.length) return undefined;
  let end = 0;
  while (end < shorter - start && isSame(older.at(-1 - end), newer.at(-1 - end))) end += 1;

  const pairs = new Int32Array(newer.length).fill(-1);
  for (let i = 0; i < start; i += 1) pairs[i] = i;
  for (let i = 1; i <= end; i += 1) pairs[newer.length - i] = older.length - i;
  const oldMiddle = older.slice(start, older.length - end);
  const newMiddle = newer.slice(start, newer.length - end);
  const areIdsKept = [older[0], older.at(-1)].some(
    (cell, i) => cell?.id !== undefined && (i === 0 ? start : end) > 0,
  );
  for (const [newIndex, oldIndex] of pairMiddle(oldMiddle, newMiddle, areIdsKept)) {
    pairs[start + newIndex] = start + oldIndex;
  }
  return pairs;
}

/** @returns old index by new index. */
function pairMiddle(
  older: readonly MatchedCell[],
  newer: readonly MatchedCell[],
  areIdsKept: boolean,
): ReadonlyMap<number, number> {
  const byId = pairIds(older, newer);
  const hadIds = areIdsKept || byId.size > 0;
  const taken = new Set(byId.values());
  const restOld = [...older.entries()].filter(([index]) => !taken.has(index));
  const restNew = [...newer.entries()].filter(([index]) => !byId.has(index));
  const { stayed, moved } = alignCells(
    restOld.map(([, cell]) => cell),
    restNew.map(([, cell]) => cell),
  );
  const pairs = new Map(byId);
  for (const { oldIndex, newIndex } of [...stayed, ...moved]) {
    const [old, fresh] = [restOld[oldIndex], restNew[newIndex]];
    if (!old || !fresh) continue;
    // Where ids are kept, a cell with another id is another cell, but for one that was cut and pasted.
    const isOther = hadIds && old[1].id !== undefined && fresh[1].id !== undefined;
    if (!isOther || isEqual(old[1], fresh[1])) pairs.set(fresh[0], old[0]);
  }
  return pairs;
}

/** The cells that share an id; none if the ids say something else than the sources of many of them. */
function pairIds(
  older: readonly MatchedCell[],
  newer: readonly MatchedCell[],
): ReadonlyMap<number, number> {
  const oldOfId = uniqueIndexes(older, ({ id }) => id);
  const newOfId = uniqueIndexes(newer, ({ id }) => id);
  const oldOfSource = uniqueIndexes(older, textOf);
  const newOfSource = uniqueIndexes(newer, textOf);
  const pairs = new Map<number, number>();
  let contradicted = 0;
  for (const [id, newIndex] of newOfId) {
    const oldIndex = oldOfId.get(id);
    const old = oldIndex === undefined ? undefined : older[oldIndex];
    if (oldIndex === undefined || !old) continue;
    pairs.set(newIndex, oldIndex);
    const text = textOf(old);
    if (text === undefined || !oldOfSource.has(text)) continue;
    const likely = newOfSource.get(text);
    const likelyId = newer[likely ?? -1]?.id;
    // The source under an id that is new is that of a copy.
    if (likely !== newIndex && likelyId !== undefined && oldOfId.has(likelyId)) contradicted += 1;
  }
  return contradicted > Math.max(1, pairs.size * 0.1) ? new Map() : pairs;
}

/** Cells are the same for sure, so that nothing needs to be looked at beside them. */
function isSame(a: MatchedCell | undefined, b: MatchedCell | undefined): boolean {
  return isEqual(a, b) && (a?.id === undefined || b?.id === undefined || a.id === b.id);
}

function isEqual(a: MatchedCell | undefined, b: MatchedCell | undefined): boolean {
  return a?.source === b?.source && a?.kind === b?.kind;
}

function textOf({ source }: MatchedCell): string | undefined {
  return source.trim() || undefined;
}

/** The indexes of those whose text no other has. */
function uniqueIndexes(
  cells: readonly MatchedCell[],
  keyOf: (cell: MatchedCell) => string | undefined,
): ReadonlyMap<string, number> {
  const indexes = new Map<string, number>();
  const repeated = new Set<string>();
  for (const [index, cell] of cells.entries()) {
    const text = keyOf(cell);
    if (text === undefined) continue;
    if (indexes.has(text)) repeated.add(text);
    indexes.set(text, index);
  }
  for (const text of repeated) indexes.delete(text);
  return indexes;
}
