import { dsvFormat } from 'd3-dsv';
import { decodeUtf8 } from '../formats/utf8Text';
import { readImageHead } from '../media/imageHead';
import { detectEncoding } from '../text/detectEncoding';

/** What of a file can be shown beside its name: a picture, rows, or text, and never more than that. */
export type FilePreview =
  | { readonly kind: 'image'; readonly media: string }
  | {
      readonly kind: 'table';
      readonly rows: readonly (readonly string[])[];
      readonly isCut: boolean;
    }
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'none'; readonly why: string };

/** Of a larger file nothing is shown: an editor is there sooner. */
export const maxPreviewBytes = 4_000_000;
const maxTextChars = 32_000;
const maxRows = 30;
const maxColumns = 30;
const maxCellChars = 200;

const separators: Readonly<Record<string, string>> = { csv: ',', tsv: '\t' };

/** Reads what a file is by its bytes, and only of a text by its name. */
export function previewFile(path: string, bytes: Uint8Array): FilePreview {
  const head = readImageHead(bytes);
  if (head !== undefined) return { kind: 'image', media: head.media };
  if (detectEncoding(bytes.subarray(0, 4096)) !== 'utf-8') {
    return { kind: 'none', why: 'It is neither a picture nor text.' };
  }
  // Of what is never shown nothing need be decoded.
  const text = decodeUtf8(bytes.subarray(0, 8 * maxTextChars));
  const separator = separators[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''];
  if (separator !== undefined) return readTable(text, separator);
  return { kind: 'text', text: text.slice(0, maxTextChars), isCut: text.length > maxTextChars };
}

function readTable(text: string, separator: string): FilePreview {
  const all = dsvFormat(separator).parseRows(text);
  const rows = all
    .slice(0, maxRows)
    .map((row) => row.slice(0, maxColumns).map((cell) => cell.slice(0, maxCellChars)));
  return { kind: 'table', rows, isCut: all.length > rows.length };
}
