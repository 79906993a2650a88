import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { OutputFile } from '../core/command/findOutput';
import { outputPath } from '../core/command/outputPath';
import type { CommandProcess } from './backgroundJob';
import { type FileTail, followFile } from './fileTail';
import { outputFileOf } from './processes/commandProcesses';

export interface OutputFollower {
  /** Absolute path of the file, where the command line tells it. */
  readonly path: string | undefined;
  /** Reads what is left. */
  stop(): Promise<void>;
}

/** Clocks of file systems are coarse, and the news of a command comes late. */
const clockSlackMs = 1000;

/**
 * Gives what a command writes into the file that its output is redirected to, from where the file
 * stood when the command began. A path with variables is read off the process itself (Linux).
 */
export function followOutput(
  output: OutputFile,
  folder: string | undefined,
  find: () => Promise<CommandProcess>,
  onText: (text: string) => PromiseLike<void> | void,
  onError: (error: unknown) => void,
): OutputFollower {
  const startedAtMs = Date.now();
  const path = outputPath(output.path, folder, homedir());

  async function open(): Promise<FileTail | undefined> {
    const file = path ?? (await findFile());
    if (file === undefined) return undefined;
    const place = output.appends
      ? { fromByte: (await stat(file).catch(() => undefined))?.size ?? 0 }
      : { writtenSinceMs: startedAtMs - clockSlackMs };
    return followFile({ path: file, ...place, onText, onError });
  }

  async function findFile(): Promise<string | undefined> {
    const found = await find();
    return typeof found === 'object' ? outputFileOf(found.pid) : undefined;
  }

  const tail = open().catch((error) => {
    onError(error);
    return undefined;
  });
  return {
    path,
    async stop() {
      await (await tail)?.stop();
    },
  };
}
