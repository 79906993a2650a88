import type { RanCell } from '../../core/compare/cellAsRan';
import type { CodeState, RunFile } from '../../core/run/run';
import type { StoredContent } from '../history/checkpointContents';

/** What a run's code is, by where it is kept. */
export interface RunCode {
  /** `train.py`, `explore [3]`. */
  readonly title: string;
  /** Where the script is, as `Run` has it. */
  readonly scriptPath?: string;
  /** Of a run of a notebook: the cell that ran, with its exact source. */
  readonly cell?: RanCell;
  readonly codeState?: CodeState;
  /** The modules that it imported. */
  readonly files: readonly RunFile[];
  /** Of a run of a notebook, if it is kept. */
  readonly checkpoint?: StoredContent;
}
