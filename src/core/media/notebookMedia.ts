import type { Notebook, NotebookCell } from '../notebook/notebook';
import { shownText } from '../notebook/shownText';
import { findPrintedMatrices, type PrintedMatrix } from './findPrintedMatrices';

/** A picture among the outputs of a cell, still base64. */
export interface OutputImage {
  /** Of the output in its cell. */
  readonly output: number;
  readonly base64: string;
}

const media = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'];

/** The cell of a run: by its id where cells have one, else by its place. */
export function findRunCell(
  { cells }: Notebook,
  at: { readonly cellId?: string; readonly cellIndex: number },
): NotebookCell | undefined {
  const byId = at.cellId === undefined ? undefined : cells.find(({ id }) => id === at.cellId);
  return byId ?? cells[at.cellIndex];
}

export function outputImages({ outputs }: NotebookCell): readonly OutputImage[] {
  return outputs.flatMap(({ data }, output) => {
    const base64 = media.map((each) => data[each]).find((each) => each !== undefined);
    return base64 === undefined ? [] : [{ output, base64 }];
  });
}

/** What its outputs print, as one text, and results as they show themselves. */
export function outputMatrices({ outputs }: NotebookCell): readonly PrintedMatrix[] {
  const texts = outputs.map(({ text, data }) => shownText(text ?? data['text/plain'] ?? ''));
  return findPrintedMatrices(texts.join('\n').split('\n'));
}
