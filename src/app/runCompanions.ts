import { join } from 'node:path';
import type { Store } from '../store/store';
import type { Workspace } from './commandRecorder';
import type { Companion } from './companion';
import { createFilesCompanion } from './files/filesCompanion';
import type { FilesService } from './files/filesService';
import { createRunContextCompanions } from './runContextCompanions';
import type { RunContextService } from './runContextService';
import { connectWorker } from './workerConnection';

export interface RunCompanionPorts {
  readonly store: Store;
  /** Where the record is kept. */
  readonly directory: string;
  /** Path of a built worker. */
  readonly workerPath: (name: string) => string;
  readonly workspace: Workspace;
  readonly sampleEveryMs: () => number;
  readonly now: () => number;
  /** What could not be read, for the developer log. */
  readonly onNote: (note: string) => void;
  readonly onError: (what: string, error: unknown) => void;
}

/** All that accompanies the runs of a window, and the workers that it needs. */
export interface RunCompanions {
  readonly companions: readonly Companion[];
  dispose(): Promise<unknown>;
}

export function createRunCompanions(ports: RunCompanionPorts): RunCompanions {
  const { store, directory, workerPath, workspace } = ports;
  const context = connectWorker<RunContextService>(workerPath('runContextWorker'));
  const files = connectWorker<FilesService>(workerPath('filesWorker'), {
    cachePath: join(directory, 'cache', 'fileHashes'),
  });
  return {
    companions: [
      ...createRunContextCompanions(context.remote, store, workspace, ports),
      createFilesCompanion({ ...ports, service: files.remote, storeFolder: directory }),
    ],
    dispose: () => Promise.all([context.dispose(), files.dispose()]),
  };
}
