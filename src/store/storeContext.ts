import type { Disk } from './disk';
import type { StorePaths } from './storePaths';

/** What every part of an open store needs. */
export interface StoreContext {
  readonly disk: Disk;
  readonly paths: StorePaths;
  /** Where `sql-wasm.wasm` of sql.js lies. */
  readonly wasmPath: string;
  readonly now: () => number;
  /** Tells the user of something that is not as it should be. */
  readonly report: (message: string) => void;
  /** What was told with this message is over, so that it is told again should it come again. */
  readonly passed: (message: string) => void;
}
