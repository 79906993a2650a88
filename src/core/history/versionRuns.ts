import type { Run } from '../run/run';

/** Which runs came from a source of a cell. */
export interface VersionRuns {
  /**
   * Newest first.
   *
   * @param ids every id that the cell had; where it had none, its source alone tells.
   */
  of(source: string, ids: readonly string[]): readonly Run[];
}

/**
 * @param runs newest first.
 * @param notebook path of the notebook, or of the script with cells.
 */
export function collectVersionRuns(runs: readonly Run[], notebook: string): VersionRuns {
  const bySource = new Map<string, Run[]>();
  for (const run of runs) {
    const { source } = run;
    if (source.kind !== 'notebook' || source.notebook !== notebook) continue;
    const list = bySource.get(source.cellSource);
    if (list) list.push(run);
    else bySource.set(source.cellSource, [run]);
  }
  return {
    of(source, ids) {
      const found = bySource.get(source) ?? [];
      return ids.length === 0 ? found : found.filter((run) => isOfCell(run, ids));
    },
  };
}

function isOfCell({ source }: Run, ids: readonly string[]): boolean {
  if (source.kind !== 'notebook' || source.cellId === undefined) return true;
  return ids.includes(source.cellId);
}
