import type { Store } from '../../src/store/store';
import { runId } from '../unit/store/sampleChanges';
import {
  type Acknowledgement,
  blob,
  checkpointOf,
  logLine,
  type ManifestLink,
  manifestOf,
  record,
  startOf,
} from './records';

/** Records numbered things as one writer, and tells of each acknowledgement. */
export class Recorder {
  readonly #store: Store;
  readonly #writer: string;
  readonly #tell: (said: Acknowledgement) => void;
  #nextRecord = 0;
  #nextLine = 0;
  #nextBlob = 0;
  #link: ManifestLink | undefined;

  constructor(store: Store, writer: string, tell: (said: Acknowledgement) => void) {
    this.#store = store;
    this.#writer = writer;
    this.#tell = tell;
  }

  async start(): Promise<void> {
    await this.#store.commit([startOf(this.#writer)]);
    this.#tell({ kind: 'started' });
  }

  async record(): Promise<void> {
    const number = this.#nextRecord++;
    try {
      await this.#store.commit(record(this.#writer, number));
    } catch (error) {
      this.#tell({ kind: 'refused', number });
      throw error;
    }
    this.#tell({ kind: 'record', number });
  }

  /** One after the other: the order of two at once is not said. */
  async log(): Promise<void> {
    const number = this.#nextLine++;
    await this.#store.appendLog(runId(this.#writer), logLine(number));
    this.#tell({ kind: 'log', number });
  }

  async blob(): Promise<void> {
    const number = this.#nextBlob++;
    const content = blob(this.#writer, number);
    const hash = await this.#store.putBlob(content);
    this.#tell({ kind: 'blob', number, hash });
    const parent = this.#link;
    const manifest = manifestOf(hash, content, parent);
    const link = await this.#store.putBlob(manifest);
    await this.#store.commit([checkpointOf(this.#writer, number, hash, link)]);
    this.#link = { hash: link, ordinal: (parent?.ordinal ?? -1) + 1 };
    this.#tell({ kind: 'checkpoint', number });
  }
}
