import { parseCommand } from '../../command/parseCommand';
import type { ExtractedParam } from '../extraction';
import { keyFacts } from '../keyFacts';
import { sign } from '../lineSigns';
import { peelDecoration } from './peelDecoration';

/** A line that says that one of several trainings begins, or which one it speaks of. */
export interface Heading {
  /** `fold`, `seed`, `run` …; `job` for Hydra's, `settings`, `command`. */
  readonly kind: string;
  readonly number?: number;
  /** How many there are to be, where it says so. */
  readonly total?: number;
  /** What the training is called; undefined where its params say more. */
  readonly name?: string;
  readonly params: readonly ExtractedParam[];
  /** A weak one is also printed within one training, such as the learning rate of each epoch. */
  readonly isWeak: boolean;
}

const LEAD =
  '(?:(?:train(?:ing)?|start(?:ing|ed)?|begin(?:ning)?|process(?:ing)?|run(?:ning)?|fit(?:ting)?|search|evaluat(?:e|ing)|using|with|for|on|the|now|new|random|outer|inner|cross[- ]?validation|cv|k[- ]?fold|stratified)\\b[\\s:,-]*){0,4}';
const KINDS =
  'fold|seed|run|repeat|repetition|replicate|trial|experiment|config(?:uration)?|model|split';
/** `Fold 1/5`, `Training fold #2 of 5`, `seed=42`, `Running Trial #3`. */
const NUMBERED = new RegExp(
  `^${LEAD}(?<kind>${KINDS})(?:\\s+(?:no\\.?|number|id))?\\s*[#:=-]?\\s*#?(?<number>\\d{1,6})(?:\\s*(?:/|of|out of)\\s*(?<total>\\d{1,6}))?(?<rest>$|[\\s\\W_].*)`,
  'i',
);
/** Said when it is over, of its result, or of a part of a name: `Trial 3 finished with value`, `run 2.5`. */
const OVER =
  /^[.\d]|^\W*(?:done|finish\w*|complete\w*|end(?:ed|s)?|took|result\w*|score\w*|summary|best|stopped|pruned|failed|saved|errored)\b/i;

// hydra/_internal/core_plugins/basic_launcher.py and its joblib and submitit kin:
// `[HYDRA] 	#0 : lr=0.1 model=x`.
const HYDRA_JOB = /^\[HYDRA\]\s+#(\d+)\s*:\s*(.*)$/;

/** A shell that echoes what it runs (`set -x`), or one inside the command's shell: `$ python train.py`. */
const COMMAND =
  /^(?:\++ |.{0,80}?[$#%>❯] )?((?:\w+=\S+ )*(?:\S*\/)?(?:python[\d.]*|torchrun|accelerate launch|uv run|poetry run)\s.*\S)\s*$/;
const COMMAND_ECHO = /^\+ |[$#%>❯] /;

const LONGEST_HEADING_CHARS = 200;
const MAX_SETTINGS = 12;

/** Reads a line, without its prefixes, as a heading. `signs` are the line's. */
export function readHeading(line: string, signs: number): Heading | undefined {
  if (line.startsWith('[HYDRA]')) return readHydraJob(line);
  const command = line.includes('.py') ? readCommand(line) : undefined;
  if (command !== undefined || line.length > LONGEST_HEADING_CHARS) return command;
  const mayNumber = (signs & NUMBERED_SIGNS) === NUMBERED_SIGNS;
  const maySet = (signs & (sign.equals | sign.colon)) !== 0;
  if (!mayNumber && !maySet) return undefined;
  const text = peelDecoration(line);
  return (mayNumber ? readNumbered(text) : undefined) ?? (maySet ? readSettings(text) : undefined);
}

const NUMBERED_SIGNS = sign.part | sign.digit;

function readNumbered(text: string): Heading | undefined {
  const groups = NUMBERED.exec(text)?.groups;
  if (groups === undefined || OVER.test(groups.rest ?? '')) return undefined;
  const kind = (groups.kind ?? '').toLowerCase();
  const number = Number(groups.number);
  const total = groups.total === undefined ? undefined : Number(groups.total);
  const named = kind === 'fold' || kind === 'seed' ? kind : undefined;
  return {
    kind,
    number,
    ...(total === undefined ? {} : { total }),
    name: `${kind} ${number}${total === undefined ? '' : `/${total}`}`,
    params: named === undefined ? [] : [{ key: named, value: String(number), origin: 'printed' }],
    isWeak: false,
  };
}

function readHydraJob(line: string): Heading | undefined {
  const job = HYDRA_JOB.exec(line);
  if (job === null) return undefined;
  const overrides = splitOverrides(job[2] ?? '');
  return {
    kind: 'job',
    number: Number(job[1]),
    name: overrides.join(', ') || `job ${job[1]}`,
    params: overrides.flatMap((override): readonly ExtractedParam[] => {
      const equals = override.indexOf('=');
      if (equals <= 0) return [];
      const key = override.slice(0, equals).replace(/^\+{1,2}/, '');
      return [{ key, value: override.slice(equals + 1), origin: 'argv' }];
    }),
    isWeak: false,
  };
}

/** `a=1 b=[1, 2] c='x y'` at its outer blanks. */
function splitOverrides(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let part = '';
  for (const char of text) {
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if ('[{('.includes(char)) depth++;
    else if (']})'.includes(char)) depth--;
    if (char === ' ' && depth === 0 && quote === '') {
      parts.push(part.trim());
      part = '';
    } else part += char;
  }
  return [...parts, part.trim()].filter((each) => each !== '');
}

function readCommand(line: string): Heading | undefined {
  if (!COMMAND_ECHO.test(line)) return undefined;
  const command = COMMAND.exec(line)?.[1];
  if (command === undefined) return undefined;
  const { script, params } = parseCommand(command);
  if (script === undefined) return undefined;
  return { kind: 'command', params, isWeak: false };
}

/** `lr=0.1`, `--- lr: 0.1, batch_size: 32 ---`, `Training with lr=0.1`: settings and nothing else. */
function readSettings(text: string): Heading | undefined {
  const params: ExtractedParam[] = [];
  SETTING.lastIndex = SETTINGS_LEAD.exec(text)?.[0].length ?? 0;
  while (SETTING.lastIndex < text.length) {
    const [, key = '', value = ''] = SETTING.exec(text) ?? [];
    if (key === '' || !isSetting(key) || params.length >= MAX_SETTINGS) return undefined;
    params.push({ key, value, origin: 'printed' });
  }
  if (params.length === 0) return undefined;
  return {
    kind: `settings ${params.map(({ key }) => key).join()}`,
    name: params.map(({ key, value }) => `${key}=${value}`).join(', '),
    params,
    isWeak: true,
  };
}

const SETTINGS_LEAD = new RegExp(`^${LEAD}(?:(?:config|params?|settings?)\\b[\\s:]*)?`, 'i');
const SETTING = /([A-Za-z_][\w.-]*)\s*[=:]\s*([^\s,;|]+)\s*[,;|]?\s*/y;

function isSetting(key: string): boolean {
  const { kind } = keyFacts(key);
  return kind === 'config' || kind === 'byproduct' || kind === 'unknown';
}
