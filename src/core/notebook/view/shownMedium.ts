import { readDataframe } from '../dataframeGrid';
import type { NotebookOutput } from '../notebook';
import { shownText } from '../shownText';
import { cutGrid, type ShownTable } from './cutTable';

/** One medium of an output of one side, as a page shows it. Nothing in it is ever rendered live. */
export type ShownMedium =
  /** What it holds is asked for when it is seen. */
  | { readonly kind: 'image'; readonly media: string; readonly size: number }
  | { readonly kind: 'table'; readonly media: string; readonly table: ShownTable }
  | { readonly kind: 'text'; readonly media: string; readonly text: string; readonly cut?: Cut }
  | {
      readonly kind: 'error';
      readonly media: 'error';
      readonly ename: string;
      readonly evalue: string;
      readonly traceback: string;
    };

/** How much of a text is not shown. */
export interface Cut {
  readonly shownChars: number;
  readonly allChars: number;
}

/** More nobody reads in a diff, and it would take long to cross and to draw. */
export const maxShownChars = 500_000;
/** A table is read from its HTML as a whole. */
const maxHtmlChars = 4_000_000;

export const pictureMedia: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/svg+xml',
]);

/** Richest first; what is not named comes last but for plain text. */
const order = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp', 'image/svg+xml'];

/** What one side of an output holds, the best to look at first. */
export function toShownMedia(output: NotebookOutput): ShownMedium[] {
  if (output.kind === 'stream') return [toText('stream', output.text ?? '')];
  if (output.kind === 'error') {
    const { ename = '', evalue = '', traceback = '' } = output;
    return [
      {
        kind: 'error',
        media: 'error',
        ename: cutText(ename).text,
        evalue: cutText(evalue).text,
        traceback: shownText(cutText(traceback).text),
      },
    ];
  }
  return Object.entries(output.data)
    .toSorted(([a], [b]) => rank(a) - rank(b))
    .map(([media, text]) => toShownMedium(media, text))
    .toSorted((a, b) => Number(b.kind === 'table') - Number(a.kind === 'table'));
}

export function toShownMedium(media: string, text: string): ShownMedium {
  if (pictureMedia.has(media)) return { kind: 'image', media, size: text.length };
  const grid = media === 'text/html' ? readDataframe(text) : undefined;
  if (grid !== undefined) return { kind: 'table', media, table: cutGrid(grid) };
  return toText(media, text);
}

function rank(media: string): number {
  const place = order.indexOf(media);
  if (place !== -1) return place;
  return media === 'text/plain' ? order.length : order.length + 1;
}

function toText(media: string, text: string): ShownMedium {
  const { text: shown, cut } = cutText(text);
  return { kind: 'text', media, text: shownText(shown), ...(cut === undefined ? {} : { cut }) };
}

/** A text up to the end of a line, or to the limit where a line is longer than that. */
export function cutText(
  text: string,
  limit = maxShownChars,
): { readonly text: string; readonly cut?: Cut } {
  if (text.length <= limit) return { text };
  const end = text.lastIndexOf('\n', limit);
  const shown = text.slice(0, end > limit / 2 ? end : limit);
  return { text: shown, cut: { shownChars: shown.length, allChars: text.length } };
}

/** An output whose texts end where no more is shown. */
export interface CutOutput extends NotebookOutput {
  /** Of its texts, what is not there; undefined: they are whole. */
  readonly leftOutChars?: number;
}

/** What a page gets of the outputs of a cell, to show them as they were. */
export function cutOutputs(outputs: readonly NotebookOutput[]): readonly CutOutput[] {
  return outputs.map((output) => {
    const cut = cutOutput(output);
    const leftOutChars = textChars(output) - textChars(cut);
    return leftOutChars === 0 ? output : { ...cut, leftOutChars };
  });
}

function textChars({ text, ename, evalue, traceback, data }: NotebookOutput): number {
  const texts = [text, ename, evalue, traceback, ...Object.values(data)];
  return texts.reduce((sum, each) => sum + (each?.length ?? 0), 0);
}

/** The same output with no text longer than is shown; pictures stay whole. */
export function cutOutput(output: NotebookOutput): NotebookOutput {
  const { text, ename, evalue, traceback } = output;
  return {
    ...output,
    ...(text === undefined ? {} : { text: cutText(text).text }),
    ...(ename === undefined ? {} : { ename: cutText(ename).text }),
    ...(evalue === undefined ? {} : { evalue: cutText(evalue).text }),
    ...(traceback === undefined ? {} : { traceback: cutText(traceback).text }),
    data: Object.fromEntries(
      Object.entries(output.data).map(([media, value]) => [
        media,
        pictureMedia.has(media)
          ? value
          : cutText(value, media === 'text/html' ? maxHtmlChars : maxShownChars).text,
      ]),
    ),
  };
}
