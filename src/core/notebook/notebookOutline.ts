import type { CellExecution } from './cellExecution';
import type { NotebookCell, NotebookOutput } from './notebook';

/** A notebook without its large parts: enough to search it, or to tell which of its cells changed. */
export interface NotebookOutline {
  readonly cells: readonly OutlineCell[];
  /** The kernel's language in lower case, `python` where the file does not say. */
  readonly language: string;
  /** What ran between the checkpoint before and this one, in order. */
  readonly executions: readonly CellExecution[];
}

export interface OutlineCell {
  readonly kind: NotebookCell['kind'];
  readonly id?: string;
  readonly source: string;
  readonly executionCount?: number;
  readonly outputs: readonly OutlineOutput[];
}

export interface OutlineOutput {
  readonly kind: NotebookOutput['kind'];
  /** Its media types. */
  readonly media: readonly string[];
  /** As stored in the file. */
  readonly bytes: number;
  /** Equal for outputs that are stored alike, byte for byte. */
  readonly key: string;
  /** What was printed, its plain text or its error, where that is short. */
  readonly text?: string;
}

/** An output with a longer text has none in the outline. */
export const maxOutlineTextLength = 4096;

/** What an output says in plain text, where that is short. */
export function outlineText({
  kind,
  text,
  data,
  ename,
  evalue,
}: NotebookOutput): string | undefined {
  const plain = kind === 'error' ? `${ename}: ${evalue}` : (text ?? data['text/plain']);
  return plain !== undefined && plain.length <= maxOutlineTextLength ? plain : undefined;
}
