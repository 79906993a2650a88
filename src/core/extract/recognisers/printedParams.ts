import type { ExtractedParam } from '../extraction';
import type { Finding, LineContext, Recogniser } from '../finding';
import { classifyKey } from '../keyFacts';
import { sign } from '../lineSigns';
import { literalText, parseLiteral } from '../literal';

// argparse's `Namespace(lr=0.1, save='a')` and the like: dataclasses, `TrainingArguments(…)`.
const CALL = /(?:Namespace|Args|Arguments|Config|Params|Options)\((?=\w+\s*=)/;
const SECTION =
  /^\W*(?:best |trial |model |training |run |the )*(?:hyper-?param(?:eter)?s?|params|parameters|config(?:uration)?|arguments|args|settings|options)\s*:?\W*$/i;
const ENTRY = /^\s*(?:[-*|>]\s*)?(?:Overriding:\s*)?([A-Za-z][\w.\-/]*)\s*[:=]\s*(.*?)\s*$/;
const PAIR =
  /(?:^|,\s*|\s)([A-Za-z_]\w*)=((?:\([^)]*\)|\[[^\]]*\]|'[^']*'|"[^"]*"|[^,\s])*)(?=,|\s|$)/g;
const COMMON_PARAMS =
  /^(?:lr\d?|epochs|optimizer|optim|dropout|momentum|seed|device|dataset|data|compile|model|arch|scheduler|criterion|activation|kernel|gamma|alpha|channels|decay|precision|strategy|backbone|imgsz|workers|project|pretrained|objective|booster|solver|penalty|units|filters|dtype|amp|fp16|bf16)$/i;
// What NumPy and pandas print below an array.
const ARRAY_TYPE = /^dtype: (?:float64|int64|object|bool)\s*$/;
const SIZES = /_(?:sizes?|len|samples|tokens|features|version|rank)$/;
// A line of many `key=value` is a dump of settings, not a report.
const LEAST_PAIRS_OF_A_DUMP = 5;
const MAX_LINE_CHARS = 16_000;
const MAX_VALUE_CHARS = 500;
const A_CALL = sign.paren | sign.equals;
const SETS = sign.equals | sign.colon;

/**
 * Params that a program prints: `Namespace(…)`, sections headed `Hyperparameters:`, one setting per
 * line before the training begins, and long lines of `key=value`.
 */
export function createPrintedParamsRecogniser(): Recogniser {
  let inSection = false;

  return {
    name: 'printed-params',
    needs: 0,
    isOpen: () => inSection,
    recognise(line, context): Finding | undefined {
      if (line.length > MAX_LINE_CHARS) return undefined;
      const { signs } = context;
      const call = (signs & A_CALL) === A_CALL ? CALL.exec(line) : null;
      if (call !== null) return asFinding(callParams(line, call.index + call[0].length));
      if ((signs & sign.params) !== 0 && SECTION.test(line)) {
        inSection = true;
        return { readings: [] };
      }
      const mayBeEntry = (inSection || !context.hasMetrics) && (signs & SETS) !== 0;
      const entry = mayBeEntry ? readEntry(line) : undefined;
      if (entry !== undefined && (inSection || isLoneSetting(entry, context))) {
        if (classifyKey(entry.key) !== 'metric') return asFinding([entry]);
      }
      if (inSection && entry === undefined) inSection = false;
      return (signs & sign.equals) === 0 ? undefined : asFinding(dumpParams(line));
    },
  };
}

function asFinding(params: readonly ExtractedParam[]): Finding | undefined {
  return params.length === 0 ? undefined : { readings: [], params };
}

/** The keyword arguments of a printed call; `from` is the place after its bracket. */
function callParams(line: string, from: number): readonly ExtractedParam[] {
  const params: ExtractedParam[] = [];
  let at = from;
  for (;;) {
    const name = /^[\s,]*([A-Za-z_]\w*)\s*=/.exec(line.slice(at, at + 200));
    if (name === null) return params;
    at += name[0].length;
    const value = parseLiteral(line, at);
    if (value === undefined) return params;
    params.push({ key: name[1] ?? '', value: literalText(value.value), origin: 'printed' });
    at = value.end;
  }
}

function readEntry(line: string): ExtractedParam | undefined {
  const entry = ENTRY.exec(line);
  if (entry === null || ARRAY_TYPE.test(line)) return undefined;
  const value = (entry[2] ?? '').replace(/\s+#.*$/, '');
  if (value === '' || value.length > MAX_VALUE_CHARS || /[([{\\]$/.test(value)) return undefined;
  const literal = parseLiteral(value, 0);
  if (
    literal === undefined ||
    literal.end < value.length ||
    /\s/.test(value.replace(/(['"]).*\1/, ''))
  ) {
    if (/[\s,;|{}]/.test(value)) return undefined;
    return { key: entry[1] ?? '', value, origin: 'printed' };
  }
  return { key: entry[1] ?? '', value: literalText(literal.value), origin: 'printed' };
}

/** `batch_size = 64` on a line of its own, ahead of the first metric, is a setting. */
function isLoneSetting({ key, value }: ExtractedParam, context: LineContext): boolean {
  if (context.hasMetrics) return false;
  if (COMMON_PARAMS.test(key)) return true;
  if (!/^[a-z]\w*_\w+$/.test(key) || /[/\\]\S*:/.test(value)) return false;
  return classifyKey(key) !== 'measure' || SIZES.test(key);
}

function dumpParams(line: string): readonly ExtractedParam[] {
  if (/^\W*build settings:/i.test(line)) return [];
  if (line.split('=', LEAST_PAIRS_OF_A_DUMP + 1).length <= LEAST_PAIRS_OF_A_DUMP) return [];
  const pairs = [...line.matchAll(PAIR)].filter(([, , value]) => value !== '');
  const settings = pairs.filter(
    ([, key = '']) => !['metric', 'step', 'epoch'].includes(classifyKey(key)),
  );
  const texts = pairs.filter(([, , value = '']) => !/^[-+\d.eE]+%?$/.test(value)).length;
  if (settings.length < LEAST_PAIRS_OF_A_DUMP || texts * 4 < pairs.length) return [];
  // Nested calls such as `Resize(p=1.0, …)` describe parts, not the run.
  if (/\w\(\w+=/.test(line)) return [];
  return pairs
    .filter(([, key = '']) => classifyKey(key) !== 'metric')
    .map(([, key = '', value = '']) => ({
      key,
      value: literalText({
        kind: 'leaf',
        text: value.replace(/^(['"])(.*)\1$/, '$2'),
        quoted: false,
      }),
      origin: 'printed',
    }));
}
