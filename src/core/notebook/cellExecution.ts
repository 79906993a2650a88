/** One execution of a code cell, as it was seen from outside the kernel. */
export interface CellExecution {
  /** The notebook file's id of the cell, where it has ids. */
  readonly cellId?: string;
  /** 0-based, among all cells of the notebook when it ran. */
  readonly cellIndex: number;
  /** Exactly what the kernel was given. */
  readonly source: string;
  /** The kernel's count, the number in `[5]`; it starts anew with the kernel. */
  readonly order?: number;
  readonly startedAtMs: number;
  /** Undefined while it runs, and if its end was not seen. */
  readonly endedAtMs?: number;
  /** Undefined if the user interrupted it, or its end was not seen. */
  readonly succeeded?: boolean;
  /** The same for all executions of one kernel from its start to its end, where that is known. */
  readonly session?: string;
}
