/**
 * A Jupyter notebook as plain data, the same for every version of the file format
 * (https://nbformat.readthedocs.io/en/latest/format_description.html).
 */

/** One output of a code cell. */
export interface NotebookOutput {
  readonly kind: 'stream' | 'display' | 'result' | 'error';
  /** Of a stream: `stdout` or `stderr`. */
  readonly name?: string;
  /** Media type → text. Binary media stay base64; JSON media are JSON text. */
  readonly data: Readonly<Record<string, string>>;
  /** Of a stream: what was printed, with its ANSI escapes and `\r`. */
  readonly text?: string;
  /** Of an error: the exception's class, its message, and the traceback (lines joined by `\n`). */
  readonly ename?: string;
  readonly evalue?: string;
  readonly traceback?: string;
  /** Of a display or a result, if not empty: how it is shown, such as the width of a picture. */
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface NotebookCell {
  readonly kind: 'code' | 'markdown' | 'raw';
  /** Given by the file from nbformat 4.5 on; unique in a well-formed notebook only. */
  readonly id?: string;
  readonly source: string;
  readonly outputs: readonly NotebookOutput[];
  readonly executionCount?: number;
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Of Markdown and raw cells: file name → media type → base64. */
  readonly attachments?: Readonly<Record<string, unknown>>;
}

export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  /** The kernel's language in lower case, `python` where the file does not say. */
  readonly language: string;
  readonly nbformat: number;
  readonly nbformatMinor: number;
}
