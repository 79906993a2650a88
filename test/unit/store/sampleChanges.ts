import { createHash } from 'node:crypto';
import type {
  Change,
  CheckpointTaken,
  Edit,
  PointsAppended,
  RunEnded,
  RunStarted,
} from '../../../src/core/change/change';
import { encodeManifest } from '../../../src/core/checkpoint/manifest';
import type { BlobHash, CheckpointId, RunId } from '../../../src/core/run/run';

export const runId = (text: string) => text as RunId;
export const checkpointId = (text: string) => text as CheckpointId;

export function started(id: string, startedAtMs = 1000, script = 'train.py'): RunStarted {
  return {
    kind: 'runStarted',
    runId: runId(id),
    experiment: script,
    source: { kind: 'terminal', commandLine: `python ${script}`, cwd: '/home/me/digits', script },
    startedAtMs,
  };
}

export function startedInNotebook(id: string, notebook: string, startedAtMs = 1000): RunStarted {
  return {
    kind: 'runStarted',
    runId: runId(id),
    experiment: notebook,
    source: { kind: 'notebook', notebook, cellIndex: 2, cellSource: 'model.fit(x, y)\n' },
    startedAtMs,
  };
}

export function ended(id: string, status: RunEnded['status'] = 'finished'): RunEnded {
  return { kind: 'runEnded', runId: runId(id), status, endedAtMs: 9000, exitCode: 0 };
}

/** Points with steps from `firstStep` on and a second between them. */
export function points(
  id: string,
  key: string,
  values: readonly number[],
  firstStep = 0,
): PointsAppended {
  return {
    kind: 'pointsAppended',
    runId: runId(id),
    key,
    steps: Float64Array.from(values, (_, index) => firstStep + index),
    values: Float64Array.from(values),
    timesMs: Float64Array.from(values, (_, index) => 2000 + 1000 * (firstStep + index)),
  };
}

export function edited(id: string, edit: Edit): Change {
  return { kind: 'runEdited', runId: runId(id), edit };
}

/** What `taken` refers to: put it before committing that. */
export const sampleContent = new TextEncoder().encode('{"cells": []}');
const sampleContentHash = createHash('sha256').update(sampleContent).digest('hex') as BlobHash;

/** The manifest of an empty file: put it before committing what refers to it. */
export const sampleManifest = encodeManifest({
  ...{ depth: 0, chainBytes: 0, skeletonBytes: 0, newSpans: [], left: [], taken: [], dropped: [] },
  ...{ delta: { steps: [], inserted: new Uint8Array() }, executions: [] },
});
export const sampleManifestHash = createHash('sha256')
  .update(sampleManifest)
  .digest('hex') as BlobHash;

export function taken(id: string, notebook = 'explore.ipynb', takenAtMs = 1000): CheckpointTaken {
  return {
    kind: 'checkpointTaken',
    checkpoint: {
      id: checkpointId(id),
      notebook,
      takenAtMs,
      kind: 'save',
      content: sampleContentHash,
      sizeBytes: 1234,
      cellCount: 7,
    },
  };
}
