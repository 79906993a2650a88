import type { Param, Run, RunSource } from './run';

/** A side bar shows about this much of a name, and the result should still be seen behind it. */
const maxParamsLength = 24;
/** A part has more room, as its script is not said again. */
const maxPartParamsLength = 40;
const maxValueLength = 16;

/**
 * What a run is called: the user's name, else its script or cell with the params that tell runs
 * apart, such as `train.py · lr=0.01`.
 */
export function runName(run: Pick<Run, 'name' | 'source' | 'params'>): string {
  return run.name ?? [sourceName(run.source), paramText(run.params)].filter(Boolean).join(' · ');
}

/**
 * What a part is called where the run that it is of stands before it, which says its script already:
 * `fold 2/5`, `lr=0.03 hidden=64`.
 */
export function partName(part: Pick<Run, 'name' | 'source' | 'params'>): string {
  return part.name ?? (paramText(part.params, maxPartParamsLength) || sourceName(part.source));
}

/** The script, the notebook cell, the first words of the command, or the log file. */
export function sourceName(source: RunSource): string {
  if (source.kind === 'notebook') {
    return `${baseName(source.notebook).replace(/\.ipynb$/, '')} [${source.cellIndex + 1}]`;
  }
  if (source.script !== undefined) return baseName(source.script);
  const command = source.commandLine.trim();
  if (command === '' && source.logFile !== undefined) return baseName(source.logFile);
  return command.length > 40 ? `${command.slice(0, 39)}…` : command;
}

/** The experiment that a run belongs to unless the user says otherwise: its script or notebook. */
export function experimentName(source: RunSource): string {
  return source.kind === 'notebook' ? source.notebook : (source.script ?? sourceName(source));
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function paramText(params: readonly Param[], maxLength = maxParamsLength): string {
  // What was typed for this run tells more than what was printed or read from a default.
  const typed = params.filter((param) => param.origin === 'argv' || param.origin === 'cell');
  const [first = '', ...others] = (typed.length > 0 ? typed : params).map(
    ({ key, value }) => `${key}=${shorten(value)}`,
  );
  let text = first;
  for (const other of others) {
    if (text.length + 1 + other.length > maxLength) break;
    text += ` ${other}`;
  }
  return text;
}

function shorten(value: string): string {
  return value.length > maxValueLength ? `${value.slice(0, maxValueLength - 1)}…` : value;
}
