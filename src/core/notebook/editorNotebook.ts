import type { Notebook, NotebookCell, NotebookOutput } from './notebook';

/** A notebook as VS Code's editor holds it: outputs as bytes by medium, what else a file says as metadata. */
export interface EditorNotebook {
  readonly metadata: unknown;
  readonly cells: readonly EditorCell[];
}

export interface EditorCell {
  readonly isCode: boolean;
  readonly languageId: string;
  readonly source: string;
  readonly metadata: unknown;
  readonly executionOrder?: number | undefined;
  readonly outputs: readonly EditorOutput[];
}

export interface EditorOutput {
  readonly metadata?: unknown;
  readonly items: readonly { readonly mime: string; readonly data: Uint8Array }[];
}

/** How bytes become the text of a file. */
export interface Decoding {
  utf8(data: Uint8Array): string;
  base64(data: Uint8Array): string;
}

export const streamMimes: ReadonlyMap<string, string> = new Map([
  ['application/vnd.code.notebook.stdout', 'stdout'],
  ['application/vnd.code.notebook.stderr', 'stderr'],
]);
const errorMime = 'application/vnd.code.notebook.error';

/** The notebook as its file would say it. */
export function fromEditor({ metadata, cells }: EditorNotebook, decoding: Decoding): Notebook {
  const { cells: _cells, indentAmount: _indent, ...rest } = toRecord(metadata);
  const own = toRecord(rest.metadata ?? rest);
  return {
    cells: cells.map((cell) => fromEditorCell(cell, decoding)),
    metadata: own,
    language: String(toRecord(own.language_info).name ?? 'python').toLowerCase(),
    nbformat: toNumber(rest.nbformat, 4),
    nbformatMinor: toNumber(rest.nbformat_minor, 5),
  };
}

/** The id that nbformat 4.5 gives a cell; the editor keeps it in the metadata. */
export function editorCellId(cellMetadata: unknown): string | undefined {
  const { id, metadata } = toRecord(cellMetadata);
  const found = id ?? toRecord(metadata).id;
  return typeof found === 'string' ? found : undefined;
}

/** Which media VS Code holds as bytes; others that are base64 in a file, such as a PDF, stay that. */
export function isBinaryMime(mime: string): boolean {
  return mime.startsWith('image/') && mime !== 'image/svg+xml';
}

export function toRecord(value: unknown): Readonly<Record<string, unknown>> {
  // SAFETY: any object can be read by name; what is read is checked where it is used.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function fromEditorCell(cell: EditorCell, decoding: Decoding): NotebookCell {
  const id = editorCellId(cell.metadata);
  const { metadata, attachments } = toRecord(cell.metadata);
  return {
    kind: cell.isCode ? (cell.languageId === 'raw' ? 'raw' : 'code') : 'markdown',
    ...(id === undefined ? {} : { id }),
    source: cell.source,
    outputs: cell.outputs.map((output) => toOutput(output, decoding)),
    ...(cell.executionOrder === undefined ? {} : { executionCount: cell.executionOrder }),
    metadata: toRecord(metadata),
    ...(attachments === undefined ? {} : { attachments: toRecord(attachments) }),
  };
}

function toOutput({ items, metadata }: EditorOutput, decoding: Decoding): NotebookOutput {
  const [first] = items;
  const stream = first && streamMimes.get(first.mime);
  if (stream !== undefined) {
    const text = items.map(({ data }) => decoding.utf8(data)).join('');
    return { kind: 'stream', name: stream, text, data: {} };
  }
  if (first?.mime === errorMime) return toError(decoding.utf8(first.data), metadata);
  // The built-in serializer keeps what the file says under this name.
  const own = toRecord(toRecord(metadata).metadata);
  return {
    kind: toRecord(metadata).outputType === 'execute_result' ? 'result' : 'display',
    data: Object.fromEntries(
      items.map(({ mime, data }) => [
        mime,
        isBinaryMime(mime) ? decoding.base64(data) : decoding.utf8(data),
      ]),
    ),
    ...(Object.keys(own).length > 0 ? { metadata: own } : {}),
  };
}

function toError(json: string, metadata: unknown): NotebookOutput {
  // The built-in serializer keeps what the file said beside VS Code's own form of it.
  const original = toRecord(toRecord(metadata).originalError);
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
    return toRecord(JSON.parse(json));
  } catch {
    return {};
  }
}

function toNumber(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
