import type { Disk } from './disk/disk';
import type { StoreProblem } from './store';
import type { StorePaths } from './storePaths';

/** What every part of an open store needs. */
export interface StoreContext {
  readonly disk: Disk;
  readonly paths: StorePaths;
  /** Where `sql-wasm.wasm` of sql.js lies. */
  readonly wasmPath: string;
  readonly now: () => number;
  /** Tells the user of something that is not as it should be, and what they could do. */
  readonly report: (message: string, action?: StoreProblem['action']) => void;
  /** What was told with this message is over, so that it is told again should it come again. */
  readonly passed: (message: string) => void;
}
