import type { Notebook, NotebookCell } from './notebook';
import { isObject, type Json, joinText } from './notebookJson';
import { parseOutput } from './parseOutput';
import { isPercentScript } from './percentMarker';
import { parsePercentScript, percentNotebook } from './percentScript';
import { repairJson } from './repairJson';

/** The text is no notebook; the message is for a user and says what is wrong, and where. */
export class NotebookParseError extends Error {
  override readonly name = 'NotebookParseError';
}

/**
 * Reads an `.ipynb` file of any nbformat with cells (2 to 4, and later ones that keep the shape of 4), or a script
 * whose cells begin with `# %%`. Missing optional parts become empty ones; bare `NaN` and `Infinity` become strings.
 * @throws NotebookParseError if the text is neither JSON with a list of cells nor such a script.
 */
export function parseNotebook(text: string): Notebook {
  if (!/^[\ufeff\s]*\{/.test(text) && isPercentScript(text)) {
    return percentNotebook(parsePercentScript(text));
  }
  const root = parseJson(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  if (!isObject(root))
    throw new NotebookParseError('Not a notebook: the file is not a JSON object.');
  const metadata = toObject(root.metadata);
  const nbformat = toInteger(root.nbformat) ?? 4;
  return {
    cells: collectCells(root).map(([cell, where]) => {
      if (!isObject(cell))
        throw new NotebookParseError(`Damaged notebook: ${where} is not a cell.`);
      return parseCell(cell);
    }),
    metadata,
    language: findLanguage(metadata),
    nbformat,
    nbformatMinor: toInteger(root.nbformat_minor) ?? 0,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const repaired = repairJson(text);
    if (typeof repaired === 'string') return JSON.parse(repaired);
    throw new NotebookParseError(describeFault(text, repaired.offset, repaired.reason));
  }
}

function describeFault(text: string, offset: number, reason: string): string {
  if (text.trim() === '') return 'Not a notebook: the file is empty.';
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const column = offset - (before.lastIndexOf('\n') + 1) + 1;
  const conflict = /^(?:<{7}|={7}|>{7})(?: |$)/m.exec(text);
  const hint = conflict === null ? '' : ' The file holds merge conflict markers.';
  return `Damaged notebook: not JSON at line ${line}, column ${column}: ${reason}.${hint}`;
}

/** Cells with the words that name their place; before nbformat 4 they lie in worksheets. */
function collectCells(root: Json): readonly (readonly [unknown, string])[] {
  const cells = root.cells;
  if (Array.isArray(cells)) return cells.map((cell, i) => [cell, `cells[${i}]`] as const);
  const worksheets = root.worksheets;
  if (!Array.isArray(worksheets)) {
    throw new NotebookParseError('Not a notebook: it has neither "cells" nor "worksheets".');
  }
  return worksheets.flatMap((sheet: unknown, s) => {
    const inSheet = isObject(sheet) ? sheet.cells : undefined;
    if (!Array.isArray(inSheet)) {
      throw new NotebookParseError(`Damaged notebook: worksheets[${s}] has no "cells".`);
    }
    return inSheet.map((cell, i) => [cell, `worksheets[${s}].cells[${i}]`] as const);
  });
}

function parseCell(cell: Json): NotebookCell {
  const type = cell.cell_type;
  const kind =
    type === 'code' ? 'code' : type === 'markdown' || type === 'heading' ? 'markdown' : 'raw';
  const text = joinText(cell.source ?? cell.input);
  const level = toInteger(cell.level) ?? 1;
  const id = cell.id;
  const outputs = cell.outputs;
  const executionCount = toInteger(cell.execution_count ?? cell.prompt_number);
  const attachments = cell.attachments;
  return {
    kind,
    ...(typeof id === 'string' && id !== '' ? { id } : {}),
    source: type === 'heading' ? `${'#'.repeat(Math.min(Math.max(level, 1), 6))} ${text}` : text,
    outputs:
      kind === 'code' && Array.isArray(outputs) ? outputs.filter(isObject).map(parseOutput) : [],
    ...(executionCount === undefined ? {} : { executionCount }),
    metadata: toObject(cell.metadata),
    ...(isObject(attachments) ? { attachments } : {}),
  };
}

function findLanguage(metadata: Json): string {
  const named = [
    toObject(metadata.language_info).name,
    toObject(metadata.kernelspec).language,
  ].find((name) => typeof name === 'string' && name !== '');
  return typeof named === 'string' ? named.toLowerCase() : 'python';
}

function toObject(value: unknown): Json {
  return isObject(value) ? value : {};
}

function toInteger(value: unknown): number | undefined {
  return Number.isInteger(value) ? Number(value) : undefined;
}
