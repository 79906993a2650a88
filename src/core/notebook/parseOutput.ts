import type { NotebookOutput } from './notebook';
import { isObject, type Json, joinText, stableJson } from './notebookJson';

/** The short names that nbformat 2 and 3 have for media types, as keys of the output itself. */
const legacyMedia: ReadonlyMap<string, string> = new Map([
  ['text', 'text/plain'],
  ['html', 'text/html'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['jpeg', 'image/jpeg'],
  ['latex', 'text/latex'],
  ['json', 'application/json'],
  ['javascript', 'application/javascript'],
  ['pdf', 'application/pdf'],
]);

/** One entry of a code cell's `outputs`, nbformat 2 to 4. */
export function parseOutput(output: Json): NotebookOutput {
  const type = output.output_type;
  if (type === 'stream') {
    const name = output.name ?? output.stream;
    return {
      kind: 'stream',
      name: typeof name === 'string' ? name : 'stdout',
      data: {},
      text: joinText(output.text),
    };
  }
  if (type === 'error' || type === 'pyerr') {
    const traceback = output.traceback;
    return {
      kind: 'error',
      data: {},
      ename: joinText(output.ename),
      evalue: joinText(output.evalue),
      traceback: Array.isArray(traceback) ? traceback.join('\n') : joinText(traceback),
    };
  }
  const { metadata } = output;
  return {
    kind: type === 'execute_result' || type === 'pyout' ? 'result' : 'display',
    data: parseData(output),
    ...(isObject(metadata) && Object.keys(metadata).length > 0 ? { metadata } : {}),
  };
}

function parseData(output: Json): Readonly<Record<string, string>> {
  const bundle = output.data;
  const entries = isObject(bundle)
    ? Object.entries(bundle)
    : Object.entries(output).flatMap(([key, value]) => {
        const media = legacyMedia.get(key);
        return media === undefined ? [] : [[media, value] as const];
      });
  // fromEntries defines own properties, so that a key named __proto__ stays a key.
  return Object.fromEntries(entries.map(([media, value]) => [media, mediaText(value)]));
}

/** Text is a string or a list of strings; every other value is that of a JSON medium. */
function mediaText(value: unknown): string {
  const isText =
    typeof value === 'string' ||
    (Array.isArray(value) && value.every((part) => typeof part === 'string'));
  if (isText) return joinText(value);
  try {
    return JSON.stringify(value);
  } catch {
    // Nested too deeply for the built-in function.
    return stableJson(value);
  }
}
