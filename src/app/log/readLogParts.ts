import type { RunId } from '../../core/run/run';
import type { Store } from '../../store/store';

/** A log crosses from the store's thread in parts, as taking in hundreds of megabytes would hold up the window. */
const partBytes = 1024 * 1024;

export interface LogPart {
  readonly bytes: Uint8Array;
  /** How much of the log has come with it. */
  readonly doneBytes: number;
}

/** The raw log of a run, as far as it goes when it is read. */
export async function* readLogParts(
  store: Pick<Store, 'readLog'>,
  runId: RunId,
): AsyncGenerator<LogPart, void> {
  for (let startByte = 0; ; ) {
    const bytes = await store.readLog(runId, { startByte, lengthBytes: partBytes });
    startByte += bytes.length;
    if (bytes.length > 0) yield { bytes, doneBytes: startByte };
    if (bytes.length < partBytes) return;
  }
}
