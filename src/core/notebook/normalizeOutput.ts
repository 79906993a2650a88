import type { NotebookOutput } from './notebook';
import { stableJson } from './notebookJson';

/** Adjacent pieces of one stream as the one stream that a reader sees. */
export function mergeStreams(outputs: readonly NotebookOutput[]): NotebookOutput[] {
  const merged: NotebookOutput[] = [];
  for (let i = 0; i < outputs.length; ) {
    const output = outputs[i];
    if (output === undefined) break;
    let end = i + 1;
    while (output.kind === 'stream' && isSameStream(output, outputs[end])) end += 1;
    const text = outputs.slice(i, end).map((piece) => piece.text ?? '');
    merged.push(end === i + 1 ? output : { ...output, text: text.join('') });
    i = end;
  }
  return merged;
}

function isSameStream(a: NotebookOutput, b: NotebookOutput | undefined): boolean {
  return b?.kind === 'stream' && a.name === b.name;
}

/** Every byte of an output as one text, to tell equal outputs from different ones. */
export function toRawText(output: NotebookOutput): string {
  const text = write(output, (each) => each);
  return output.metadata === undefined ? text : `${text}\0\0${stableJson(output.metadata)}`;
}

/**
 * An output as one text that is equal for two runs of the same code with the same result: without
 * memory addresses, generated ids, process ids, execution counts, and the timings and timestamps
 * of known tools, and without metadata. Dates and numbers of the result itself stay. Only for comparing, never to show.
 */
export function toStableText(output: NotebookOutput): string {
  return write(output, toStableMedium);
}

/** The same of one medium; `stream` is that of a stream. */
export function toStableMedium(text: string, media: string): string {
  if (media === 'stream') return dropVolatile(overwriteLines(text));
  // Base64 is the same however its lines are broken.
  if (media.startsWith('image/') && media !== 'image/svg+xml') {
    return text.includes('\n') ? text.replace(/\s+/g, '') : text.trimEnd();
  }
  return dropVolatile(media === widgetMedia ? text.replace(widgetModel, '') : text);
}

const widgetMedia = 'application/vnd.jupyter.widget-view+json';
const widgetModel = /"model_id":\s*"[^"]*"/g;

function write(output: NotebookOutput, transform: (text: string, media: string) => string): string {
  const { kind, name = '', text = '', ename = '', evalue = '', traceback = '' } = output;
  const media = Object.keys(output.data).sort();
  return [
    // A result and a display show the same thing; which of both it is changes with a semicolon.
    kind === 'result' ? 'display' : kind,
    name,
    transform(text, kind),
    ename,
    transform(evalue, 'text/plain'),
    transform(traceback, 'text/plain'),
    ...media.flatMap((type) => [type, transform(output.data[type] ?? '', type)]),
  ].join('\0');
}

/** What a terminal would show: `\r` starts the line anew, so that a progress bar is its last state. */
function overwriteLines(text: string): string {
  if (!text.includes('\r')) return text;
  return text
    .split('\n')
    .map((line) => {
      const shown = line.endsWith('\r') ? line.slice(0, -1) : line;
      return shown.slice(shown.lastIndexOf('\r') + 1);
    })
    .join('\n');
}

/**
 * Pattern → replacement. Each names what writes it; none may match a result by accident, and each
 * is bounded so that a long text cannot make it slow.
 */
const volatile: readonly (readonly [RegExp, string])[] = [
  // repr() of an object without one of its own.
  [/\b0x[0-9a-fA-F]{6,16}\b/g, '0x'],
  // uuid4(): plotly and Colab elements, Vega embeds, kernels.
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, 'uuid'],
  // tempfile: directories and files of a moment.
  [/\/tmp[a-z0-9_]{8}\b/g, '/tmp'],
  // scikit-learn's estimator diagrams and pandas' styled tables.
  [/\bsk-(container|estimator)-id-\d+/g, 'sk-$1-id'],
  [/\bT_[0-9a-f]{5}(?![0-9a-f])/g, 'T_'],
  // IPython: files of cells, prompts in tracebacks.
  [/\bipykernel_\d+\/\d+\.py/g, 'ipykernel.py'],
  [/<ipython-input-\d+-[0-9a-f]+>/g, '<ipython-input>'],
  [/\b(Cell )?In ?\[\d+\]/g, '$1In'],
  // %time, %%timeit.
  [/^(CPU times|Wall time): .*$/gm, '$1'],
  [/(?<![\d.])[\d.]{1,20} [nuµμm]?s ± [\d.]{1,20} [nuµμm]?s per loop/g, 'time per loop'],
  // tqdm, Keras.
  [/\[\d[\d:]{0,20}<[\d:?]{0,20}, +[^\]\n]{0,80}\]/g, '[time]'],
  [/\b\d+m?s \d+[mun]?s\/(step|epoch|sample)\b/g, 'time/$1'],
  // Python's logging and TensorFlow's: a time of day with a fraction at the start of a line.
  [/^(?:\w+:)?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.,]\d+/gm, 'timestamp'],
  // matplotlib's SVG.
  [/<dc:date>[^<]*<\/dc:date>/g, '<dc:date/>'],
  [/(?<![ \t])[ \t]+$/gm, ''],
];

/** Colours and styles (ECMA-48 SGR), which depend on the terminal that a program thinks it has. */
const styles = /\u001b\[[\d;]*m/g;

function dropVolatile(styled: string): string {
  const text = styled.includes('\u001b') ? styled.replace(styles, '') : styled;
  return volatile.reduce((kept, [pattern, to]) => kept.replace(pattern, to), text).trimEnd();
}
