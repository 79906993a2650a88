import { parseCommand } from '../command/parseCommand';
import type { Param, Run, RunFile } from './run';

/**
 * Whether two runs of a script began alike: the same code (commit, uncommitted diff and script), the
 * same arguments and the same params, as far as they are known before anything is printed. Of a cell
 * this cannot be told, as it goes on with what the kernel holds.
 */
export function beganAlike(run: Run, other: Run): boolean {
  const [source, otherSource] = [run.source, other.source];
  if (source.kind === 'notebook' || otherSource.kind === 'notebook') return false;
  return (
    source.script !== undefined &&
    source.script === otherSource.script &&
    hasSameCode(run, other) &&
    hasParamsOf(run, other) &&
    hasParamsOf(other, run) &&
    argumentsOf(source.commandLine) === argumentsOf(otherSource.commandLine)
  );
}

/** Whether all files that two runs read or consist of are the same, by their content. */
export function readTheSame(files: readonly RunFile[], others: readonly RunFile[]): boolean {
  const contents = contentsOf(files);
  const otherContents = contentsOf(others);
  return (
    contents.size === otherContents.size &&
    [...contents].every(([path, content]) => otherContents.get(path) === content)
  );
}

/** The finished runs before this one that began alike, newest first; at most `limit`. */
export function earlierAlike(run: Run, newestFirst: readonly Run[], limit: number): readonly Run[] {
  const found: Run[] = [];
  for (const other of newestFirst) {
    if (found.length === limit) break;
    if (other.status !== 'finished' || other.startedAtMs >= run.startedAtMs) continue;
    if (beganAlike(run, other)) found.push(other);
  }
  return found;
}

function hasSameCode({ codeState }: Run, { codeState: other }: Run): boolean {
  // Of a script that was not kept nobody knows what it was.
  if (codeState?.script === undefined) return false;
  return (
    codeState.script === other?.script &&
    codeState.commit === other.commit &&
    codeState.diff === other.diff
  );
}

/** In any order, and `--lr=1` as `--lr 1`. */
function argumentsOf(commandLine: string): string {
  const words = parseCommand(commandLine).args.flatMap((arg) => {
    const at = arg.startsWith('-') ? arg.indexOf('=') : -1;
    return at === -1 ? [arg] : [arg.slice(0, at), arg.slice(at + 1)];
  });
  return JSON.stringify(words.sort());
}

/** What is printed comes later, if at all. */
const knownAtStart: ReadonlySet<Param['origin']> = new Set(['argv', 'config', 'default']);

function hasParamsOf(run: Run, other: Run): boolean {
  const values = new Map(run.params.map(({ key, value }) => [key, value]));
  return other.params.every(
    ({ key, value, origin }) => !knownAtStart.has(origin) || values.get(key) === value,
  );
}

function contentsOf(files: readonly RunFile[]): ReadonlyMap<string, string> {
  const contents = new Map<string, string>();
  for (const { role, path, hash, sizeBytes, modifiedAtMs } of files) {
    if (role === 'output') continue;
    contents.set(`${role} ${path}`, hash ?? `${sizeBytes} ${modifiedAtMs}`);
  }
  return contents;
}
