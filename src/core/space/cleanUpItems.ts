import { formatBytes } from '../format/formatBytes';
import { type CleanUpPart, oldLogDays, type Space, type SpaceUsage } from './spaceUsage';

/** One thing that a user can let go, with what it would give back. */
export interface CleanUpItem {
  readonly part: CleanUpPart;
  readonly label: string;
  readonly bytes: number;
  readonly detail: string;
  /** Whether it is chosen before the user chooses: only what nobody can miss is. */
  readonly isPicked: boolean;
}

/** What could go, largest risk last; empty if there is nothing. */
export function cleanUpItems(usage: SpaceUsage): readonly CleanUpItem[] {
  const { deletedRuns, deletedCheckpoints, unreferenced, oldLogs, setAside } = usage;
  const items: readonly (CleanUpItem & Space)[] = [
    {
      part: 'deletedRuns',
      label: counted(deletedRuns.count, 'deleted run'),
      detail: 'With their params, metrics, logs and code. They can no longer be brought back.',
      isPicked: true,
      ...deletedRuns,
    },
    {
      part: 'deletedCheckpoints',
      label: counted(deletedCheckpoints.count, 'deleted checkpoint'),
      detail: 'They can no longer be brought back.',
      isPicked: true,
      ...deletedCheckpoints,
    },
    {
      part: 'unreferenced',
      label: counted(unreferenced.count, 'content', 'that nothing refers to'),
      detail:
        setAside.count > 0
          ? 'Stays until the copies of damaged files go too, as what is in these may need it.'
          : 'What was left when something went, such as a run that was deleted for good.',
      isPicked: true,
      ...unreferenced,
    },
    {
      part: 'oldLogs',
      label: counted(oldLogs.count, 'log', `of runs that began more than ${oldLogDays} days ago`),
      detail: 'The runs stay, with their params and metrics.',
      isPicked: false,
      ...oldLogs,
    },
    {
      part: 'setAside',
      label: counted(setAside.count, 'copy', 'of damaged files', 'copies'),
      detail: 'Perhaps something can still be read from them.',
      isPicked: false,
      ...setAside,
    },
  ];
  return items.filter(({ count }) => count > 0).map(({ count: _count, ...item }) => item);
}

/** `Tables 40 MB · logs 12 MB`: what takes space, largest first, without what takes none. */
export function describeUsage(usage: SpaceUsage): string {
  const parts: readonly (readonly [string, number])[] = [
    ['tables', usage.snapshotBytes],
    ['older tables, kept for safety', usage.previousSnapshotBytes],
    ['journals', usage.journals.bytes],
    ['logs', usage.logs.bytes],
    ['notebooks', usage.checkpointContents.bytes],
    ['code of runs', usage.codeStates.bytes],
    ['contents that nothing refers to', usage.unreferenced.bytes],
    ['copies of damaged files', usage.setAside.bytes],
  ];
  return parts
    .filter(([, bytes]) => bytes > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([name, bytes]) => `${name} ${formatBytes(bytes)}`)
    .join(' · ');
}

export function describeNothing(usage: SpaceUsage): string {
  return `Nothing to clean up: the store takes ${formatBytes(usage.totalBytes)}.`;
}

/** What the user is asked before anything goes. */
export function confirmCleanUp(items: readonly CleanUpItem[]): {
  readonly message: string;
  readonly detail: string;
} {
  const bytes = items.reduce((sum, item) => sum + item.bytes, 0);
  return {
    message: `Remove about ${formatBytes(bytes)} for good?`,
    detail: `${items.map(({ label, bytes: own }) => `• ${label} (${formatBytes(own)})`).join('\n')}\n\nThis cannot be undone.`,
  };
}

/**
 * All that is to be done for what was chosen, in order: what is deleted leaves contents that nothing
 * refers to any more, and tables that are smaller once they are written again.
 */
export function cleanUpSteps(chosen: readonly CleanUpPart[]): readonly CleanUpPart[] {
  const isDeleting =
    chosen.includes('deletedRuns') ||
    chosen.includes('deletedCheckpoints') ||
    chosen.includes('oldOutputs');
  const order: readonly CleanUpPart[] = [
    'deletedRuns',
    'deletedCheckpoints',
    'oldLogs',
    'oldOutputs',
    'setAside',
    'unreferenced',
    'snapshot',
  ];
  return order.filter(
    (part) =>
      chosen.includes(part) || (isDeleting && (part === 'unreferenced' || part === 'snapshot')),
  );
}

export function describeCleanUp(freedBytes: number, wasCancelled: boolean): string {
  if (wasCancelled) return `Stopped: ${formatBytes(freedBytes)} freed.`;
  return freedBytes === 0 ? 'Nothing could be freed.' : `${formatBytes(freedBytes)} freed.`;
}

function counted(count: number, noun: string, rest = '', plural = `${noun}s`): string {
  return [count.toLocaleString('en-US'), count === 1 ? noun : plural, rest]
    .filter((part) => part !== '')
    .join(' ');
}
