import { formatBytes } from '../../core/format/formatBytes';
import { listStoreFiles } from '../disk/storeFiles';
import type { StoreContext } from '../storeContext';

/** Other windows write too, so what is known of the size grows old. */
const measureMs = 60_000;

/** Watches how large the store is, where the user set a limit. */
export class SpaceLimit {
  readonly #context: StoreContext;
  #maxBytes = 0;
  #measured: { readonly bytes: number; readonly atMs: number } | undefined;
  /** What this process wrote since. */
  #addedBytes = 0;
  #told: string | undefined;

  constructor(context: StoreContext) {
    this.#context = context;
  }

  /** 0: no limit. */
  set(maxBytes: number): void {
    this.#maxBytes = maxBytes;
    this.forget();
  }

  /** Looks anew the next time, as after a clean-up. */
  forget(): void {
    this.#measured = undefined;
  }

  wrote(bytes: number): void {
    this.#addedBytes += bytes;
  }

  /** Whether nothing large may be kept any more; tells the user when that begins. */
  isReached(): boolean {
    if (this.#maxBytes === 0) {
      this.#pass();
      return false;
    }
    const bytes = this.#measure() + this.#addedBytes;
    if (bytes < this.#maxBytes) {
      this.#pass();
      return false;
    }
    this.#tell(bytes);
    return true;
  }

  #measure(): number {
    const { disk, paths, now } = this.#context;
    if (this.#measured === undefined || now() - this.#measured.atMs > measureMs) {
      let bytes = 0;
      for (const { sizeBytes } of listStoreFiles(disk, paths)) bytes += sizeBytes;
      this.#measured = { bytes, atMs: now() };
      this.#addedBytes = 0;
    }
    return this.#measured.bytes;
  }

  #tell(bytes: number): void {
    if (this.#told !== undefined) return;
    const { paths, report } = this.#context;
    this.#told = `${paths.folder} takes ${formatBytes(bytes)}, and epochlog.store.maxTotalGB allows ${formatBytes(this.#maxBytes)}. Runs, params and metrics are recorded all the same; new logs and notebooks are not kept until space is given back.`;
    report(this.#told, 'cleanUp');
  }

  #pass(): void {
    if (this.#told === undefined) return;
    this.#context.passed(this.#told);
    this.#told = undefined;
  }
}
