import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { CellDetail } from '../../src/core/notebook/view/cellDetail';
import type { DiffRow } from '../../src/core/notebook/view/diffRows';
import type { Remote } from '../../src/core/rpc';
import type { NotebookDiffHost } from '../../src/protocol/notebookDiffPage';
import { rowKey } from './state';

/** Rows asked for in one call, so that the first of them come soon. */
const maxAsked = 12;
/** Cells that are kept though they are not seen any more. */
const maxKept = 400;

export interface Details {
  /** Of a row that is drawn; undefined until it is there. */
  get(index: number): CellDetail | undefined;
  /** Asks for what is drawn and not there yet, in that order. */
  want(indexes: readonly number[]): void;
}

/**
 * What is in the cells, asked for when they are drawn. While a new diff is read, a cell shows what it
 * held in the one before, so that nothing flickers.
 */
export function useDetails(
  host: Remote<NotebookDiffHost>,
  diffId: number,
  rows: readonly DiffRow[],
  onGone: () => void,
  attempt: (action: Promise<void>) => void,
): Details {
  const [, redraw] = useReducer((version: number) => version + 1, 0);
  const state = useRef<State>({
    diffId: -1,
    found: new Map(),
    before: new Map(),
    wanted: [],
    rows,
  });
  if (state.current.diffId !== diffId) {
    const { found, rows: oldRows } = state.current;
    const before = state.current.before.size > maxKept ? new Map() : state.current.before;
    for (const [index, detail] of found) {
      const row = oldRows[index];
      if (row !== undefined) before.set(rowKey(row), detail);
    }
    state.current = { diffId, found: new Map(), before, wanted: state.current.wanted, rows };
  }
  const busy = useRef(false);

  async function ask(): Promise<void> {
    if (busy.current) return;
    busy.current = true;
    try {
      for (;;) {
        const asked = state.current;
        const missing = asked.wanted.filter((index) => !asked.found.has(index)).slice(0, maxAsked);
        if (missing.length === 0) return;
        const details = await host.readCells(asked.diffId, missing);
        if (details === undefined) {
          // The host keeps only a few diffs: it makes this one anew.
          if (asked === state.current) {
            onGone();
            return;
          }
          continue;
        }
        for (const [at, index] of missing.entries()) {
          const detail = details[at];
          if (detail !== undefined) asked.found.set(index, detail);
          else asked.wanted = asked.wanted.filter((each) => each !== index);
        }
        for (const index of asked.found.keys()) {
          if (asked.found.size <= maxKept) break;
          if (!asked.wanted.includes(index)) asked.found.delete(index);
        }
        redraw(0);
      }
    } finally {
      busy.current = false;
    }
  }

  useEffect(() => attempt(ask()), [diffId]);

  return {
    get(index) {
      const { found, before, rows: shown } = state.current;
      const row = shown[index];
      return found.get(index) ?? (row && before.get(rowKey(row)));
    },
    want(indexes) {
      state.current.wanted = indexes;
      attempt(ask());
    },
  };
}

interface State {
  readonly diffId: number;
  readonly found: Map<number, CellDetail>;
  /** Of the diff before, by the rows' keys. */
  readonly before: Map<string, CellDetail>;
  wanted: readonly number[];
  readonly rows: readonly DiffRow[];
}
