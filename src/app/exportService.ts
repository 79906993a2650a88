import type { DirectionRule } from '../core/run/directionTable';
import type { ExportProgress } from '../store/export/exportSteps';
import { type ExportSummary, exportStore } from '../store/export/exportStore';

export interface ExportRequest {
  /** The store's folder. */
  readonly folder: string;
  readonly outPath: string;
  readonly keepSecrets: boolean;
  readonly directions: readonly DirectionRule[];
}

export interface ExportResult extends ExportSummary {
  /** What could not be exported, and what is not as it should be. */
  readonly notes: readonly string[];
}

/** One export at a time; the other side of a worker. */
export interface ExportService {
  /** Rejects with `Cancelled` after `cancel`. */
  run(request: ExportRequest): Promise<ExportResult>;
  /** How far it is, if it has told yet. */
  progress(): ExportProgress | undefined;
  cancel(): void;
}

/** @param wasmPath where `sql-wasm.wasm` of sql.js lies. */
export function createExportService(wasmPath: string): ExportService {
  let last: ExportProgress | undefined;
  let isCancelled = false;
  return {
    async run({ folder, outPath, keepSecrets, directions }) {
      const notes: string[] = [];
      const summary = await exportStore(folder, outPath, {
        wasmPath,
        keepSecrets,
        directions,
        report: (note) => notes.push(note),
        onProgress: (progress) => {
          last = progress;
        },
        isCancelled: () => isCancelled,
      });
      return { ...summary, notes };
    },
    progress: () => last,
    cancel() {
      isCancelled = true;
    },
  };
}
