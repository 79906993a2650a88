/** One process of this machine, as its system lists it. */
export interface ListedProcess {
  readonly processId: number;
  readonly parentId: number;
  /** Of its program, cut to a length that differs by system. */
  readonly name: string;
  /** That it used since it began, of all its threads. */
  readonly cpuMs: number;
  readonly startedAtMs: number;
  /** Resident; pages that several processes share count for each. */
  readonly memoryBytes: number;
}

/** Lists the processes of this machine; undefined where that is not known how. */
export type ListProcesses = () => Promise<readonly ListedProcess[]>;

const shells: ReadonlySet<string> = new Set(
  'bash sh zsh dash ksh fish pwsh nu xonsh tcsh csh'.split(' '),
);

/**
 * What a process started, and it itself unless it is a shell that was there before.
 *
 * @param sinceMs leaves out what began earlier, such as what the same shell had started before.
 */
export function processTree(
  all: readonly ListedProcess[],
  rootId: number,
  sinceMs: number,
): readonly ListedProcess[] {
  const children = new Map<number, ListedProcess[]>();
  for (const each of all) {
    const siblings = children.get(each.parentId);
    if (siblings) siblings.push(each);
    else children.set(each.parentId, [each]);
  }
  const root = all.find(({ processId }) => processId === rootId);
  const tree: ListedProcess[] = root && !isShell(root) ? [root] : [];
  const seen = new Set([rootId]);
  const waiting = [rootId];
  // Grows while it is walked: the nearest come first.
  for (const processId of waiting) {
    for (const child of children.get(processId) ?? []) {
      if (seen.has(child.processId)) continue;
      seen.add(child.processId);
      if (processId === rootId && child.startedAtMs < sinceMs) continue;
      waiting.push(child.processId);
      tree.push(child);
    }
  }
  return tree;
}

/** A login shell's name begins with a dash. */
function isShell({ name }: ListedProcess): boolean {
  return shells.has(
    name
      .replace(/^-/, '')
      .replace(/\.exe$/i, '')
      .replace(/^.*\//, ''),
  );
}
