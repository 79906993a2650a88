/** One frame of a progress bar. */
export interface ProgressBar {
  readonly kind: 'tqdm' | 'keras' | 'drawn';
  /** What stands before the bar, such as `Epoch 3`. */
  readonly head: string;
  readonly done: number;
  readonly total: number;
  /** What the bar says after its counts: the place of its metrics. */
  readonly tail: string;
  /** Text of another print that was glued to the bar's end. */
  readonly glued: string;
}

// tqdm's `format_meter`: `desc:  50%|███  | 2/4 [00:01<00:01, 2.0it/s, loss=0.5]`; Colab and YOLO drop
// the middle. The postfix may hold brackets of its own.
const TQDM =
  /^(?<head>.*?):?\s*\b\d{1,3}%(?:\|[^|]*\|)?\s+(?<done>[\d.]+[kMG]?)\/(?<total>[\d.]+[kMG]?)\s+\[[\d:]+(?:<[\d:?]+)?(?:,\s*(?:[\d.]+|\?)\s*[A-Za-z]*\/?[A-Za-z ]+)?(?<tail>(?:,[^[\]]*(?:\[[^\]]*\][^[\]]*)*)?)\](?<glued>.*)$/s;
// Keras: `15/15 [====] - 2s 1ms/step - loss: 1.0` and `15/15 ━━━━ 0s 2ms/step - loss: 1.0`.
const KERAS =
  /^(?<head>.*?)\s*(?<done>\d+)\/(?<total>\d+|Unknown)\s+(?:\[[=>.]+\]|[━╸╺─ ]{4,})\s*(?:- )?(?<tail>.*)$/s;
// A bar that the program draws by itself, with its counts before or after it.
const DRAWN = /[[|](?:[=>#█▉▊▋▌▍▎▏▓▒░*.\- ]|\b\d+\/\d+\b){10,}[\]|]|[━╸╺]{5,}|[█▓▒░]{5,}/;
const COUNTS = /(?<![\d.])(\d+)\s?\/\s?(\d+)(?![\d.]*\d)/;
const LONGEST_BAR_CHARS = 2_048;

/** Reads a line as a frame of a progress bar. */
export function parseProgressBar(line: string): ProgressBar | undefined {
  if (line.length > LONGEST_BAR_CHARS || !line.includes('/')) return undefined;
  if (line.includes('%')) {
    const groups = TQDM.exec(line)?.groups;
    if (groups !== undefined) {
      const { head = '', done = '', total = '', tail = '', glued = '' } = groups;
      return { kind: 'tqdm', head, done: count(done), total: count(total), tail, glued };
    }
  }
  const keras = KERAS.exec(line)?.groups;
  if (keras !== undefined && /\d[mun]?s\b|ETA|\b[a-z_]+: /.test(keras.tail ?? '')) {
    const { head = '', done = '', total = '', tail = '' } = keras;
    return { kind: 'keras', head, done: count(done), total: count(total), tail, glued: '' };
  }
  const drawn = DRAWN.exec(line);
  const counts = drawn === null ? null : COUNTS.exec(line);
  if (drawn === null || counts === null) return undefined;
  return {
    kind: 'drawn',
    head: line.slice(0, drawn.index),
    done: Number(counts[1]),
    total: Number(counts[2]),
    tail: line.slice(drawn.index + drawn[0].length),
    glued: '',
  };
}

/** tqdm shortens large counts: `1.50k`. A Keras bar over a generator has no total. */
function count(text: string): number {
  if (text === 'Unknown') return Number.POSITIVE_INFINITY;
  const factor = { k: 1e3, M: 1e6, G: 1e9 }[text.slice(-1)] ?? 1;
  return Number.parseFloat(text) * factor;
}
