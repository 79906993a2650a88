import { type LastWords, lastWordsLength, readLastWords } from '../core/command/lastWords';
import type { ParsedCommand } from '../core/command/parseCommand';
import { decodeLog } from '../core/terminal/decodeLog';
import { type CommandProcess, findCommandProcess, jobStopper, untilJobEnds } from './backgroundJob';
import { followOutput } from './outputFollower';
import type { OutputPlace } from './recordingStart';
import type { Stopper } from './stopper';

/** What a command prints into its terminal and into a file, as one text. */
export interface CommandOutput {
  /** The file, where the command line tells it. */
  readonly logFile: string | undefined;
  /** What the terminal showed. */
  push(text: string, place?: OutputPlace): void;
  /** Reads what the file has left, and waits for nothing more. */
  stop(): Promise<void>;
  /** Ends the program behind the shell. */
  readonly jobStopper: Stopper;
  /** Waits for the program behind the shell. */
  untilJobEnds(): Promise<void>;
  /** Reads what the file has left, and says what it tells of the end. */
  lastWords(): Promise<LastWords | undefined>;
}

export interface CommandOutputOptions {
  readonly command: ParsedCommand;
  readonly folder: string | undefined;
  readonly shellPid: PromiseLike<number | undefined> | undefined;
  /** Whether the file that the command names is read. */
  readonly followsFile: boolean;
  readonly onText: (text: string, place: OutputPlace | undefined) => void;
  /** Resolves once that was read. */
  readonly settled: () => Promise<void>;
  readonly onError: (error: unknown) => void;
}

export function createCommandOutput(options: CommandOutputOptions): CommandOutput {
  const { command, folder, onText, onError } = options;
  const startedAtMs = Date.now();
  const stopping = new AbortController();
  let found: Promise<CommandProcess> | undefined;
  const findOnce = (): Promise<CommandProcess> => {
    found ??= findCommandProcess(command, options.shellPid, startedAtMs, stopping.signal);
    return found;
  };
  let lastText = '';
  let lastTextAtMs = startedAtMs;
  let lastFrom: 'terminal' | 'file' | undefined;

  const take = (from: 'terminal' | 'file', text: string, place?: OutputPlace): void => {
    // A line that one of them has begun is not the other's to end.
    const isCut = lastFrom !== undefined && from !== lastFrom && !/(?:^|\n)$/.test(lastText);
    lastFrom = from;
    lastTextAtMs = Date.now();
    lastText = `${lastText}${isCut ? '\r\n' : ''}${text}`.slice(-2 * lastWordsLength);
    onText(isCut ? `\r\n${text}` : text, place);
  };

  const takeFromFile = (text: string): Promise<void> => {
    take('file', text);
    return options.settled();
  };
  const follower =
    command.output && options.followsFile
      ? followOutput(command.output, folder, findOnce, takeFromFile, onError)
      : undefined;

  return {
    logFile: follower?.path,
    push: (text, place) => take('terminal', text, place),
    async stop() {
      stopping.abort();
      await follower?.stop();
    },
    jobStopper: jobStopper(findOnce),
    async untilJobEnds() {
      await untilJobEnds(await findOnce(), () => lastTextAtMs, stopping.signal);
    },
    async lastWords() {
      await follower?.stop();
      return readLastWords(decodeLog(lastText));
    },
  };
}
