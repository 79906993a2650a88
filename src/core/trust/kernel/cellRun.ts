/** What gathers while one cell runs. */

import type { Producer } from '../kernelObject';
import type { Observation, RunOptions } from './trace';

/** The state of one run of a cell. */
export class CellRun {
  readonly tokens: number[] = [];
  readonly observations = new Map<string, Observation>();
  readonly missing: { name: string; isCertain: boolean }[] = [];
  /** What this cell itself has bound or changed: reading it again says nothing of other cells. */
  readonly own = new Set<string>();
  /** What the statement that runs binds, and does not read before. */
  bindsNow: ReadonlySet<string> = new Set();
  isAssumed = false;
  isFailing = false;
  isStopped = false;
  outside: string | undefined;

  constructor(
    readonly producer: Producer,
    readonly outcome: RunOptions['outcome'],
  ) {}
}
