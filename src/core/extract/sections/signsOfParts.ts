import { sign } from '../lineSigns';

/**
 * How a program ends that nothing caught: Python's and argparse's words, and the shell's for one that
 * is not there or was killed.
 */
const CRASH =
  /^(?:Traceback \(most recent call last\)|[\w./-]+\.\w+: error: |\S*: .*command not found|Killed\b|Segmentation fault)/;

/** Whether a line says that a program broke off. `signs` are the line's. */
export function saysCrash(line: string, signs: number): boolean {
  return (signs & sign.crash) !== 0 && CRASH.test(line);
}

/** What a training says that counts anew and goes on. */
const PHASE =
  /\b(?:stage|phase|warm-?up|fine-?tun\w*|unfr(?:ee|o)z\w*|resum\w*|curriculum|pre-?train\w*)\b/i;
/** scikit-learn's KMeans and mixtures (`verbose=2`) begin several times and keep the best. */
const INITIALIZATION = /^Initialization (?:complete|\d)/;
const LONGEST_CHARS = 200;

/** Whether a line says that what counts anew below it is, or may be, the same training. */
export function saysContinuation(line: string, signs: number): 'certain' | 'possible' | undefined {
  if ((signs & sign.phase) === 0 || line.length > LONGEST_CHARS) return undefined;
  if (INITIALIZATION.test(line)) return 'certain';
  return PHASE.test(line) ? 'possible' : undefined;
}
