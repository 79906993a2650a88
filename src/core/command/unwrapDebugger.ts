import type { DebuggedCommand } from './debugCommand';
import { joinCommand } from './joinCommand';
import { splitCommand } from './splitCommand';

/**
 * The command that a debugger started in a terminal, out of what it typed there.
 *
 * debugpy: ` cd /proj ; /usr/bin/env /venv/bin/python …/debugpy/adapter/../../debugpy/launcher 39857 --
 * /proj/train.py --lr 0.1 `, on Windows with `c:; cd 'c:\proj'; & 'python.exe' '…\debugpy\launcher'`.
 * js-debug: ` /usr/bin/env 'NODE_OPTIONS= --require …/js-debug/src/bootloader.js …'
 * 'VSCODE_INSPECTOR_OPTIONS=…' /usr/bin/node ./app.js `.
 *
 * @returns undefined if no debugger typed it.
 */
export function unwrapDebugger(commandLine: string): DebuggedCommand | undefined {
  const commands = simpleCommands(commandLine);
  const cwd = commands.findLast(([first]) => first === 'cd')?.[1];
  for (const words of commands) {
    const program = behindDebugpy(words) ?? behindJsDebug(words);
    if (program)
      return { commandLine: joinCommand(program), ...(cwd === undefined ? {} : { cwd }) };
  }
  return undefined;
}

function behindDebugpy(words: readonly string[]): readonly string[] | undefined {
  const launcher = words.findIndex((word) => /[/\\]debugpy[/\\]launcher[/\\]?$/.test(word));
  const python = words[launcher - 1];
  if (launcher < 1 || python === undefined) return undefined;
  const rest = words.slice(launcher + 1);
  const from = /^(?:[\w.-]+:)?\d+$/.test(rest[0] ?? '') ? 1 : 0;
  const program = rest.slice(rest[from] === '--' ? from + 1 : from);
  return program.length > 0 ? [python, ...program] : undefined;
}

function behindJsDebug(words: readonly string[]): readonly string[] | undefined {
  const isAssignment = (word: string) => /^[A-Za-z_]\w*=/.test(word);
  const isJsDebug = words.some((word) => /^VSCODE_INSPECTOR_OPTIONS=/.test(word));
  if (!isJsDebug) return undefined;
  const from = words.findIndex((word) => !isAssignment(word) && !/(?:^|[/\\])env$/.test(word));
  return from === -1 ? undefined : words.slice(from);
}

function simpleCommands(commandLine: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  for (const { kind, text } of splitCommand(commandLine)) {
    if (kind === 'word') commands.at(-1)?.push(text);
    else commands.push([]);
  }
  return commands;
}
