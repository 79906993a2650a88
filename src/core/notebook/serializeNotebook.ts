import type { Notebook, NotebookCell, NotebookOutput } from './notebook';
import { isObject } from './notebookJson';

/**
 * The text of an `.ipynb` file (nbformat 4) with the key order and indentation that Jupyter and VS
 * Code write, so that a later save of the same state differs as little as possible.
 */
export function serializeNotebook(notebook: Notebook): string {
  const file = {
    cells: notebook.cells.map(toFileCell),
    metadata: notebook.metadata,
    nbformat: notebook.nbformat,
    nbformat_minor: notebook.nbformatMinor,
  };
  return `${JSON.stringify(inOrder(file), undefined, 1)}\n`;
}

/** The same value with the keys of all objects in order. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (!isObject(value)) return value;
  const entries = Object.keys(value).sort();
  return Object.fromEntries(entries.map((key) => [key, inOrder(value[key])]));
}

function toFileCell(cell: NotebookCell): object {
  const code = cell.kind === 'code';
  return {
    cell_type: cell.kind,
    ...(cell.attachments ? { attachments: cell.attachments } : {}),
    ...(code ? { execution_count: cell.executionCount ?? null } : {}),
    ...(cell.id === undefined ? {} : { id: cell.id }),
    metadata: cell.metadata,
    ...(code
      ? { outputs: cell.outputs.map((output) => toFileOutput(output, cell.executionCount)) }
      : {}),
    source: toLines(cell.source),
  };
}

function toFileOutput(output: NotebookOutput, executionCount: number | undefined): object {
  switch (output.kind) {
    case 'stream':
      return {
        name: output.name ?? 'stdout',
        output_type: 'stream',
        text: toLines(output.text ?? ''),
      };
    case 'error':
      return {
        ename: output.ename ?? '',
        evalue: output.evalue ?? '',
        output_type: 'error',
        traceback: (output.traceback ?? '').split('\n'),
      };
    case 'display':
      return {
        data: toFileData(output.data),
        metadata: output.metadata ?? {},
        output_type: 'display_data',
      };
    case 'result':
      return {
        data: toFileData(output.data),
        execution_count: executionCount ?? null,
        metadata: output.metadata ?? {},
        output_type: 'execute_result',
      };
  }
}

function toFileData(data: NotebookOutput['data']): object {
  return Object.fromEntries(
    Object.entries(data).map(([mime, text]) => {
      if (isJsonMime(mime)) return [mime, parseJson(text)];
      return [mime, isTextMime(mime) ? toLines(text) : text];
    }),
  );
}

/** Media whose value in the file is JSON itself rather than text (nbformat's rule). */
function isJsonMime(mime: string): boolean {
  return mime === 'application/json' || /^application\/.*\+json$/.test(mime);
}

/** Whether a medium is kept as text; the others are base64. */
function isTextMime(mime: string): boolean {
  return mime.startsWith('text/') || mime === 'image/svg+xml' || mime === 'application/javascript';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The format keeps text as lines that carry their own line ends. */
function toLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
