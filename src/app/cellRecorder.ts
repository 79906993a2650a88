import { detectTraining } from '../core/notebook/trainingCell';
import { collectCellParams } from '../core/python/assignments';
import { excludesPath } from '../core/recording/recordingPolicy';
import type { Outcome } from '../core/recording/recordingReducer';
import type { CheckpointId, NotebookSource } from '../core/run/run';
import type { RunTrust } from '../core/trust/runTrust';
import type { Store } from '../store/store';
import { collectCodeState } from './codeState';
import type { Workspace } from './commandRecorder';
import { keepConfigs } from './keepConfigs';
import type { RecordingHandle } from './recordingStart';
import type { RunRecorder } from './runRecorder';
import type { Stopper } from './stopper';

export interface CellStart {
  readonly source: Omit<NotebookSource, 'kind'>;
  /** The sources that the kernel ran, in that order, this cell's own at the end. */
  readonly sources: readonly string[];
  /** The kernel specification that the notebook names, such as `python3`. */
  readonly kernelName?: string | undefined;
  /** Folder of the notebook; undefined where it is not on disk. */
  readonly folder: string | undefined;
  readonly stopper?: Stopper;
  /** Keeps the notebook as it is when the cell is done, and says which checkpoint holds it. */
  readonly takeCheckpoint: () => Promise<CheckpointId | undefined>;
  /** How far the result of the cell can be trusted now. */
  readonly readTrust?: () => Promise<RunTrust | undefined>;
}

export interface CellRecorder {
  /** @returns undefined if this notebook is not to be recorded. */
  start(cell: CellStart): RecordingHandle | undefined;
  /** Resolves when all that has ended is linked with its checkpoint, or failed to be. */
  settle(): Promise<void>;
}

const mayTrain = /fit|train|epoch|learn/i;

export function createCellRecorder(
  recorder: RunRecorder,
  store: Store,
  workspace: Workspace,
): CellRecorder {
  const linking = new Set<Promise<unknown>>();
  return {
    async settle() {
      await Promise.allSettled(linking);
    },
    start({ source, sources, kernelName, folder, stopper, takeCheckpoint, readTrust }) {
      if (workspace.isPaused() || excludesPath(workspace.policy(), source.notebook)) {
        return undefined;
      }
      const params = collectCellParams(sources, sources.length - 1);
      const { isTraining } = detectTraining(source.cellSource);
      const handle = recorder.start({
        source: { kind: 'notebook', ...source },
        command: undefined,
        params: params.map((param) => ({ ...param, origin: 'cell' })),
        keepLog: true,
        folder,
        ...(stopper && { stopper }),
        notebook: { sources, kernelName },
        // Following all cells is worth it only where it may be a run.
        ...((isTraining || mayTrain.test(source.cellSource)) && {
          paramsInput: Promise.resolve({ cells: sources, folder }),
        }),
        keepConfigs: (files) =>
          keepConfigs(files, workspace.toWorkspacePath, (bytes) => store.putBlob(bytes)),
        isTraining: Promise.resolve(isTraining),
        codeState: () =>
          collectCodeState(
            { gitFolder: workspace.isTrusted() ? folder : undefined, script: undefined },
            (bytes) => store.putBlob(bytes),
          ),
      });
      async function end(outcome: Outcome): Promise<boolean> {
        const wasRun = await handle.end(outcome);
        const checkpointId = wasRun ? await takeCheckpoint() : undefined;
        if (checkpointId !== undefined) {
          // What cannot be judged must not cost the run its checkpoint.
          const trust = await readTrust?.().catch(() => undefined);
          await store.commit([
            { kind: 'runLinked', runId: handle.runId, checkpointId, ...(trust && { trust }) },
          ]);
        }
        return wasRun;
      }
      return {
        ...handle,
        end(outcome) {
          const ending = end(outcome).finally(() => linking.delete(ending));
          linking.add(ending);
          return ending;
        },
      };
    },
  };
}
