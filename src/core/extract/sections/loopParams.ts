import { parseCommand } from '../../command/parseCommand';
import { splitCommand } from '../../command/splitCommand';
import type { ExtractedParam } from '../extraction';

/** The params that the variables of a shell's loop give its turns. */
export interface LoopParams {
  /** How many turns there are. */
  readonly turns: number;
  /** Those of the turn with this number, from 1. */
  turn(number: number): readonly ExtractedParam[];
}

interface Loop {
  readonly variable: string;
  readonly values: readonly string[];
}

const LOOP = /\bfor\s+([A-Za-z_]\w*)\s+in\s+([^;\n]+?)\s*[;\n]\s*do\b/g;
const TRAINER = /\b(?:python[\d.]*|torchrun|accelerate|deepspeed)\b(?=\s)/g;
const SEQUENCE = /^\$\(\s*seq\s+(-?\d+)(?:\s+(-?\d+))?(?:\s+(-?\d+))?\s*\)$/;
const RANGE = /^\{(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?\}$/;
const MAX_TURNS = 1_000;

/**
 * Reads `for lr in 0.1 0.01; do python train.py --lr $lr; done` of POSIX shells, with loops inside one
 * another, `{1..3}`, `{a,b}` and `$(seq 3)`.
 *
 * @returns undefined where there is no such loop, or where what its turns are only the shell knows.
 */
export function readLoop(commandLine: string): LoopParams | undefined {
  const heads = [...commandLine.matchAll(LOOP)];
  const last = heads.at(-1);
  if (last === undefined || heads.length > 3) return undefined;
  const body = commandLine.slice(last.index + last[0].length);
  // Of loops one after the other, or with several programs in each turn, nobody knows which it is.
  if (/\bdone\b/.test(commandLine.slice(0, last.index))) return undefined;
  if ((body.match(TRAINER) ?? []).length !== 1) return undefined;
  const loops: Loop[] = [];
  for (const [, variable = '', words = ''] of heads) {
    const values = readValues(words);
    if (values === undefined) return undefined;
    loops.push({ variable, values });
  }
  const turns = loops.reduce((product, { values }) => product * values.length, 1);
  if (turns === 0 || turns > MAX_TURNS) return undefined;
  const { params } = parseCommand(body.replace(/[;\n]\s*done\b.*$/s, ''));
  return {
    turns,
    turn: (number) => (number > turns ? [] : paramsOf(params, loops, number - 1)),
  };
}

/** What the words of a loop stand for. */
function readValues(text: string): readonly string[] | undefined {
  const sequence = SEQUENCE.exec(text.trim());
  if (sequence !== null) return readSequence(sequence);
  const values: string[] = [];
  for (const token of splitCommand(text)) {
    if (token.kind !== 'word') return undefined;
    const range = RANGE.exec(token.text);
    const list = /^\{([^{}]*,[^{}]*)\}$/.exec(token.text)?.[1];
    if (range !== null) {
      values.push(...count(Number(range[1]), Number(range[2]), Number(range[3] ?? 1)));
    } else if (list !== undefined) values.push(...list.split(','));
    else if (/[$`*?{}[\]]/.test(token.text)) return undefined;
    else values.push(token.text);
  }
  return values;
}

function readSequence([, a = '', b, c]: RegExpExecArray): readonly string[] {
  if (b === undefined) return count(1, Number(a), 1);
  return c === undefined ? count(Number(a), Number(b), 1) : count(Number(a), Number(c), Number(b));
}

function count(from: number, to: number, by: number): readonly string[] {
  const step = Math.max(1, Math.abs(by)) * (from <= to ? 1 : -1);
  const length = Math.min(MAX_TURNS + 1, Math.floor((to - from) / step) + 1);
  return Array.from({ length }, (_, at) => String(from + at * step));
}

function paramsOf(
  params: readonly ExtractedParam[],
  loops: readonly Loop[],
  turn: number,
): readonly ExtractedParam[] {
  // The innermost loop turns fastest.
  let rest = turn;
  const values = new Map<string, string>();
  for (const loop of [...loops].reverse()) {
    values.set(loop.variable, loop.values[rest % loop.values.length] ?? '');
    rest = Math.floor(rest / loop.values.length);
  }
  const used = new Set<string>();
  const own: ExtractedParam[] = [];
  for (const param of params) {
    const value = param.value.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced, bare) => {
      const name: string = braced ?? bare;
      if (!values.has(name)) return whole;
      used.add(name);
      return values.get(name) ?? whole;
    });
    if (value !== param.value) own.push({ ...param, value });
  }
  // One that no param takes is a param itself: `python train.py $seed`.
  for (const { variable } of loops) {
    if (used.has(variable)) continue;
    own.push({ key: variable, value: values.get(variable) ?? '', origin: 'argv' });
  }
  return own;
}
