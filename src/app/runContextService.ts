import type { RunId } from '../core/run/run';
import {
  type CodeEntry,
  type CodePlaces,
  type ImportedFile,
  readImportedFiles,
} from './code/readImportedFiles';

/** What a run consists of and runs on, read off the disk and the machine; the other side of a worker. */
export interface RunContextService {
  /** Reads the modules that a run imports as they are now, and holds them until they are taken. */
  readCode(runId: RunId, entry: CodeEntry, places: CodePlaces): Promise<void>;
  /** What `readCode` found, once; empty if it was not asked. */
  takeCode(runId: RunId): Promise<readonly ImportedFile[]>;
  /** Lets go of what is held for a run. */
  forget(runId: RunId): void;
}

export function createRunContextService(): RunContextService {
  const code = new Map<RunId, Promise<readonly ImportedFile[]>>();
  return {
    async readCode(runId, entry, places) {
      const reading = readImportedFiles(entry, places);
      code.set(runId, reading);
      await reading;
    },
    async takeCode(runId) {
      const reading = code.get(runId);
      code.delete(runId);
      return (await reading) ?? [];
    },
    forget(runId) {
      code.delete(runId);
    },
  };
}
