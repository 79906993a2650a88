import type { FSWatcher } from 'node:fs';
import { watch } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { byteOrderMark, type TextEncoding, wholeCharacters } from '../core/text/textEncoding';

export interface FileTail {
  /** Resolves once all that the file holds now was given, or at once if it is stopped. */
  caughtUp(): Promise<void>;
  /** Reads what is left, gives it, and lets the file go. */
  stop(): Promise<void>;
  /** Lets the file go as soon as the text at hand was given, and reads no more. */
  cancel(): Promise<void>;
}

export interface FileTailOptions {
  /** Absolute path. It need not be there yet. */
  readonly path: string;
  /** Where to begin. A file that is shorter is read from its start. Default: 0. */
  readonly fromByte?: number;
  /**
   * A file that was not written since is left alone until it is: it is about to be replaced.
   * In ms since 1970, by the clock of the file system.
   */
  readonly writtenSinceMs?: number;
  /** Default: what its byte order mark says, else UTF-8. */
  readonly encoding?: TextEncoding;
  /** Whole characters, in order, at most 64 KB of the file. It is waited for. */
  readonly onText: (text: string, place: TailPlace) => PromiseLike<void> | void;
  /** What else than a missing file keeps it from being read; it is tried again. */
  readonly onError?: (error: unknown) => void;
  /** How often to look where the system does not tell of changes. Default: 250. */
  readonly pollEveryMs?: number;
}

export interface TailPlace {
  /** What `fromByte` goes on behind this text. */
  readonly nextByte: number;
  /** How large the file was when it was last looked at. */
  readonly sizeBytes: number;
}

/**
 * Follows a text file while it grows. One that is truncated is read again from its start, also if it
 * has grown beyond its old size since; one that is renamed away is read to its end, and then the new
 * one of its name.
 */
export function followFile(options: FileTailOptions): FileTail {
  return new Tail(options);
}

const readBytes = 64 * 1024;
/** So many bytes before the place are compared before going on, to notice a file written anew. */
const comparedBytes = 64;
/** Programs write line by line; what comes together is read together. */
const settleMs = 30;

class Tail implements FileTail {
  private handle: FileHandle | undefined;
  private watcher: FSWatcher | undefined;
  private position: number;
  /** The bytes before the position. */
  private before: Buffer = Buffer.alloc(0);
  private encoding: TextEncoding | undefined;
  /** Whether the place was not yet compared with what the opened file holds before it. */
  private isFresh = true;
  private firstStamp: string | undefined;
  private isStale: boolean;
  private isOver = false;
  private isCancelled = false;
  private isTroubled = false;
  private nextLook: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();
  private readonly buffer = Buffer.alloc(readBytes);

  constructor(private readonly options: FileTailOptions) {
    this.position = options.fromByte ?? 0;
    this.isStale = options.writtenSinceMs !== undefined;
    void this.look();
  }

  caughtUp(): Promise<void> {
    return this.isOver ? this.turn : this.look();
  }

  stop(): Promise<void> {
    if (!this.isOver) {
      this.isOver = true;
      void this.inTurn(() => this.readNew(true));
      this.letGo();
    }
    return this.turn;
  }

  cancel(): Promise<void> {
    this.isCancelled = true;
    if (!this.isOver) {
      this.isOver = true;
      this.letGo();
    }
    return this.turn;
  }

  private letGo(): void {
    clearTimeout(this.timer);
    void this.inTurn(() => this.close());
  }

  /** One look at a time, and one more at most is waited for; each plans the next. */
  private look(): Promise<void> {
    this.nextLook ??= this.inTurn(async () => {
      this.nextLook = undefined;
      try {
        if (!this.isOver) await this.readNew(false);
      } finally {
        clearTimeout(this.timer);
        const everyMs = this.options.pollEveryMs ?? 250;
        if (!this.isOver) this.timer = setTimeout(() => void this.look(), everyMs);
      }
    });
    return this.nextLook;
  }

  private inTurn(action: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(action).then(
      () => {
        this.isTroubled = false;
      },
      async (error) => {
        // Told once for as long as it lasts.
        if (!this.isTroubled) this.options.onError?.(error);
        this.isTroubled = true;
        await this.close().catch(() => undefined);
      },
    );
    return this.turn;
  }

  private async readNew(isLast: boolean): Promise<void> {
    // Twice where it was replaced: the rest of the old one, and the new one.
    for (let round = 0; round < 2; round++) {
      this.handle ??= await this.open();
      if (!this.handle) return;
      if (await this.isLeftAlone(this.handle)) {
        // It may be replaced by another file of its name, too.
        await this.close();
        return;
      }
      await this.readToEnd(this.handle, isLast);
      if (this.isCancelled || !(await this.isReplaced(this.handle))) return;
      await this.readToEnd(this.handle, true);
      await this.close();
    }
  }

  private async open(): Promise<FileHandle | undefined> {
    const { path } = this.options;
    const handle = await openFile(path).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    this.isFresh = true;
    if (handle && !this.isOver) this.watch();
    return handle;
  }

  private watch(): void {
    try {
      let isAwake = false;
      this.watcher = watch(this.options.path, { persistent: false }, () => {
        if (isAwake) return;
        isAwake = true;
        setTimeout(() => {
          isAwake = false;
          if (!this.isOver) void this.look();
        }, settleMs);
      });
      this.watcher.on('error', () => this.watcher?.close());
    } catch {
      // Not every file system tells of changes: the clock does.
    }
  }

  private async close(): Promise<void> {
    this.watcher?.close();
    this.watcher = undefined;
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }

  private startOver(): void {
    this.position = 0;
    this.before = Buffer.alloc(0);
    this.encoding = undefined;
  }

  private async isLeftAlone(handle: FileHandle): Promise<boolean> {
    if (!this.isStale) return false;
    const { mtimeMs, size } = await handle.stat();
    const stamp = `${mtimeMs} ${size}`;
    this.firstStamp ??= stamp;
    this.isStale = stamp === this.firstStamp && mtimeMs < (this.options.writtenSinceMs ?? 0);
    return this.isStale;
  }

  private async isReplaced(handle: FileHandle): Promise<boolean> {
    const [ours, there] = await Promise.all([
      handle.stat(),
      stat(this.options.path).catch(() => undefined),
    ]);
    return there !== undefined && (there.ino !== ours.ino || there.dev !== ours.dev);
  }

  /** @param isLast whether nothing will follow, so that a cut character is given as it is. */
  private async readToEnd(handle: FileHandle, isLast: boolean): Promise<void> {
    let { size } = await handle.stat();
    if (size < this.position) this.startOver();
    else if ((size > this.position || this.isFresh) && !(await this.goesOn(handle))) {
      this.startOver();
    }
    this.isFresh = false;
    while (!this.isCancelled) {
      const { bytesRead } = await handle.read(this.buffer, 0, readBytes, this.position);
      if (bytesRead === 0) return;
      const bytes = this.buffer.subarray(0, bytesRead);
      const encoding = await this.encodingOf(handle, bytes, isLast);
      if (encoding === undefined) return;
      const whole = wholeCharacters(bytes, encoding);
      // A read that fills the buffer is followed by more, whatever the end of the file is.
      const taken = isLast && bytesRead < readBytes ? bytesRead : whole;
      if (taken === 0) return;
      const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes.subarray(0, taken));
      const isStart = this.position === 0;
      this.remember(bytes.subarray(0, taken));
      size = Math.max(size, this.position);
      const given = isStart && text.startsWith('\uFEFF') ? text.slice(1) : text;
      if (given !== '') {
        await this.options.onText(given, { nextByte: this.position, sizeBytes: size });
      }
    }
  }

  /** Whether the file still holds what was read of it; also one that an editor saved anew does. */
  private async goesOn(handle: FileHandle): Promise<boolean> {
    const length = Math.min(this.position, comparedBytes);
    const found = Buffer.alloc(length);
    await handle.read(found, 0, length, this.position - length);
    if (this.before.length === 0) this.before = found;
    return found.equals(this.before);
  }

  private remember(bytes: Buffer): void {
    this.position += bytes.length;
    const joined = bytes.length >= comparedBytes ? bytes : Buffer.concat([this.before, bytes]);
    this.before = Buffer.from(joined.subarray(-comparedBytes));
  }

  /** @returns undefined while its mark is cut. */
  private async encodingOf(
    handle: FileHandle,
    bytes: Buffer,
    isLast: boolean,
  ): Promise<TextEncoding | undefined> {
    if (this.options.encoding || this.encoding) return this.options.encoding ?? this.encoding;
    const start = Buffer.alloc(3);
    const { bytesRead } =
      this.position === 0 ? { bytesRead: bytes.copy(start) } : await handle.read(start, 0, 3, 0);
    const mark = byteOrderMark(start.subarray(0, bytesRead));
    if (mark === 'cut' && !isLast) return undefined;
    this.encoding = mark === undefined || mark === 'cut' ? 'utf-8' : mark.encoding;
    return this.encoding;
  }
}

/** Only a regular one: opening a pipe would wait for who writes into it. */
async function openFile(path: string): Promise<FileHandle> {
  if (!(await stat(path)).isFile()) throw new Error(`${path} is not a regular file`);
  return open(path, 'r');
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
