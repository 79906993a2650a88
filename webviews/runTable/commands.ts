import type { Remote } from '../../src/core/rpc';
import type { Run, RunId } from '../../src/core/run/run';
import type { RunTableHost } from '../../src/protocol/runTablePage';

/** Something that can be done with the selected runs. */
export interface Command {
  readonly text: string;
  /** The keys that do the same, as the user reads them. */
  readonly keys?: string;
  readonly enabled: (runCount: number) => boolean;
  readonly run: (host: Remote<RunTableHost>, runs: readonly Run[]) => Promise<void>;
}

const some = (count: number) => count > 0;
const one = (count: number) => count === 1;

const idsOf = (runs: readonly Run[]): RunId[] => runs.map((run) => run.id);

/** For commands that are enabled for one run only. */
function withOne(act: (run: Run) => Promise<void>, runs: readonly Run[]): Promise<void> {
  const [run] = runs;
  return run === undefined ? Promise.resolve() : act(run);
}

export const showCharts: Command = {
  text: 'Show Charts',
  keys: 'Enter',
  enabled: some,
  run: (host, runs) => host.showCharts(idsOf(runs)),
};

export const compare: Command = {
  text: 'Compare',
  enabled: (count) => count > 1,
  run: (host, runs) => host.compareRuns(idsOf(runs)),
};

export const tag: Command = {
  text: 'Tag…',
  enabled: some,
  run: (host, runs) => host.askTag(idsOf(runs)),
};

export const remove: Command = {
  text: 'Delete',
  keys: 'Delete',
  enabled: some,
  run: (host, runs) => host.deleteRuns(idsOf(runs)),
};

export const rename: Command = {
  text: 'Rename…',
  keys: 'F2',
  enabled: one,
  run: (host, runs) => withOne((run) => host.askRename(run.id), runs),
};

const note: Command = {
  text: 'Edit Note…',
  enabled: one,
  run: (host, runs) => withOne((run) => host.askNote(run.id), runs),
};

const openLog: Command = {
  text: 'Open Log',
  enabled: one,
  run: (host, runs) => withOne((run) => host.openLog(run.id), runs),
};

const openSource: Command = {
  text: 'Open Source',
  enabled: one,
  run: (host, runs) => withOne((run) => host.openSource(run.id), runs),
};

export const star: Command = {
  text: 'Star or Unstar',
  keys: 'S',
  enabled: some,
  // All become starred, unless all are already.
  run: async (host, runs) => {
    const value = runs.some((run) => !run.starred);
    await Promise.all(runs.map((run) => host.editRun(run.id, { field: 'starred', value })));
  },
};

export const toolbarCommands: readonly Command[] = [showCharts, compare, tag, remove];

export const menuCommands: readonly (readonly Command[])[] = [
  [showCharts, compare],
  [openLog, openSource],
  [rename, note, tag, star],
  [remove],
];
