import {
  NotebookCellKind,
  NotebookCellOutput,
  NotebookCellOutputItem,
  type NotebookDocument,
  type NotebookCell as VsCodeCell,
} from 'vscode';
import {
  type Decoding,
  type EditorCell,
  type EditorNotebook,
  type EditorOutput,
  editorCellId,
  fromEditor,
  isBinaryMime,
  toRecord,
} from '../core/notebook/editorNotebook';
import type { Notebook, NotebookCell, NotebookOutput } from '../core/notebook/notebook';

/** Notebooks that Epochlog keeps. */
export const notebookType = 'jupyter-notebook';
/** The Interactive Window, which is a notebook without a file. */
export const interactiveType = 'interactive';

/**
 * The notebook as the editor holds it now, saved or not.
 *
 * @param keptOutputs indexes of the cells whose outputs are taken; all if left out.
 */
export function toNotebook(
  document: NotebookDocument,
  keptOutputs?: ReadonlySet<number>,
): Notebook {
  return fromEditor(toEditorNotebook(document, keptOutputs), decoding);
}

export const decoding: Decoding = {
  utf8: (data) => Buffer.from(data).toString('utf8'),
  base64: (data) => Buffer.from(data).toString('base64'),
};

/**
 * The same as it is held, which costs little: nothing of an output is copied, nor changed by what is run later.
 *
 * @param sources taken in place of what those cells hold now.
 */
export function toEditorNotebook(
  document: NotebookDocument,
  keptOutputs?: ReadonlySet<number>,
  sources?: ReadonlyMap<VsCodeCell, string>,
): EditorNotebook {
  return {
    metadata: document.metadata,
    cells: document
      .getCells()
      .map((cell, index) =>
        toEditorCell(cell, keptOutputs?.has(index) ?? true, sources?.get(cell)),
      ),
  };
}

function toEditorCell(
  cell: VsCodeCell,
  hasOutputs: boolean,
  source = cell.document.getText(),
): EditorCell {
  return {
    isCode: cell.kind === NotebookCellKind.Code,
    languageId: cell.document.languageId,
    source,
    metadata: cell.metadata,
    executionOrder: cell.executionSummary?.executionOrder,
    outputs: hasOutputs ? cell.outputs.map(toEditorOutput) : [],
  };
}

/** VS Code adds items to an output that grows. */
function toEditorOutput({ metadata, items }: NotebookCellOutput): EditorOutput {
  return { metadata, items: items.map(({ mime, data }) => ({ mime, data })) };
}

/** The kernel specification that a notebook names, such as `python3`. */
export function kernelName(document: NotebookDocument): string | undefined {
  const rest = toRecord(document.metadata);
  const { name } = toRecord(toRecord(rest.metadata ?? rest).kernelspec);
  return typeof name === 'string' ? name : undefined;
}

/** The id that nbformat 4.5 gives a cell; the editor keeps it in the metadata. */
export function cellId(cell: VsCodeCell): string | undefined {
  return editorCellId(cell.metadata);
}

export function toCellKind(cell: VsCodeCell): NotebookCell['kind'] {
  if (cell.kind !== NotebookCellKind.Code) return 'markdown';
  return cell.document.languageId === 'raw' ? 'raw' : 'code';
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
    metadata: output.metadata ?? {},
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
