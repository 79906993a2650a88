import { open, stat } from 'node:fs/promises';
import { lastWordsLength, readLastWords } from '../core/command/lastWords';
import { createListeners } from '../core/listeners';
import type { Outcome } from '../core/recording/recordingReducer';
import type { RunId } from '../core/run/run';
import { decodeLog } from '../core/terminal/decodeLog';
import { detectEncoding } from '../core/text/detectEncoding';
import type { TextEncoding } from '../core/text/textEncoding';
import { UserError } from '../core/userError';
import { followFile } from './fileTail';
import type { RunRecorder } from './runRecorder';

/** A log file that is read as a run. */
export interface FollowedLog {
  readonly runId: RunId;
  readonly path: string;
  /** The part of the file that was read, 0 to 1. @returns what stops it. */
  onProgress(listener: (part: number) => void): () => void;
  /** Resolves once all that the file held was read, or reading was cancelled. */
  readonly caughtUp: Promise<void>;
  /** Reads what is left and ends the run. */
  stop(): Promise<void>;
  /** Ends it with what was read by now. */
  cancel(): Promise<void>;
}

export interface LogFileOptions {
  /** Absolute. */
  readonly path: string;
  /** Whether the user says that nothing will follow: then it ends as what it says, else as finished. */
  readonly isComplete: boolean;
}

export interface LogFileFollower {
  follow(options: LogFileOptions): Promise<FollowedLog>;
  /** Those that are followed now. */
  followed(): readonly FollowedLog[];
}

/** So much of a file tells whether it is text. */
const sampleBytes = 64 * 1024;

export function createLogFileFollower(
  recorder: RunRecorder,
  onError: (what: string, error: unknown) => void,
): LogFileFollower {
  const followed = new Map<string, FollowedLog>();
  return {
    followed: () => [...followed.values()],
    async follow({ path, isComplete }) {
      if (followed.has(path)) throw new UserError(`${path} is followed already.`);
      const file = await lookAt(path);
      const progress = createListeners<number>();
      let atMs = file.startedAtMs;
      let lastText = '';
      let isCaughtUp = false;
      const handle = recorder.start({
        source: { kind: 'logFile', commandLine: '', logFile: path },
        command: undefined,
        params: [],
        isTraining: Promise.resolve(true),
        codeState: async () => undefined,
        keepLog: true,
        clock: () => (isCaughtUp ? Date.now() : atMs),
        lastOutput: () => tail.stop(),
        stopper: { interrupt: () => log.stop() },
      });
      const tail = followFile({
        path,
        encoding: file.encoding,
        async onText(text, { nextByte }) {
          lastText = `${lastText}${text}`.slice(-2 * lastWordsLength);
          const part = Math.min(1, nextByte / Math.max(1, file.sizeBytes));
          // Nobody knows when a line was written; a training writes about as much in each minute.
          atMs = file.startedAtMs + part * (file.writtenAtMs - file.startedAtMs);
          handle.push(text);
          await handle.settled();
          progress.emit(part);
        },
        onError: (error) => onError('Reading a log file', error),
      });
      let ending: Promise<void> | undefined;
      const end = async (outcome: () => Outcome, endedAtMs?: number): Promise<void> => {
        try {
          await handle.end(outcome(), endedAtMs);
        } finally {
          followed.delete(path);
        }
      };
      const log: FollowedLog = {
        runId: handle.runId,
        path,
        onProgress: (listener) => progress.add(listener),
        caughtUp: tail.caughtUp().then(() => {
          isCaughtUp = true;
        }),
        stop() {
          ending ??= tail.stop().then(async () => {
            const lastWords = readLastWords(decodeLog(lastText));
            const writtenAtMs = (await stat(path).catch(() => undefined))?.mtimeMs;
            const outcome = { kind: 'gone', lastWords } as const;
            return isComplete
              ? end(() => ({ ...outcome, lastWords: lastWords ?? 'finished' }), writtenAtMs)
              : end(() => outcome, lastWords && writtenAtMs);
          });
          return ending;
        },
        cancel() {
          ending ??= tail.cancel().then(() => end(() => ({ kind: 'lost' }), atMs));
          return ending;
        },
      };
      followed.set(path, log);
      return log;
    },
  };
}

interface LogFile {
  readonly sizeBytes: number;
  readonly startedAtMs: number;
  readonly writtenAtMs: number;
  readonly encoding: TextEncoding;
}

/** @throws UserError if it cannot be read as a log. */
async function lookAt(path: string): Promise<LogFile> {
  const found = await stat(path).catch(() => undefined);
  if (!found) throw new UserError(`${path} is not there.`);
  if (!found.isFile()) throw new UserError(`${path} is not a file. Choose a log file.`);
  const encoding = detectEncoding(await readStart(path));
  if (!encoding) {
    throw new UserError(`${path} is not a text file. Unpack or convert it first.`);
  }
  const { size, mtimeMs, birthtimeMs } = found;
  // A copy is younger than what was written; some file systems know of no birth.
  const isBorn = birthtimeMs > 0 && birthtimeMs <= mtimeMs;
  return {
    sizeBytes: size,
    startedAtMs: Math.floor(isBorn ? birthtimeMs : mtimeMs),
    writtenAtMs: mtimeMs,
    encoding,
  };
}

async function readStart(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r').catch((error: unknown) => {
    throw new UserError(
      `${path} cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  });
  try {
    const start = Buffer.alloc(sampleBytes);
    const { bytesRead } = await handle.read(start, 0, sampleBytes, 0);
    return start.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
