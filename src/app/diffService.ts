import {
  diffNotebooks,
  type NotebookDiffSummary,
  type SourceHunk,
} from '../core/notebook/diffNotebooks';
import { diffSource } from '../core/notebook/diffSource';
import { parseNotebook } from '../core/notebook/parseNotebook';
import { createWorkBudget } from '../core/notebook/workBudget';
import { errorMessage } from '../core/userError';

/** What a checkpoint needs to know of a notebook file and of how it differs from the one before. */
export interface NotebookReading {
  readonly cellCount: number;
  /** Undefined without a readable notebook to hold it against. */
  readonly changes?: NotebookDiffSummary;
  /** Why the file cannot be read as a notebook, if so. */
  readonly problem?: string;
}

/** Work on whole notebooks, too heavy for the extension host; the other side of a worker. */
export interface DiffService {
  /** Both as the bytes of an `.ipynb` file. */
  read(content: Uint8Array, before: Uint8Array | undefined): NotebookReading;
  /** Line hunks between two sources. */
  diffTexts(old: string, fresh: string): readonly SourceHunk[];
}

/** About a second of work; beyond it the hunks are larger than they need be. */
const textUnits = 20_000_000;

export function createDiffService(): DiffService {
  return {
    read(content, before) {
      let notebook: ReturnType<typeof parseBytes>;
      try {
        notebook = parseBytes(content);
      } catch (error) {
        return { cellCount: 0, problem: errorMessage(error) };
      }
      const cellCount = notebook.cells.length;
      if (!before) return { cellCount };
      try {
        return { cellCount, changes: diffNotebooks(parseBytes(before), notebook).summary };
      } catch {
        // The one before is damaged, which its own checkpoint says.
        return { cellCount };
      }
    },
    diffTexts: (old, fresh) => diffSource(old, fresh, createWorkBudget(textUnits)),
  };
}

function parseBytes(content: Uint8Array) {
  return parseNotebook(new TextDecoder('utf-8', { fatal: true }).decode(content));
}
