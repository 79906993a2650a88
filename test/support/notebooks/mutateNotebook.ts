import type { Notebook, NotebookCell } from '../../../src/core/notebook/notebook';
import type { Random } from '../../bench/store/random';
import { below, composeId, composeLine } from './composeNotebook';

export type Mutation = 'insert' | 'delete' | 'move' | 'edit' | 'split' | 'merge';

/** What was done to one notebook, by cell indexes of both sides. */
export type Done =
  | { readonly kind: 'insert'; readonly newIndex: number }
  | { readonly kind: 'delete'; readonly oldIndex: number }
  | { readonly kind: 'move' | 'edit'; readonly oldIndex: number; readonly newIndex: number }
  | { readonly kind: 'split'; readonly oldIndex: number; readonly newIndexes: readonly number[] }
  | { readonly kind: 'merge'; readonly oldIndexes: readonly number[]; readonly newIndex: number };

export interface Mutated {
  readonly notebook: Notebook;
  readonly done: readonly Done[];
}

/** One cell on the way from old to new; `mark` names it among all. */
interface Piece {
  readonly cell: NotebookCell;
  readonly oldIndexes: readonly number[];
  readonly mark: object;
}

/** Cells that a move passes at least: of two that change places either may be said to have moved. */
const leastMoved = 5;

/**
 * Does `mutations` to a notebook, each to cells that no other touched, and tells the truth of it. Only
 * cells that can be told from all others are chosen: which of two equal ones went, nobody knows.
 *
 * @param composeCell an inserted cell.
 */
export function mutateNotebook(
  notebook: Notebook,
  mutations: readonly Mutation[],
  random: Random,
  composeCell: () => NotebookCell,
): Mutated {
  const counts = new Map<string, number>();
  for (const { source } of notebook.cells) counts.set(source, (counts.get(source) ?? 0) + 1);
  const isOwn = ({ source }: NotebookCell) =>
    counts.get(source) === 1 && source.trim().length >= 20;
  let pieces: Piece[] = notebook.cells.map((cell, i) => ({ cell, oldIndexes: [i], mark: {} }));
  const touched = new Set<object>();
  const hasIds = notebook.cells.some(({ id }) => id !== undefined);
  const withNewId = (cell: NotebookCell) => (hasIds ? { ...cell, id: composeId(random) } : cell);
  const records: { kind: Mutation; marks: readonly object[]; oldIndexes: readonly number[] }[] = [];

  const choose = (isFit: (piece: Piece, at: number) => boolean): number => {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const at = below(random, pieces.length);
      const piece = pieces[at];
      if (
        piece !== undefined &&
        !touched.has(piece.mark) &&
        isOwn(piece.cell) &&
        isFit(piece, at)
      ) {
        return at;
      }
    }
    return -1;
  };
  const replace = (kind: Mutation, at: number, count: number, fresh: readonly Piece[]) => {
    const gone = pieces.slice(at, at + count);
    pieces = [...pieces.slice(0, at), ...fresh, ...pieces.slice(at + count)];
    for (const { mark } of [...gone, ...fresh]) touched.add(mark);
    records.push({
      kind,
      marks: fresh.map(({ mark }) => mark),
      oldIndexes: gone.flatMap(({ oldIndexes }) => oldIndexes),
    });
  };

  for (const kind of mutations) {
    if (kind === 'insert') {
      const cell = withNewId(composeCell());
      const at = below(random, pieces.length + 1);
      // Between the parts of a split or of a merge to be it would hide what was done there.
      const isInside =
        touched.has(pieces[at]?.mark ?? {}) && touched.has(pieces[at - 1]?.mark ?? {});
      if (isOwnInsert(cell, counts) && !isInside) {
        replace(kind, at, 0, [{ cell, oldIndexes: [], mark: {} }]);
      }
    } else if (kind === 'delete') {
      const at = choose(() => true);
      if (at >= 0) replace(kind, at, 1, []);
    } else if (kind === 'move') {
      const at = choose(() => true);
      const [piece] = pieces.slice(at, at + 1);
      if (at < 0 || piece === undefined) continue;
      const rest = pieces.filter((each) => each !== piece);
      const to = below(random, rest.length + 1);
      if (Math.abs(to - at) < leastMoved) continue;
      const isInside = touched.has(rest[to]?.mark ?? {}) && touched.has(rest[to - 1]?.mark ?? {});
      if (isInside) continue;
      pieces = [...rest.slice(0, to), piece, ...rest.slice(to)];
      touched.add(piece.mark);
      records.push({ kind, marks: [piece.mark], oldIndexes: piece.oldIndexes });
    } else if (kind === 'edit') {
      const at = choose(({ cell }) => cell.source.split('\n').length >= 3);
      const [piece] = pieces.slice(at, at + 1);
      if (at < 0 || piece === undefined) continue;
      const cell = { ...piece.cell, source: editSource(piece.cell.source, random) };
      replace(kind, at, 1, [{ ...piece, cell, mark: {} }]);
    } else if (kind === 'split') {
      const at = choose(({ cell }) => countText(cell.source) >= 4);
      const [piece] = pieces.slice(at, at + 1);
      if (at < 0 || piece === undefined) continue;
      const parts = cutSource(piece.cell.source, 2 + below(random, 2), random);
      const fresh = parts.map((source, i) => ({
        cell:
          i === 0 ? { ...piece.cell, source } : withNewId({ ...piece.cell, source, outputs: [] }),
        oldIndexes: piece.oldIndexes,
        mark: {},
      }));
      replace(kind, at, 1, fresh);
    } else {
      const count = 2 + below(random, 2);
      const at = choose((_, from) => {
        const span = pieces.slice(from, from + count);
        return (
          span.length === count &&
          span.every(
            ({ cell, mark }) =>
              !touched.has(mark) && isOwn(cell) && cell.kind === span[0]?.cell.kind,
          )
        );
      });
      const span = at < 0 ? [] : pieces.slice(at, at + count);
      const [first] = span;
      if (first === undefined) continue;
      const source = span
        .map(({ cell }) => cell.source)
        .join(random.uniform() < 0.5 ? '\n' : '\n\n');
      const oldIndexes = span.flatMap((piece) => piece.oldIndexes);
      replace(kind, at, count, [{ cell: { ...first.cell, source }, oldIndexes, mark: {} }]);
    }
  }

  const places = new Map(pieces.map(({ mark }, i) => [mark, i]));
  const done = records.map(({ kind, marks, oldIndexes }): Done => {
    const newIndexes = marks.map((mark) => places.get(mark) ?? -1);
    const [oldIndex = -1] = oldIndexes;
    const [newIndex = -1] = newIndexes;
    if (kind === 'insert') return { kind, newIndex };
    if (kind === 'delete') return { kind, oldIndex };
    if (kind === 'split') return { kind, oldIndex, newIndexes };
    if (kind === 'merge') return { kind, oldIndexes, newIndex };
    return { kind, oldIndex, newIndex };
  });
  return { notebook: { ...notebook, cells: pieces.map(({ cell }) => cell) }, done };
}

function isOwnInsert({ source }: NotebookCell, counts: ReadonlyMap<string, number>): boolean {
  return source.trim().length >= 20 && !counts.has(source);
}

/** Up to two fifths of the lines changed, put in or taken out; at least one. */
function editSource(source: string, random: Random): string {
  const lines = source.split('\n');
  const edits = 1 + below(random, Math.floor(lines.length * 0.4));
  for (let i = 0; i < edits; i += 1) {
    const at = below(random, lines.length);
    const how = random.uniform();
    if (how < 0.4) lines[at] = `${lines[at] ?? ''} + 1`;
    else if (how < 0.8) lines.splice(at, 0, composeLine(random));
    else lines.splice(at, 1);
  }
  return lines.join('\n');
}

function countText(source: string): number {
  return source.split('\n').filter((line) => line.trim() !== '').length;
}

/** Cuts between lines so that each part has text. */
function cutSource(source: string, parts: number, random: Random): string[] {
  const lines = source.split('\n');
  const cut = (from: number, left: number): string[] => {
    const rest = lines.slice(from).join('\n');
    if (left === 1) return [rest];
    const places = lines
      .map((_, at) => at)
      .filter(
        (at) =>
          at > from &&
          countText(lines.slice(from, at).join('\n')) >= 1 &&
          countText(lines.slice(at).join('\n')) >= left - 1,
      );
    const at = places[below(random, places.length)];
    if (at === undefined) return [rest];
    return [lines.slice(from, at).join('\n'), ...cut(at, left - 1)];
  };
  return cut(0, parts);
}
