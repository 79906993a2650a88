import type { RunId } from '../run/run';
import type { Catalogue } from './catalogue';
import type { CellColumn } from './tableCells';
import type { ColumnSort } from './tableState';

/** Which rows a page asks for, whatever it searches for. */
export interface RowsQuery {
  readonly sort: readonly ColumnSort[];
  /** The page knows the ids of the slots below this. */
  readonly knownSlots: number;
  /** Of so many of the first runs the cells come with the answer. */
  readonly firstRows: number;
  /** Empty: those that suit the runs there are. */
  readonly columns: readonly string[];
}

export interface FoundRows {
  /** The slots of the runs that were found, in their order. */
  readonly order: Uint32Array;
  /** The ids of the slots from `firstNewSlot` on. */
  readonly newIds: readonly RunId[];
  readonly firstNewSlot: number;
  /** Of runs that have been deleted since. */
  readonly goneSlots: Uint32Array;
  /** Of deleted runs that were found and are not as they were told of: no change in the cache says so. */
  readonly staleSlots: Uint32Array;
  /** How many runs there are without the search; archived ones are left out. */
  readonly runCount: number;
  readonly catalogue: Catalogue;
  /** Of the first runs. */
  readonly cells: RowCells;
}

export interface RowCells {
  readonly slots: Uint32Array;
  /** The ids of the columns, and their cells in the order of `slots`. */
  readonly columns: readonly string[];
  readonly cells: readonly CellColumn[];
}
