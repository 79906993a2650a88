import type { RunId } from '../core/run/run';
import { secretMark } from '../core/secrets/secretMark';
import { decodeLog } from '../core/terminal/decodeLog';
import type { Store } from '../store/store';

/**
 * After a reload of the window VS Code gives a command that still ran a second start and end, with
 * nothing to read, and a command line to which its output is glued: what it tells is the exit code.
 * That output tells it from a later command that begins alike and is silent. Where its output went
 * to a file there is none, and it is enough that nobody typed the command.
 */
export async function findLostRun(
  store: Store,
  commandLine: string,
  isGuessed: boolean,
): Promise<RunId | undefined> {
  for (const { id, status, source, parentId } of await store.listRuns({ limit: 50 })) {
    if (status !== 'interrupted' || source.kind === 'notebook' || parentId) continue;
    const command = source.commandLine.trimEnd().replace(quoteBehindMark, '');
    if (!commandLine.startsWith(command)) continue;
    if (isGuessed && source.logFile !== undefined && commandLine.trimEnd() === command) return id;
    const glued = lettersOf(commandLine.slice(command.length));
    const output = firstOutput(await store.readLog(id));
    const printed = command.endsWith(secretMark) ? [output, behindFirstWord(output)] : [output];
    if (printed.some((text) => beginsWith(glued, lettersOf(text)))) return id;
  }
  return undefined;
}

/** A secret at the end of a command takes the first word that is glued to it, and its quote. */
const quoteBehindMark = new RegExp(`(?<=${secretMark})["']$`);

function behindFirstWord(text: string): string {
  return text.trimStart().replace(/^\S+/, '');
}

/** Of the first output of a run, so many letters are looked for behind its command. */
const comparedLetters = 24;

function beginsWith(glued: string, printed: string): boolean {
  return printed !== '' && glued.startsWith(printed.slice(0, comparedLetters));
}

function firstOutput(log: Uint8Array): string {
  return decodeLog(new TextDecoder().decode(log.subarray(0, 4096)));
}

/** Blanks get lost in a command line, and the figures of a bar change until it ends. */
function lettersOf(text: string): string {
  return text.replace(/\P{L}+/gu, '');
}
