import type {
  CheckpointEdited,
  CheckpointPurged,
  CheckpointTaken,
  CheckpointThinned,
  NotebookMoved,
  RunPurged,
  ViewDeleted,
  ViewSaved,
} from '../../core/change/change';
import type { CheckpointId, RunId } from '../../core/run/run';
import { packSeries } from '../../core/series/packSeries';
import type { ViewId } from '../../core/view/savedView';
import type { Stamp } from '../journal/hybridClock';
import type { NumberTaken, Retried, StoredChange } from '../journal/journalFormat';
import { writeCheckpoint, writeThinned } from './checkpointRows';
import { applyEdit } from './editRows';
import { writeFiles } from './fileRows';
import { writeMove } from './notebookMoves';
import {
  writeCodeState,
  writeEnd,
  writeEnvironment,
  writeLink,
  writeLogCut,
  writeLogDropped,
  writeLogSize,
  writeOutputRead,
  writeParams,
  writeStart,
} from './runRows';
import { appendPoints, compactSeries, replaceSeries } from './seriesRows';
import type { SqlDatabase } from './sqlDatabase';
import { ensureThing, purgeThing } from './thingRows';
import { writeView, writeViewDeleted } from './viewRows';

export interface Touched {
  readonly runs: readonly { readonly row: number; readonly id: RunId }[];
  readonly checkpointIds: readonly CheckpointId[];
  readonly viewIds: readonly ViewId[];
}

/** `Retried` says which frame this is; it changes nothing itself. */
type AppliedChange = Exclude<StoredChange, Retried>;

/**
 * Makes a change part of the database. Changes of different writers may come in any order and lead to
 * the same state; those of one writer come in theirs, once.
 *
 * @param stampOf the stamps of the change, of which there are `momentCount`.
 */
export function applyChange(
  database: SqlDatabase,
  change: AppliedChange,
  stampOf: (index: number) => Stamp,
): Touched {
  if (change.kind === 'numberTaken') {
    database.run('INSERT OR IGNORE INTO numbers VALUES (?, ?)', change.name, change.number);
    return untouched;
  }
  if (change.kind === 'notebookMoved') {
    return { ...untouched, ...writeMove(database, change, stampOf(0)) };
  }
  if (change.kind === 'viewSaved') {
    return { ...untouched, viewIds: [writeView(database, change, stampOf(0))] };
  }
  if (change.kind === 'viewDeleted') {
    return { ...untouched, viewIds: [writeViewDeleted(database, change, stampOf(0))] };
  }
  if (isCheckpointChange(change)) {
    const id = applyToCheckpoint(database, change, stampOf(0));
    return { ...untouched, checkpointIds: [id] };
  }
  const thing = ensureThing(database, 'runs', change.runId);
  if (change.kind === 'runPurged') purgeThing(database, 'runs', thing, change.runId, stampOf(0));
  else if (!thing.isPurged) applyToRun(database, thing.row, change, stampOf);
  return { ...untouched, runs: [{ row: thing.row, id: change.runId }] };
}

const untouched: Touched = { runs: [], checkpointIds: [], viewIds: [] };

type CheckpointChange = CheckpointTaken | CheckpointEdited | CheckpointPurged | CheckpointThinned;

function isCheckpointChange(change: AppliedChange): change is CheckpointChange {
  return (
    change.kind === 'checkpointTaken' ||
    change.kind === 'checkpointEdited' ||
    change.kind === 'checkpointPurged' ||
    change.kind === 'checkpointThinned'
  );
}

type RunChange = Exclude<
  AppliedChange,
  CheckpointChange | NotebookMoved | RunPurged | NumberTaken | ViewSaved | ViewDeleted
>;

function applyToCheckpoint(
  database: SqlDatabase,
  change: CheckpointChange,
  stamp: Stamp,
): CheckpointId {
  const id = change.kind === 'checkpointTaken' ? change.checkpoint.id : change.checkpointId;
  const thing = ensureThing(database, 'checkpoints', id);
  if (change.kind === 'checkpointPurged') {
    purgeThing(database, 'checkpoints', thing, id, stamp);
  } else if (thing.isPurged) {
    return id;
  } else if (change.kind === 'checkpointTaken') {
    writeCheckpoint(database, thing.row, change, stamp);
  } else if (change.kind === 'checkpointThinned') {
    writeThinned(database, thing.row, change, stamp);
  } else {
    applyEdit(database, 'checkpoints', thing.row, change.edit, stamp);
  }
  return id;
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
      appendPoints(database, run, change, packSeries(change), stampOf(0));
      break;
    case 'pointsPacked':
      appendPoints(database, run, change, change.points, stampOf(0));
      break;
    case 'seriesReplaced':
      for (const key of change.keys) replaceSeries(database, run, key, change.edition, stampOf(0));
      break;
    case 'outputRead':
      writeOutputRead(database, run, change.endByte);
      break;
    case 'runEnded':
      writeEnd(database, run, change, stampOf(0));
      compactSeries(database, run);
      break;
    case 'codeStateRecorded':
      writeCodeState(database, run, change, stampOf(0));
      break;
    case 'environmentRecorded':
      writeEnvironment(database, run, change, stampOf(0));
      break;
    case 'filesRecorded':
      writeFiles(database, run, change.files, stampOf(0));
      break;
    case 'runLinked':
      writeLink(database, run, change, stampOf(0));
      break;
    case 'runEdited':
    case 'runFiled':
      applyEdit(database, 'runs', run, change.edit, stampOf(0));
      break;
    case 'logGrew':
      writeLogSize(database, run, change.sizeBytes);
      break;
    case 'logLeftOut':
      writeLogCut(database, run, change);
      break;
    case 'logDropped':
      writeLogDropped(database, run);
      break;
  }
}
