import fc from 'fast-check';
import type { HistoryCell, HistoryStep } from '../../../src/core/history/historyStep';
import type { CheckpointId } from '../../../src/core/run/run';

/** A cell that the test knows, whatever the notebook file says of it. */
export interface KnownCell extends HistoryCell {
  readonly who: number;
}

export interface EditedNotebook {
  readonly steps: readonly { readonly step: HistoryStep; readonly cells: readonly KnownCell[] }[];
}

export function stepOf(number: number, cells: readonly HistoryCell[]): HistoryStep {
  return {
    // SAFETY: any text is as good an id as another.
    checkpointId: `checkpoint-${number}` as CheckpointId,
    atMs: 1000 * number,
    cells,
    executions: [],
  };
}

/** Without ids nobody can say which of two equal cells is which, so that none is copied then. */
const edits = ['edit', 'edit', 'edit', 'run', 'insert', 'remove', 'move', 'copy'] as const;

/**
 * A notebook that is edited step by step as people do: lines are added to cells, cells come, go, move,
 * and are copied. Each source is written once, but for copies, and shares no word with another.
 */
export function editedNotebook(
  hasIds: boolean,
  maxEditsPerStep: number,
): fc.Arbitrary<EditedNotebook> {
  const kinds = hasIds ? edits : edits.filter((kind) => kind !== 'copy');
  const edit = fc.tuple(fc.constantFrom(...kinds), fc.nat(), fc.nat());
  return fc
    .tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.array(edit, { minLength: 1, maxLength: maxEditsPerStep }), { maxLength: 25 }),
    )
    .map(([count, rounds]) => {
      let made = 0;
      let texts = 0;
      const text = () => {
        texts += 1;
        return Array.from({ length: 4 }, (_, i) => `take_${texts}_${i} of_${texts}_${i}`).join(
          '\n',
        );
      };
      const fresh = (source: string): KnownCell => {
        made += 1;
        const id = hasIds ? { id: `id-${made}` } : {};
        return { kind: 'code', source, outputs: [], who: made, ...id };
      };
      let cells: readonly KnownCell[] = Array.from({ length: count }, () => fresh(text()));
      const steps = [stepWith(0, cells)];
      for (const [number, round] of rounds.entries()) {
        const touched = new Set<number>();
        for (const [kind, from, to] of round) {
          cells = editOnce(cells, kind, from, to, { text, fresh, touched });
        }
        steps.push(stepWith(number + 1, cells));
      }
      return { steps };
    });
}

/** Below a title that nobody touches. */
function stepWith(number: number, others: readonly KnownCell[]) {
  const title = { kind: 'markdown' as const, id: 'title', source: '# Digits', outputs: [], who: 0 };
  const cells = [title, ...others];
  return { step: stepOf(number, cells), cells };
}

interface Making {
  readonly text: () => string;
  readonly fresh: (source: string) => KnownCell;
  /** Cells that this step has edited or copied: with more there would be nothing to know them by. */
  readonly touched: Set<number>;
}

function editOnce(
  cells: readonly KnownCell[],
  kind: (typeof edits)[number],
  from: number,
  to: number,
  { text, fresh, touched }: Making,
): readonly KnownCell[] {
  const at = from % (cells.length + 1);
  const cell = cells[at];
  const target = to % (cells.length + 1);
  if (kind === 'insert' || cell === undefined) return cells.toSpliced(at, 0, fresh(text()));
  const rest = cells.toSpliced(at, 1);
  switch (kind) {
    case 'edit': {
      if (touched.has(cell.who)) return cells;
      touched.add(cell.who);
      const source = cell.source
        .split('\n')
        .toSpliced(to % 4, 1, text().split('\n')[0] ?? '')
        .join('\n');
      return cells.with(at, { ...cell, source });
    }
    case 'run':
      return cells.with(at, { ...cell, outputs: [{ key: `output-${to % 5}` }] });
    case 'remove':
      return touched.has(cell.who) ? cells : rest;
    case 'move':
      return rest.toSpliced(to % (rest.length + 1), 0, cell);
    case 'copy':
      touched.add(cell.who);
      return cells.toSpliced(target, 0, fresh(cell.source));
  }
}
