import { access, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { parseCommand } from '../../core/command/parseCommand';
import { firstLines } from './firstLines';

/** They make `.venv` beside the project's `pyproject.toml`, and `run` uses it. */
const projectRunners: ReadonlySet<string> = new Set(['uv', 'poetry', 'pdm', 'rye', 'pipenv']);
const condaRunners: ReadonlySet<string> = new Set(['conda', 'mamba', 'micromamba']);

/**
 * The interpreter that a command line names for certain: by its path, by the first line of the script
 * that is called, or by a project's or conda's environment. A bare `python` can be any.
 *
 * @param folder absolute path of the folder that the command runs in.
 */
export async function findCommandInterpreter(
  commandLine: string,
  folder: string | undefined,
): Promise<string | undefined> {
  const { program, words } = parseCommand(commandLine);
  const [runner = '', ...rest] = words;
  if (projectRunners.has(basename(runner)) && rest[0] === 'run') {
    return folder === undefined ? undefined : findProjectInterpreter(folder);
  }
  if (condaRunners.has(basename(runner)) && rest[0] === 'run') return findCondaInterpreter(rest);
  if (!/[\\/]/.test(program)) return undefined;
  const path = absolute(program, folder);
  if (path === undefined || !(await exists(path))) return undefined;
  const line = await firstLines(path);
  if (line === undefined) return isPythonName(path) ? path : undefined;
  return interpreterOfScript(line);
}

function absolute(path: string, folder: string | undefined): string | undefined {
  const expanded = path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
  if (isAbsolute(expanded)) return expanded;
  return folder === undefined ? undefined : resolve(folder, expanded);
}

function isPythonName(path: string): boolean {
  return /^(?:python|pypy)[\d.]*w?(?:\.exe)?$/i.test(basename(path));
}

/**
 * `#!/path/python`; or, where that was too long for the system, what pip writes instead:
 * `#!/bin/sh` and then `'''exec' "/long path/python" "$0" "$@"`.
 */
function interpreterOfScript(start: string): string | undefined {
  const [first = '', second = ''] = start.split('\n');
  const direct = /^#!\s*(\/\S+)/.exec(first)?.[1];
  const long = /^'''exec'\s+(?:"([^"]+)"|(\S+))/.exec(second);
  const path = long?.[1] ?? long?.[2] ?? direct;
  return path !== undefined && isPythonName(path) ? path : undefined;
}

async function findProjectInterpreter(folder: string): Promise<string | undefined> {
  for (let at = folder; ; at = dirname(at)) {
    const found = await firstThatExists(interpretersOf(join(at, '.venv')));
    if (found !== undefined) return found;
    if (dirname(at) === at) return undefined;
  }
}

/** `-p PREFIX` names the folder, `-n NAME` one of those that conda keeps a list of. */
async function findCondaInterpreter(words: readonly string[]): Promise<string | undefined> {
  const optionValue = (...options: readonly string[]) =>
    words[words.findIndex((word) => options.includes(word)) + 1 || words.length];
  const prefix = optionValue('-p', '--prefix');
  if (prefix !== undefined) return firstThatExists(interpretersOf(prefix));
  const name = optionValue('-n', '--name');
  const list = await readFile(join(homedir(), '.conda', 'environments.txt'), 'utf8').catch(
    () => '',
  );
  const named = list.split(/\r?\n/).filter((path) => path !== '' && basename(path) === name);
  const [only] = named;
  return only === undefined || named.length > 1 ? undefined : firstThatExists(interpretersOf(only));
}

/** Where an environment keeps its interpreter, on each system. */
function interpretersOf(prefix: string): readonly string[] {
  return ['bin/python', 'Scripts/python.exe', 'python.exe'].map((path) => join(prefix, path));
}

async function firstThatExists(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await exists(path)) return path;
  return undefined;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
