import { Parser } from 'htmlparser2';

/** A pandas dataframe as its HTML shows it: texts, spans repeated, rows of equal width. */
export interface DataframeGrid {
  /** The headings from top to bottom joined by ` / `; those of the row labels come first. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** How many columns at the left are row labels. */
  readonly indexWidth: number;
  /** The text after and before the table, such as `150 rows × 4 columns`. */
  readonly note: string;
}

interface HtmlCell {
  text: string;
  readonly isHeading: boolean;
  readonly columns: number;
  readonly rows: number;
}

const maxChars = 4_000_000;
const maxWidth = 500;
const maxHeight = 5_000;
/** No dataframe is nested so deeply; the time that the parser takes grows with the square of it. */
const maxOpenTags = 500;

/** The dataframe of an HTML output; undefined where there is none, more than one, or one too large. */
export function readDataframe(html: string): DataframeGrid | undefined {
  if (html.length > maxChars || !/<table[^>]{0,200}\bdataframe\b/.test(html)) return undefined;
  const head: HtmlCell[][] = [];
  const body: HtmlCell[][] = [];
  const note: string[] = [];
  let tables = 0;
  let openTags = 0;
  let depth = 0;
  let inHead = false;
  let hidden = 0;
  let row: HtmlCell[] | undefined;
  let cell: HtmlCell | undefined;
  const parser = new Parser({
    onopentag(name, attributes) {
      openTags += 1;
      if (openTags > maxOpenTags) throw new RangeError('nested too deeply');
      if (name === 'table') {
        tables += 1;
        depth += 1;
      } else if (name === 'style' || name === 'script') hidden += 1;
      else if (name === 'thead') inHead = true;
      else if (name === 'tbody') inHead = false;
      else if (name === 'tr' && depth === 1) {
        row = [];
        (inHead ? head : body).push(row);
      } else if ((name === 'td' || name === 'th') && depth === 1) {
        cell = {
          text: '',
          isHeading: name === 'th',
          columns: toSpan(attributes.colspan),
          rows: toSpan(attributes.rowspan),
        };
        row?.push(cell);
      } else if (name === 'br' && cell !== undefined) cell.text += ' ';
    },
    ontext(text) {
      if (hidden > 0) return;
      if (cell !== undefined) cell.text += text;
      else if (depth === 0 && text.trim() !== '') note.push(text.trim());
    },
    onclosetag(name) {
      openTags -= 1;
      if (name === 'table') depth -= 1;
      else if (name === 'style' || name === 'script') hidden -= 1;
      else if (name === 'thead') inHead = false;
      else if (depth === 1 && (name === 'td' || name === 'th')) cell = undefined;
    },
  });
  try {
    parser.end(html);
  } catch {
    return undefined;
  }
  if (tables !== 1 || head.length + body.length > maxHeight) return undefined;
  const headRows = fillSpans(head);
  const bodyRows = fillSpans(body);
  if (headRows === undefined || bodyRows === undefined) return undefined;
  const width = Math.max(...[...headRows, ...bodyRows].map((each) => each.length), 0);
  if (width === 0 || width > maxWidth) return undefined;
  return toGrid(headRows, bodyRows, width, note.join(' '));
}

interface GridCell {
  readonly text: string;
  readonly isHeading: boolean;
}

function toGrid(
  head: readonly (readonly GridCell[])[],
  body: readonly (readonly GridCell[])[],
  width: number,
  note: string,
): DataframeGrid {
  const headingsOf = (row: readonly GridCell[]) => {
    const end = row.findIndex(({ isHeading }) => !isHeading);
    return end === -1 ? row.length : end;
  };
  const indexWidth = body.length === 0 ? 0 : Math.min(...body.map(headingsOf));
  const pad = (row: readonly GridCell[]) =>
    Array.from({ length: width }, (_, i) => row[i]?.text ?? '');
  const headTexts = head.map(pad);
  const columns = Array.from({ length: width }, (_, i) =>
    [...new Set(headTexts.map((row) => row[i] ?? '').filter((text) => text !== ''))].join(' / '),
  );
  return { columns, rows: body.map(pad), indexWidth, note };
}

/** Each row with the cells that reach into it from the left and from above; undefined if too large. */
function fillSpans(rows: readonly (readonly HtmlCell[])[]): GridCell[][] | undefined {
  const filled: GridCell[][] = rows.map(() => []);
  for (const [at, row] of rows.entries()) {
    let column = 0;
    for (const cell of row) {
      while (filled[at]?.[column] !== undefined) column += 1;
      if (column + cell.columns > maxWidth) return undefined;
      const text = cell.text.replace(/\s+/g, ' ').trim();
      const lastRow = Math.min(at + cell.rows, rows.length);
      for (let r = at; r < lastRow; r += 1) {
        const target = filled[r];
        for (let c = column; target !== undefined && c < column + cell.columns; c += 1) {
          target[c] = { text, isHeading: cell.isHeading };
        }
      }
      column += cell.columns;
    }
  }
  return filled.map((row) => Array.from(row, (cell) => cell ?? { text: '', isHeading: false }));
}

function toSpan(text: string | undefined): number {
  const span = Number(text);
  return Number.isInteger(span) && span > 0 ? Math.min(span, maxHeight) : 1;
}
