import { Parser } from 'htmlparser2';

/** The rows of a table of an HTML output, each the texts of its cells; the first is its heading. */
export type HtmlTable = readonly (readonly string[])[];

/** Reading so much takes a few milliseconds. */
const LONGEST_HTML_CHARS = 256 * 1024;
const MAX_ROWS = 10_000;
const MAX_CELLS = 100;
const LONGEST_CELL_CHARS = 200;

/**
 * Reads the tables of an HTML output, as pandas, fastai and the Hugging Face Trainer show them. Nothing
 * of it is rendered or run; a table inside a cell is read as one of its own.
 */
export function readHtmlTables(html: string): readonly HtmlTable[] {
  if (html.length > LONGEST_HTML_CHARS || !/<table\b/i.test(html)) return [];
  const tables: HtmlTable[] = [];
  const open: { rows: string[][]; row: string[] | undefined; cell: string | undefined }[] = [];
  const endCell = (): void => {
    const table = open.at(-1);
    if (table?.row === undefined || table.cell === undefined) return;
    if (table.row.length < MAX_CELLS) table.row.push(table.cell.replace(/[|\s]+/g, ' ').trim());
    table.cell = undefined;
  };
  const endRow = (): void => {
    endCell();
    const table = open.at(-1);
    if (table?.row === undefined) return;
    if (table.row.length > 0 && table.rows.length < MAX_ROWS) table.rows.push(table.row);
    table.row = undefined;
  };
  const endTable = (): void => {
    endRow();
    const table = open.pop();
    if (table !== undefined && table.rows.length > 0) tables.push(table.rows);
  };
  const parser = new Parser({
    onopentagname(name) {
      if (name === 'table') open.push({ rows: [], row: undefined, cell: undefined });
      const table = open.at(-1);
      if (table === undefined) return;
      if (name === 'tr') {
        endRow();
        table.row = [];
      } else if (name === 'td' || name === 'th') {
        endCell();
        table.cell = '';
      }
    },
    ontext(text) {
      const table = open.at(-1);
      if (table?.cell === undefined || table.cell.length > LONGEST_CELL_CHARS) return;
      table.cell += text.slice(0, LONGEST_CELL_CHARS);
    },
    onclosetag(name) {
      if (name === 'table') endTable();
      else if (name === 'tr') endRow();
      else if (name === 'td' || name === 'th') endCell();
    },
  });
  parser.end(html);
  while (open.length > 0) endTable();
  return tables;
}
