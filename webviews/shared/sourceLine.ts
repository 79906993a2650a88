import type { SourceHunk } from '../../src/core/notebook/diffNotebooks';
import { pairHunkLines } from '../../src/core/notebook/wordSpans';

export interface SourceLine {
  /** From 1, as editors count. */
  readonly number: number;
  readonly text: string;
}

/** The lines of a hunk, those side by side of which one became the other. */
export function hunkLines(
  hunk: SourceHunk,
): readonly { readonly old?: SourceLine; readonly new?: SourceLine }[] {
  return pairHunkLines(hunk).map(({ old, new: fresh }) => ({
    ...(old === undefined
      ? {}
      : { old: { number: hunk.oldStart + old + 1, text: hunk.oldLines[old] ?? '' } }),
    ...(fresh === undefined
      ? {}
      : { new: { number: hunk.newStart + fresh + 1, text: hunk.newLines[fresh] ?? '' } }),
  }));
}
