import type { Checkpoint, CheckpointKind, LeftOut } from '../checkpoint/checkpoint';
import { describeSummary } from '../notebook/diffNotebooks';
import { baseName } from '../run/runName';
import { dayKey, timeOfDay } from './describeDay';
import { tagTexts } from './describeRun';

export const checkpointKindWords: Readonly<Record<CheckpointKind, string>> = {
  save: 'Saved',
  execution: 'Ran',
  restore: 'Restored',
  external: 'Changed on disk',
  git: 'Imported from git',
  unsaved: 'Closed without saving',
};

const leftOutWords: Readonly<Record<LeftOut['what'], string>> = {
  content: 'content not kept',
  outputs: 'large outputs left out',
};

/** What changed against the checkpoint before, and the user's tags. */
export function describeCheckpoint(checkpoint: Checkpoint): string {
  const change =
    checkpoint.problem !== undefined
      ? 'not a readable notebook'
      : checkpoint.changes
        ? describeSummary(checkpoint.changes)
        : `first, ${checkpoint.cellCount} ${checkpoint.cellCount === 1 ? 'cell' : 'cells'}`;
  return [
    checkpoint.starred ? '★' : undefined,
    change,
    checkpoint.leftOut && leftOutWords[checkpoint.leftOut.what],
    checkpoint.thinned && 'old outputs dropped',
    ...tagTexts(checkpoint.tags).map((tag) => `#${tag}`),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** `explore.ipynb · 2026-11-20 14:05:09` */
export function checkpointTitle(checkpoint: Pick<Checkpoint, 'notebook' | 'takenAtMs'>): string {
  const { notebook, takenAtMs } = checkpoint;
  return `${baseName(notebook)} · ${dayKey(takenAtMs)} ${timeOfDay(takenAtMs)}`;
}
