import { closeSync } from 'node:fs';
import { createFormatDecoder, type FileFormat } from '../../core/formats/fileFormat';
import {
  emptyReading,
  type FormatDecoder,
  type FormatReading,
} from '../../core/formats/formatReading';
import type { GivenPoints } from './givenPoints';
import { openRegularFile, readAt } from './regularFile';

const pieceBytes = 1024 * 1024;
/** Of a larger one the rest is not read: no metric log is that long. */
const maxFileBytes = 1024 * 1024 * 1024;
/** So much of its beginning tells whether a file was written anew. */
const headBytes = 512;

/**
 * Reads what a file of metrics says while it grows. A file that was written anew, with more in front
 * (Lightning writes its table again when a column is added), gives only what it did not give before.
 */
export class MetricFile {
  private decoder: FormatDecoder;
  private offset = 0;
  private head = new Uint8Array();
  /** Of the state that was read last. */
  private readAs = '';
  private wasCut = false;

  /** @param given what files of the same history gave by now. */
  constructor(
    readonly path: string,
    readonly format: FileFormat,
    private readonly folder: readonly string[],
    private readonly given: GivenPoints,
  ) {
    given.startAgain();
    this.decoder = createFormatDecoder(format, folder);
  }

  /**
   * Reads up to `maxBytes` of what is new.
   *
   * @param isLast whether nothing more will come, so that an unfinished last line counts.
   */
  read(maxBytes: number, isLast: boolean): MetricFileReading {
    const opened = openRegularFile(this.path);
    if (opened === undefined) return { ...emptyReading, hasMore: false, bytesRead: 0 };
    try {
      return this.readOpened(opened.descriptor, opened.stats, maxBytes, isLast);
    } catch {
      // A network folder that breaks; the next round tries again.
      return { ...emptyReading, hasMore: false, bytesRead: 0 };
    } finally {
      closeSync(opened.descriptor);
    }
  }

  private readOpened(
    descriptor: number,
    {
      size,
      mtimeMs,
      ino,
    }: { readonly size: number; readonly mtimeMs: number; readonly ino: number },
    maxBytes: number,
    isLast: boolean,
  ): MetricFileReading {
    const state = `${ino}:${size}:${mtimeMs}`;
    if (this.format.isWhole && state === this.readAs) {
      return { ...emptyReading, hasMore: false, bytesRead: 0 };
    }
    const isNew = this.format.isWhole || size < this.offset || !this.startsAsBefore(descriptor);
    if (isNew && this.offset > 0) this.startAgain();
    const readings: FormatReading[] = [];
    const end = Math.min(size, maxFileBytes);
    let bytesRead = 0;
    while (this.offset < end && bytesRead < maxBytes) {
      const piece = readAt(descriptor, this.offset, Math.min(pieceBytes, end - this.offset));
      if (piece.length === 0) break;
      if (this.offset === 0) this.head = piece.slice(0, headBytes);
      this.offset += piece.length;
      bytesRead += piece.length;
      readings.push(this.decoder.push(piece));
    }
    const hasMore = this.offset < end && bytesRead > 0;
    if (!hasMore && (isLast || this.format.isWhole)) readings.push(this.decoder.end());
    if (!hasMore) this.readAs = state;
    const notes = readings.flatMap((each) => each.notes);
    if (size > maxFileBytes && !this.wasCut) {
      this.wasCut = true;
      notes.push('It is too long, and the rest of it is not read.');
    }
    return {
      metrics: readings
        .flatMap(({ metrics }) => metrics)
        .filter((metric) => this.given.isNew(metric)),
      params: readings.flatMap(({ params }) => params),
      notes,
      hasMore,
      bytesRead,
    };
  }

  private startsAsBefore(descriptor: number): boolean {
    const now = readAt(descriptor, 0, this.head.length);
    return now.length === this.head.length && now.every((byte, at) => byte === this.head[at]);
  }

  private startAgain(): void {
    this.decoder = createFormatDecoder(this.format, this.folder);
    this.offset = 0;
    this.head = new Uint8Array();
    this.given.startAgain();
  }
}

export interface MetricFileReading extends FormatReading {
  /** Whether there is more to read now. */
  readonly hasMore: boolean;
  readonly bytesRead: number;
}
