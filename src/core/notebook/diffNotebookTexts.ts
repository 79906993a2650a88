import { diffNotebooks, type NotebookDiff, type SourceHunk } from './diffNotebooks';
import { diffSource } from './diffSource';
import type { Notebook } from './notebook';
import { NotebookParseError, parseNotebook } from './parseNotebook';
import { createWorkBudget } from './workBudget';

/** Two files as notebooks, or as text where one of them is none. */
export type NotebookTextsDiff =
  | { readonly kind: 'notebooks'; readonly diff: NotebookDiff }
  | {
      readonly kind: 'text';
      /** Why, for a user, such as `Damaged notebook: not JSON at line 3, column 1: …`. */
      readonly reason: string;
      readonly hunks: readonly SourceHunk[];
    };

/** About a second of work; beyond it the hunks are larger than they need be. */
const textUnits = 20_000_000;

/** Never throws: what cannot be read as a notebook is compared line by line. */
export function diffNotebookTexts(oldText: string, newText: string): NotebookTextsDiff {
  const old = parseOrReason(oldText);
  const fresh = parseOrReason(newText);
  if (typeof old !== 'string' && typeof fresh !== 'string') {
    return { kind: 'notebooks', diff: diffNotebooks(old, fresh) };
  }
  return {
    kind: 'text',
    reason: typeof old === 'string' ? old : typeof fresh === 'string' ? fresh : '',
    hunks: diffSource(oldText, newText, createWorkBudget(textUnits)),
  };
}

function parseOrReason(text: string): Notebook | string {
  try {
    return parseNotebook(text);
  } catch (error) {
    if (error instanceof NotebookParseError) return error.message;
    throw error;
  }
}
