import { codeAt, isBlank, isDigit, isWordChar } from './charKinds';

export type BarKind = 'tqdm' | 'keras' | 'drawn';

/** One frame of a progress bar. */
export interface ProgressBar {
  readonly kind: BarKind;
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
// the middle. The postfix may hold brackets of its own. This is what stands behind the `%`.
const TQDM =
  /(?:\|[^|]*\|)?\s+([\d.]+[kMG]?)\/([\d.]+[kMG]?)\s+\[[\d:]+(?:<[\d:?]+)?(?:,\s*(?:[\d.]+|\?)\s*[A-Za-z]*\/?[A-Za-z ]+)?((?:,[^[\]]*(?:\[[^\]]*\][^[\]]*)*)?)\](.*)$/sy;
// The same where the window cuts it: it would end with its bracket.
const TQDM_CUT = /(?:\|[^|]*\|)?\s+([\d.]+[kMG]?)\/([\d.]+[kMG]?)\s+\[[\d:]+<[^\]]*$/y;
// Keras: `15/15 [====] - 2s 1ms/step - loss: 1.0` and `15/15 ━━━━ 0s 2ms/step - loss: 1.0`, from the
// slash on.
const KERAS = /\/(\d+|Unknown)\s+(?:\[[=>.]+\]|[━╸╺─][━╸╺─ ]{3,})\s*(?:- )?/y;
const KERAS_TAIL = /\d[mun]?s\b|ETA|\b[a-z_]+: /;
// A bar that the program draws by itself, with its counts before or after it.
const DRAWN =
  /[[|](?:[=>#█▉▊▋▌▍▎▏▓▒░*.\- ]|\b\d+\/\d+\b){10,}[\]|]|[━╸╺][━╸╺─]{4,}|(?<=\d% )─{5,}|[█▓▒░]{5,}|(?<=\d%)\|[█▉▊▋▌▍▎▏ ]{10,}/;
const COUNTS = /(?<![\d.])(\d+)\s?\/\s?(\d+)(?![\d.]*\d)/;
const COUNTS_BEHIND = /^[\s:|]*(?:\d+%\s*)?(\d+)\s?\/\s?(\d+)(?![\d.]*\d)/;
// Keras with `verbose=2` says `313/313 - 0s - loss: 0.1` once, at the end.
const KERAS_LINE = /^\s*(\d+)\/\1 - (?=\d+m?s - )/;
const LONGEST_BAR_CHARS = 2_048;
const LONGEST_PERCENT_DIGITS = 3;

/** Reads a line as a frame of a progress bar. */
export function parseProgressBar(line: string): ProgressBar | undefined {
  if (line.length > LONGEST_BAR_CHARS || !line.includes('/')) return undefined;
  return parseTqdm(line) ?? parseKeras(line) ?? parseKerasLine(line) ?? parseDrawn(line);
}

function parseTqdm(line: string): ProgressBar | undefined {
  for (let percent = line.indexOf('%'); percent !== -1; percent = line.indexOf('%', percent + 1)) {
    const start = numberStart(line, percent);
    const digits = percent - start;
    if (digits === 0 || digits > LONGEST_PERCENT_DIGITS || isWordChar(codeAt(line, start - 1)))
      continue;
    TQDM.lastIndex = percent + 1;
    TQDM_CUT.lastIndex = percent + 1;
    const found = TQDM.exec(line) ?? TQDM_CUT.exec(line);
    if (found === null) continue;
    const [, done = '', total = '', tail = cutTail(found[0]), glued = ''] = found;
    const head = line.slice(0, start).trimEnd().replace(/:$/, '');
    return { kind: 'tqdm', head, done: count(done), total: count(total), tail, glued };
  }
  return undefined;
}

function parseKeras(line: string): ProgressBar | undefined {
  for (let slash = line.indexOf('/'); slash !== -1; slash = line.indexOf('/', slash + 1)) {
    const start = numberStart(line, slash);
    const next = codeAt(line, slash + 1);
    if (start === slash || !(isDigit(next) || next === 0x55)) continue;
    KERAS.lastIndex = slash;
    const found = KERAS.exec(line);
    if (found === null) continue;
    const tail = line.slice(slash + found[0].length);
    if (!KERAS_TAIL.test(tail) || COUNTS_BEHIND.test(tail)) return undefined;
    return {
      kind: 'keras',
      head: line.slice(0, start).trimEnd(),
      done: Number(line.slice(start, slash)),
      total: count(found[1] ?? ''),
      tail,
      glued: '',
    };
  }
  return undefined;
}

function parseKerasLine(line: string): ProgressBar | undefined {
  const found = KERAS_LINE.exec(line);
  if (found === null) return undefined;
  const steps = Number(found[1]);
  const tail = line.slice(found[0].length);
  return { kind: 'keras', head: '', done: steps, total: steps, tail, glued: '' };
}

function parseDrawn(line: string): ProgressBar | undefined {
  const drawn = hasCounts(line) ? DRAWN.exec(line) : null;
  if (drawn === null) return undefined;
  // `Epoch 1/2 ━━━━ 10/10`: the counts right behind the bar are its own.
  const behind = COUNTS_BEHIND.exec(line.slice(drawn.index + drawn[0].length));
  const counts = behind ?? COUNTS.exec(line);
  if (counts === null) return undefined;
  return {
    kind: 'drawn',
    head: line.slice(0, drawn.index),
    done: Number(counts[1]),
    total: Number(counts[2]),
    tail: line.slice(drawn.index + drawn[0].length),
    glued: '',
  };
}

/** Whether a slash stands between two numbers. */
function hasCounts(line: string): boolean {
  for (let slash = line.indexOf('/'); slash !== -1; slash = line.indexOf('/', slash + 1)) {
    const before = isBlank(codeAt(line, slash - 1)) ? slash - 2 : slash - 1;
    const behind = isBlank(codeAt(line, slash + 1)) ? slash + 2 : slash + 1;
    if (isDigit(codeAt(line, before)) && isDigit(codeAt(line, behind))) return true;
  }
  return false;
}

/** The postfix of a bar that was cut, without the value that the cut went through. */
function cutTail(bar: string): string {
  const [, , ...whole] = bar.split(', ').slice(0, -1);
  return whole.map((each) => `, ${each}`).join('');
}

/** Where the digits begin that end at `end`; `end` itself if none do. */
function numberStart(line: string, end: number): number {
  let start = end;
  while (start > 0 && isDigit(codeAt(line, start - 1))) start--;
  return start;
}

/** tqdm shortens large counts: `1.50k`. A Keras bar over a generator has no total. */
function count(text: string): number {
  if (text === 'Unknown') return Number.POSITIVE_INFINITY;
  const factor = { k: 1e3, M: 1e6, G: 1e9 }[text.slice(-1)] ?? 1;
  return Number.parseFloat(text) * factor;
}
