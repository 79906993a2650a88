import { readFile, readlink, realpath } from 'node:fs/promises';
import { basename, delimiter, isAbsolute, join, resolve } from 'node:path';
import type { ListedProcess } from '../processes/processTable';

/** Programs written in Python that start the user's own Python as another process. */
const starters: ReadonlySet<string> = new Set(
  'conda mamba poetry pdm hatch pipenv rye tox nox'.split(' '),
);

/** What a running process tells of itself (Linux); undefined if it is gone or another user's. */
export interface ProcessFacts {
  readonly args: readonly string[];
  readonly environment: ReadonlyMap<string, string>;
  readonly folder: string | undefined;
  /** The file that it executes, with links followed. */
  readonly program: string;
}

/** Only these are taken out of a process's environment: the others are nobody's business. */
const wantedVariables: ReadonlySet<string> = new Set(['PATH', 'VIRTUAL_ENV', 'JPY_SESSION_NAME']);

export async function readProcessFacts(processId: number): Promise<ProcessFacts | undefined> {
  const at = `/proc/${processId}`;
  try {
    const [args, environment, folder, program] = await Promise.all([
      readFile(`${at}/cmdline`, 'utf8'),
      readFile(`${at}/environ`, 'utf8').catch(() => ''),
      readlink(`${at}/cwd`).catch(() => undefined),
      readlink(`${at}/exe`),
    ]);
    return {
      args: args.split('\0').slice(0, -1),
      environment: new Map(
        environment
          .split('\0')
          .map(
            (entry) => [entry.split('=', 1)[0] ?? '', entry.slice(entry.indexOf('=') + 1)] as const,
          )
          .filter(([name]) => wantedVariables.has(name)),
      ),
      folder,
      program,
    };
  } catch {
    return undefined;
  }
}

export function isPython({ program }: ProcessFacts): boolean {
  return /^(?:python|pypy)[\d.]*(?:-[\w.]+)?$/.test(basename(program));
}

/**
 * The interpreter that runs as the nearest of some processes, as the path by which it was called:
 * through a link of a virtual environment rather than what that leads to.
 */
export async function findRunningInterpreter(
  processes: readonly ListedProcess[],
): Promise<string | undefined> {
  for (const { processId } of processes) {
    const facts = await readProcessFacts(processId);
    if (facts === undefined || !isPython(facts)) continue;
    if (starters.has(basename(facts.args[1] ?? ''))) continue;
    return calledAs(facts);
  }
  return undefined;
}

async function calledAs({ args, environment, folder, program }: ProcessFacts): Promise<string> {
  const [called = ''] = args;
  const isPath = called.includes('/');
  const path = environment.get('PATH')?.split(delimiter) ?? [];
  const virtual = environment.get('VIRTUAL_ENV');
  const candidates = [
    ...(isPath ? [folder === undefined ? called : resolve(folder, called)] : []),
    ...(isPath || called === '' ? [] : path.map((each) => join(each, called))),
    // A program can give itself another name.
    ...(virtual === undefined ? [] : [join(virtual, 'bin', 'python')]),
  ];
  for (const candidate of candidates) {
    if (!isAbsolute(candidate)) continue;
    if ((await realpath(candidate).catch(() => undefined)) === program) return candidate;
  }
  return program;
}
