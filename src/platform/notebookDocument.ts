import {
  NotebookCellKind,
  NotebookCellOutput,
  NotebookCellOutputItem,
  type NotebookDocument,
  type NotebookCell as VsCodeCell,
} from 'vscode';
import type { Notebook, NotebookCell, NotebookOutput } from '../core/notebook/notebook';

/** Notebooks that Epochlog keeps. */
export const notebookType = 'jupyter-notebook';

export const streamMimes: ReadonlyMap<string, string> = new Map([
  ['application/vnd.code.notebook.stdout', 'stdout'],
  ['application/vnd.code.notebook.stderr', 'stderr'],
]);
const errorMime = 'application/vnd.code.notebook.error';

/**
 * The notebook as the editor holds it now, saved or not.
 *
 * @param keptOutputs indexes of the cells whose outputs are taken; all if left out.
 */
export function toNotebook(
  document: NotebookDocument,
  keptOutputs?: ReadonlySet<number>,
): Notebook {
  return {
    cells: document
      .getCells()
      .map((cell) => toCell(cell, keptOutputs === undefined || keptOutputs.has(cell.index))),
    ...toHeader(document),
  };
}

/** How long cells are read at a stretch before the window goes on. */
const turnMs = 5;

/** As `toNotebook`, of a large notebook without holding up the window; begins anew if it is edited. */
export async function toNotebookInTurns(document: NotebookDocument): Promise<Notebook> {
  for (;;) {
    const { version } = document;
    const cells: NotebookCell[] = [];
    let turnEndsAtMs = performance.now() + turnMs;
    for (const cell of document.getCells()) {
      if (document.version !== version) break;
      cells.push(toCell(cell, true));
      if (performance.now() < turnEndsAtMs) continue;
      await new Promise((resolve) => setImmediate(resolve));
      turnEndsAtMs = performance.now() + turnMs;
    }
    if (document.version === version) return { cells, ...toHeader(document) };
  }
}

function toHeader(document: NotebookDocument): Omit<Notebook, 'cells'> {
  const { cells: _cells, indentAmount: _indent, ...rest } = record(document.metadata);
  const metadata = record(rest.metadata ?? rest);
  return {
    metadata,
    language: String(record(metadata.language_info).name ?? 'python').toLowerCase(),
    nbformat: number(rest.nbformat, 4),
    nbformatMinor: number(rest.nbformat_minor, 5),
  };
}

/** The kernel specification that a notebook names, such as `python3`. */
export function kernelName(document: NotebookDocument): string | undefined {
  const rest = record(document.metadata);
  const { name } = record(record(rest.metadata ?? rest).kernelspec);
  return typeof name === 'string' ? name : undefined;
}

/** The id that nbformat 4.5 gives a cell; the editor keeps it in the metadata. */
export function cellId(cell: VsCodeCell): string | undefined {
  const { id, metadata } = record(cell.metadata);
  const found = id ?? record(metadata).id;
  return typeof found === 'string' ? found : undefined;
}

function toCell(cell: VsCodeCell, hasOutputs: boolean): NotebookCell {
  const id = cellId(cell);
  const order = cell.executionSummary?.executionOrder;
  const code = cell.kind === NotebookCellKind.Code;
  const attachments = record(cell.metadata).attachments;
  return {
    kind: code ? (cell.document.languageId === 'raw' ? 'raw' : 'code') : 'markdown',
    ...(id === undefined ? {} : { id }),
    source: cell.document.getText(),
    outputs: hasOutputs ? cell.outputs.map(toOutput) : [],
    ...(order === undefined ? {} : { executionCount: order }),
    metadata: record(record(cell.metadata).metadata),
    ...(attachments === undefined ? {} : { attachments: record(attachments) }),
  };
}

function toOutput(output: NotebookCellOutput): NotebookOutput {
  const [first] = output.items;
  const stream = first && streamMimes.get(first.mime);
  if (stream !== undefined) {
    const text = output.items.map(({ data }) => Buffer.from(data).toString('utf8')).join('');
    return { kind: 'stream', name: stream, text, data: {} };
  }
  if (first?.mime === errorMime) return toError(Buffer.from(first.data).toString('utf8'), output);
  return {
    kind: record(output.metadata).outputType === 'execute_result' ? 'result' : 'display',
    data: Object.fromEntries(
      output.items.map(({ mime, data }) => [
        mime,
        Buffer.from(data).toString(isBinaryMime(mime) ? 'base64' : 'utf8'),
      ]),
    ),
  };
}

/** The outputs of a file as VS Code's own serializer makes them, so that they are saved as they were. */
export function toCellOutputs(
  outputs: readonly NotebookOutput[],
  executionCount?: number,
): NotebookCellOutput[] {
  return outputs.map((output) => toCellOutput(output, executionCount));
}

function toCellOutput(
  output: NotebookOutput,
  executionCount: number | undefined,
): NotebookCellOutput {
  const { kind, text = '' } = output;
  if (kind === 'error') return toErrorOutput(output);
  if (kind === 'stream') {
    const item =
      output.name === 'stderr'
        ? NotebookCellOutputItem.stderr(text)
        : NotebookCellOutputItem.stdout(text);
    return new NotebookCellOutput([item], { outputType: 'stream' });
  }
  return new NotebookCellOutput(toItems(output), {
    outputType: kind === 'result' ? 'execute_result' : 'display_data',
    ...(kind === 'result' && executionCount !== undefined && { executionCount }),
    metadata: {},
  });
}

function toItems({ data }: NotebookOutput): NotebookCellOutputItem[] {
  return Object.entries(data).map(
    ([mime, text]) =>
      new NotebookCellOutputItem(Buffer.from(text, isBinaryMime(mime) ? 'base64' : 'utf8'), mime),
  );
}

function toErrorOutput({ ename = '', evalue = '', traceback = '' }: NotebookOutput) {
  const item = NotebookCellOutputItem.error({ name: ename, message: evalue, stack: traceback });
  const lines = traceback === '' ? [] : traceback.split('\n');
  return new NotebookCellOutput([item], {
    outputType: 'error',
    originalError: { output_type: 'error', ename, evalue, traceback: lines },
  });
}

/** Which media VS Code holds as bytes; others that are base64 in a file, such as a PDF, stay that. */
function isBinaryMime(mime: string): boolean {
  return mime.startsWith('image/') && mime !== 'image/svg+xml';
}

function toError(json: string, output: NotebookCellOutput): NotebookOutput {
  // The built-in serializer keeps what the file said beside VS Code's own form of it.
  const original = record(record(output.metadata).originalError);
  const shown = parse(json);
  return {
    kind: 'error',
    data: {},
    ename: String(original.ename ?? shown.name ?? ''),
    evalue: String(original.evalue ?? shown.message ?? ''),
    traceback: Array.isArray(original.traceback)
      ? original.traceback.join('\n')
      : String(shown.stack ?? ''),
  };
}

function parse(json: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(json));
  } catch {
    return {};
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  // SAFETY: any object can be read by name; what is read is checked where it is used.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function number(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
