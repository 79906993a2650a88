import type { Remote } from '../../src/core/rpc';
import type { RunId } from '../../src/core/run/run';
import type { RunTableHost } from '../../src/protocol/runTablePage';
import type { CellStore } from './cellStore';

/** What is changed in the cell itself. */
export type EditKind = 'name' | 'note' | 'tags';

export interface CommandContext {
  readonly host: Remote<RunTableHost>;
  readonly cells: CellStore;
  readonly baseline: RunId | undefined;
  /** Opens an editor in the row of the run that has the focus. */
  startEdit(kind: EditKind, slots: readonly number[]): void;
  /** What is done now may change which runs are on show. */
  followSoon(): void;
}

export interface CommandTarget {
  readonly ids: readonly RunId[];
  readonly slots: readonly number[];
}

/** Something that can be done with the selected runs. */
export interface Command {
  readonly text: string;
  /** The keys that do the same, as the user reads them. */
  readonly keys?: string;
  isEnabled(target: CommandTarget, context: CommandContext): boolean;
  /** Left out where it makes no sense at all; default: shown. */
  isShown?(target: CommandTarget, context: CommandContext): boolean;
  run(target: CommandTarget, context: CommandContext): Promise<void> | undefined;
}

const some = ({ ids }: CommandTarget) => ids.length > 0;
const one = ({ ids }: CommandTarget) => ids.length === 1;

function withOne(
  { ids }: CommandTarget,
  act: (id: RunId) => Promise<void>,
): Promise<void> | undefined {
  const [id] = ids;
  return id === undefined ? undefined : act(id);
}

export const openRun: Command = {
  text: 'Open Run',
  keys: 'Enter',
  isEnabled: one,
  run: (target, { host }) => withOne(target, (id) => host.openRun(id)),
};

const showCharts: Command = {
  text: 'Show Charts',
  keys: 'C',
  isEnabled: some,
  run: ({ ids }, { host }) => host.showCharts(ids),
};

const compare: Command = {
  text: 'What Changed?',
  isEnabled: ({ ids }) => ids.length > 1,
  run: ({ ids }, { host }) => host.compareRuns(ids),
};

const compareWithBaseline: Command = {
  text: 'Compare with Baseline',
  isEnabled: ({ ids }, { baseline }) => baseline !== undefined && ids.some((id) => id !== baseline),
  run: ({ ids }, { host }) => host.compareWithBaseline(ids),
};

const isBaseline = ({ ids }: CommandTarget, { baseline }: CommandContext) =>
  baseline !== undefined && ids.length === 1 && ids[0] === baseline;

const setBaseline: Command = {
  text: 'Set as Baseline',
  keys: 'B',
  isEnabled: one,
  isShown: (target, context) => !isBaseline(target, context),
  run: (target, { host }) => withOne(target, (id) => host.setBaseline(id)),
};

const removeBaseline: Command = {
  text: 'Remove Baseline',
  keys: 'B',
  isEnabled: one,
  isShown: isBaseline,
  run: (_target, { host }) => host.setBaseline(undefined),
};

const openLog: Command = {
  text: 'Open Log',
  isEnabled: one,
  run: (target, { host }) => withOne(target, (id) => host.openLog(id)),
};

const openSource: Command = {
  text: 'Open Source',
  isEnabled: one,
  run: (target, { host }) => withOne(target, (id) => host.openSource(id)),
};

const rename: Command = {
  text: 'Rename',
  keys: 'F2',
  isEnabled: one,
  run: ({ slots }, { startEdit }) => void startEdit('name', slots),
};

const note: Command = {
  text: 'Edit Note',
  keys: 'N',
  isEnabled: one,
  run: ({ slots }, { startEdit }) => void startEdit('note', slots),
};

const tag: Command = {
  text: 'Edit Tags',
  keys: 'T',
  isEnabled: some,
  run: ({ slots }, { startEdit }) => void startEdit('tags', slots),
};

export const star: Command = {
  text: 'Star or Unstar',
  keys: 'S',
  isEnabled: some,
  // All become starred, unless all are already.
  run: ({ ids, slots }, { host, cells }) => {
    const stars = cells.column('starred');
    return host.editRuns(ids, {
      field: 'starred',
      value: slots.some((slot) => stars.text(slot) === undefined),
    });
  },
};

const move: Command = {
  text: 'Move to Experiment…',
  isEnabled: some,
  run: ({ ids }, { host, followSoon }) => {
    followSoon();
    return host.moveRuns(ids);
  },
};

const placeOf = ({ slots }: CommandTarget, { cells }: CommandContext) =>
  slots.map((slot) => cells.column('place').text(slot));

const archive: Command = {
  text: 'Archive',
  isEnabled: some,
  isShown: (target, context) => placeOf(target, context).some((place) => place === undefined),
  run: ({ ids }, { host, followSoon }) => {
    followSoon();
    return host.setArchived(ids, true);
  },
};

const unarchive: Command = {
  text: 'Take out of Archive',
  isEnabled: some,
  isShown: (target, context) => placeOf(target, context).includes('archived'),
  run: ({ ids }, { host, followSoon }) => {
    followSoon();
    return host.setArchived(ids, false);
  },
};

const restore: Command = {
  text: 'Restore',
  isEnabled: some,
  isShown: (target, context) => placeOf(target, context).includes('deleted'),
  run: ({ ids }, { host, followSoon }) => {
    followSoon();
    return host.restoreRuns(ids);
  },
};

const remove: Command = {
  text: 'Delete',
  keys: 'Delete',
  isEnabled: some,
  run: ({ ids }, { host, followSoon }) => {
    followSoon();
    return host.deleteRuns(ids);
  },
};

const removeForGood: Command = {
  text: 'Delete for Good…',
  isEnabled: some,
  run: ({ ids }, { host, followSoon }) => {
    followSoon();
    return host.deleteForGood(ids);
  },
};

export const toolbarCommands: readonly Command[] = [openRun, showCharts, compare, tag, remove];

export const menuCommands: readonly (readonly Command[])[] = [
  [openRun, showCharts, compare, compareWithBaseline, setBaseline, removeBaseline],
  [openLog, openSource],
  [rename, note, tag, star],
  [move, archive, unarchive, restore],
  [remove, removeForGood],
];

/** By the key that is pressed without others. */
export const keyCommands: Readonly<Record<string, readonly Command[]>> = {
  Enter: [openRun],
  F2: [rename],
  Delete: [remove],
  b: [setBaseline, removeBaseline],
  c: [showCharts],
  n: [note],
  s: [star],
  t: [tag],
};
