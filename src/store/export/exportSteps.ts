import { Cancelled } from '../../core/userError';

export type ExportPart = 'points' | 'contents' | 'logs';

export interface ExportProgress {
  readonly part: ExportPart;
  readonly done: number;
  readonly total: number;
}

/** Where an export tells how far it is and can be stopped. */
export class ExportSteps {
  readonly #tell: (progress: ExportProgress) => void;
  readonly #isCancelled: () => boolean;

  constructor(tell: (progress: ExportProgress) => void, isCancelled: () => boolean) {
    this.#tell = tell;
    this.#isCancelled = isCancelled;
  }

  /** Lets messages in. Rejects with `Cancelled` if the export is not wanted any more. */
  async pass(part: ExportPart, done: number, total: number): Promise<void> {
    this.#tell({ part, done, total });
    await new Promise((resolve) => setImmediate(resolve));
    if (this.#isCancelled()) throw new Cancelled();
  }
}
