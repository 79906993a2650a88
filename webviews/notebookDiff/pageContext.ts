import { createContext } from 'preact';
import type { EditChoice } from '../../src/core/notebook/planNotebookEdits';
import type { FindMatch } from '../../src/core/notebook/view/findInDiff';
import type { ImageMode, MediumPlace } from '../../src/protocol/notebookDiffPage';

/** What the parts of a cell need of the page around them. */
export interface DiffContext {
  readonly inline: boolean;
  readonly showNoise: boolean;
  /** The side that edits go into; undefined where none can. */
  readonly target: 'old' | 'new' | undefined;
  readonly apply: (choice: EditChoice) => void;
  /** The place that was found and is to be seen. */
  readonly reveal: FindMatch | undefined;
  readonly readMedium: (place: MediumPlace) => Promise<string | undefined>;
  readonly imageMode: ImageMode;
  readonly setImageMode: (mode: ImageMode) => void;
}

export const DiffPage = createContext<DiffContext>({
  inline: false,
  showNoise: false,
  target: undefined,
  apply: () => undefined,
  reveal: undefined,
  readMedium: async () => undefined,
  imageMode: 'side',
  setImageMode: () => undefined,
});
