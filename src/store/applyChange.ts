import type { RunId } from '../core/run/run';
import { packSeries } from '../core/series/packSeries';
import { ensureCheckpoint, readNotebook, writeCheckpoint } from './checkpointRows';
import { applyEdit } from './editRows';
import type { Stamp } from './hybridClock';
import type { StoredChange } from './journalFormat';
import {
  ensureRun,
  writeCodeState,
  writeEnd,
  writeLink,
  writeLogSize,
  writeParams,
  writeStart,
} from './runRows';
import { appendPoints, compactSeries } from './seriesRows';
import type { SqlDatabase } from './sqlDatabase';

export interface Touched {
  readonly run?: { readonly row: number; readonly id: RunId };
  /** Path of the notebook whose checkpoints changed. */
  readonly notebook?: string | undefined;
}

/**
 * Makes a change part of the database. Changes of different writers may come in any order and lead to
 * the same state; those of one writer come in theirs, once.
 *
 * @param stampOf the stamps of the change, of which there are `momentCount`.
 */
export function applyChange(
  database: SqlDatabase,
  change: StoredChange,
  stampOf: (index: number) => Stamp,
): Touched {
  if (change.kind === 'checkpointTaken' || change.kind === 'checkpointEdited') {
    return { notebook: applyToCheckpoint(database, change, stampOf(0)) };
  }
  const row = ensureRun(database, change.runId);
  applyToRun(database, row, change, stampOf);
  return { run: { row, id: change.runId } };
}

type CheckpointChange = Extract<StoredChange, { kind: 'checkpointTaken' | 'checkpointEdited' }>;
type RunChange = Exclude<StoredChange, CheckpointChange>;

function applyToCheckpoint(
  database: SqlDatabase,
  change: CheckpointChange,
  stamp: Stamp,
): string | undefined {
  if (change.kind === 'checkpointTaken') {
    const row = ensureCheckpoint(database, change.checkpoint.id);
    writeCheckpoint(database, row, change, stamp);
    return change.checkpoint.notebook;
  }
  const row = ensureCheckpoint(database, change.checkpointId);
  applyEdit(database, 'checkpoints', row, change.edit, stamp);
  return readNotebook(database, row);
}

function applyToRun(
  database: SqlDatabase,
  run: number,
  change: RunChange,
  stampOf: (index: number) => Stamp,
): void {
  switch (change.kind) {
    case 'runStarted':
      writeStart(database, run, change, stampOf(0));
      break;
    case 'paramsAdded':
      writeParams(database, run, change, stampOf);
      break;
    case 'pointsAppended':
      appendPoints(database, run, change.key, packSeries(change), stampOf(0));
      break;
    case 'pointsPacked':
      appendPoints(database, run, change.key, change.points, stampOf(0));
      break;
    case 'runEnded':
      writeEnd(database, run, change, stampOf(0));
      compactSeries(database, run);
      break;
    case 'codeStateRecorded':
      writeCodeState(database, run, change, stampOf(0));
      break;
    case 'runLinked':
      writeLink(database, run, change, stampOf(0));
      break;
    case 'runEdited':
      applyEdit(database, 'runs', run, change.edit, stampOf(0));
      break;
    case 'logGrew':
      writeLogSize(database, run, change.sizeBytes);
      break;
  }
}
