import type { DirectionRule } from '../core/run/directionTable';
import { Cancelled } from '../core/userError';
import type { ExportProgress } from '../store/export/exportSteps';
import type { ExportResult, ExportService } from './exportService';
import { connectWorker } from './workerConnection';

export interface ExportCalls {
  readonly keepSecrets: boolean;
  readonly directions: readonly DirectionRule[];
  isCancelled(): boolean;
  onProgress(progress: ExportProgress): void;
}

export interface RecordExporter {
  /**
   * Writes the whole record as one SQLite file, in a thread that lives as long. Rejects with
   * `Cancelled`, and leaves no file, if it is cancelled.
   */
  exportTo(outPath: string, calls: ExportCalls): Promise<ExportResult>;
}

/** How often a progress is asked for. */
const lookMs = 200;

/** @param workerPath the built `dist/workers/exportWorker.js`, with `sql-wasm.wasm` beside it. */
export function createRecordExporter(folder: string, workerPath: string): RecordExporter {
  return {
    async exportTo(outPath, { keepSecrets, directions, isCancelled, onProgress }) {
      const { remote, dispose } = connectWorker<ExportService>(workerPath);
      const look = async () => {
        const progress = await remote.progress();
        if (progress) onProgress(progress);
        if (isCancelled()) await remote.cancel();
      };
      // A look that fails is one of an export that fails, which is told.
      const timer = setInterval(() => void look().catch(() => undefined), lookMs);
      try {
        return await remote.run({ folder, outPath, keepSecrets, directions });
      } catch (error) {
        throw isCancelled() ? new Cancelled() : error;
      } finally {
        clearInterval(timer);
        await dispose();
      }
    },
  };
}
