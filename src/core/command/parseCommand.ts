import type { ExtractedParam } from '../extract/extraction';
import { argvParams } from './argvParams';
import { findOutput, type OutputFile } from './findOutput';
import { findTarget, type Target } from './findTarget';
import { splitCommand } from './splitCommand';
import { variableParams } from './variableParams';

/** What a command line would run. Of several commands in it, the one most likely to train. */
export interface ParsedCommand {
  /** `python` also for launchers of Python scripts; `notebook` for a notebook run as a program. */
  readonly kind: 'python' | 'notebook' | 'other';
  /** As typed, such as `.venv/bin/python`; empty if the line runs nothing. */
  readonly program: string;
  /** The script or notebook, as typed. */
  readonly script?: string;
  /** The module of `python -m`. */
  readonly module?: string;
  /** What follows the script, module or program. */
  readonly args: readonly string[];
  /** What a launcher such as torchrun is told before the script. */
  readonly launcherArgs: readonly string[];
  /** Of the variables and the arguments. */
  readonly params: readonly ExtractedParam[];
  /** Params that variables before the command give: `LR=0.1 python train.py`. */
  readonly variables: readonly ExtractedParam[];
  /** Where `cd` went before, as typed. */
  readonly workingDirectory?: string;
  /** The file that takes the output away from the terminal; a `tee` does not. */
  readonly output?: OutputFile;
  /** Whether the shell goes on at once and the program behind it. */
  readonly background: boolean;
  /** Every command of the line without its directories and `.exe`, wrappers peeled. */
  readonly programs: readonly string[];
  /** The words of the chosen command after its environment, wrappers included. */
  readonly words: readonly string[];
}

export interface SimpleCommand {
  readonly words: readonly string[];
  /** Variables that are set for it alone, as `A=1`. */
  readonly assignments: readonly string[];
  /** Where its output is redirected to. */
  redirect: OutputFile | 'nowhere' | undefined;
  background: boolean;
  /** Whether it reads what the command before it prints. */
  readonly piped: boolean;
}

const KEYWORDS = new Set(['do', 'then', 'else', 'elif', 'if', 'while', 'until', '{', '!', '&']);
const ENDINGS = new Set(['done', 'fi', '}', 'esac', 'end']);
const ASSIGNMENT = /^(?:[A-Za-z_]\w*\+?=|\$env:\w+=?)/;

/** Reads a POSIX or PowerShell command line. Never throws. */
export function parseCommand(commandLine: string): ParsedCommand {
  const commands = simpleCommands(commandLine.replace(/^\s*(?:[$%>]\s+|!)/, ''));
  const targets = commands.map((command) => ({ command, target: findTarget(command.words) }));
  const chosen =
    targets.find(({ target }) => target.kind !== 'other' && target.script !== undefined) ??
    targets.find(({ target }) => target.kind !== 'other' && target.module !== undefined) ??
    targets.find(({ command, target }) => !command.piped && !SETUP.has(target.baseName)) ??
    targets[0];
  const directory = commands.findLast(({ words }) => words[0] === 'cd')?.words[1];
  const output = chosen && findOutput(commands, commands.indexOf(chosen.command));
  const target: Target = chosen?.target ?? { kind: 'other', program: '', baseName: '', args: [] };
  const variables = variableParams([
    ...(chosen?.command.assignments ?? []),
    ...(target.assignments ?? []),
  ]);
  return {
    kind: target.kind,
    program: target.program,
    ...(target.script === undefined ? {} : { script: target.script }),
    ...(target.module === undefined ? {} : { module: target.module }),
    args: target.args,
    launcherArgs: target.launcherArgs ?? [],
    params: [...variables, ...argvParams(target.args)],
    variables,
    ...(directory === undefined ? {} : { workingDirectory: directory }),
    ...(output && { output }),
    background: chosen?.command.background ?? false,
    programs: targets.map((each) => each.target.baseName).filter((name) => name !== ''),
    words: chosen?.command.words ?? [],
  };
}

const SETUP = new Set([
  'cd',
  'export',
  'source',
  '.',
  'set',
  'echo',
  'mkdir',
  'conda',
  'module',
  'pushd',
  'popd',
  'unset',
  'sleep',
  'true',
  'clear',
  'cls',
  'activate',
  'ulimit',
  'printf',
  'date',
]);

/** What begins a group of commands, which is redirected or put into the background as a whole. */
const OPENINGS = new Set(['(', '{', 'do', 'if']);
const CLOSINGS = new Set([')', '}', 'done', 'fi']);

function simpleCommands(commandLine: string): readonly SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let words: string[] = [];
  let assignments: string[] = [];
  let redirect: SimpleCommand['redirect'];
  let redirecting: 'writes' | 'appends' | 'other' | undefined;
  let piped = false;
  /** Where the commands begin that are joined by `|`, `&&` and `||` to the one being read. */
  let listFrom = 0;
  const groups: { readonly from: number; readonly listFrom: number }[] = [];
  /** Where the group begins that was just closed. */
  let closedFrom: number | undefined;

  const end = (operator: string): void => {
    if (words.length > 0) commands.push({ words, assignments, redirect, background: false, piped });
    else if (closedFrom !== undefined) {
      for (const command of commands.slice(closedFrom)) command.redirect ??= redirect;
    }
    if (operator === '&') for (const command of commands.slice(listFrom)) command.background = true;
    if (/^(?:;;?|\n|&)$/.test(operator)) listFrom = commands.length;
    words = [];
    assignments = [];
    redirect = undefined;
    redirecting = undefined;
    closedFrom = undefined;
    piped = operator === '|' || operator === '|&';
  };
  const group = (word: string): void => {
    if (OPENINGS.has(word)) {
      groups.push({ from: commands.length, listFrom });
      listFrom = commands.length;
    } else if (CLOSINGS.has(word)) {
      const closed = groups.pop();
      closedFrom = closed?.from;
      listFrom = closed?.listFrom ?? listFrom;
    }
  };

  for (const token of splitCommand(commandLine)) {
    if (token.kind === 'operator') {
      if (/^(?:[\d*]?>>?&\d)$/.test(token.text)) continue;
      if (/[<>]/.test(token.text)) {
        redirecting = !/^(?:1|\*|&)?>>?$/.test(token.text)
          ? 'other'
          : token.text.endsWith('>>')
            ? 'appends'
            : 'writes';
        continue;
      }
      end(token.text);
      group(token.text);
      continue;
    }
    if (redirecting !== undefined) {
      if (redirecting !== 'other') {
        redirect = NOWHERE.test(token.text)
          ? 'nowhere'
          : { path: token.text, appends: redirecting === 'appends' };
      }
      redirecting = undefined;
      continue;
    }
    if (words.length === 0) {
      if (KEYWORDS.has(token.text) || ENDINGS.has(token.text)) {
        group(token.text);
        continue;
      }
      if (ASSIGNMENT.test(token.text)) {
        assignments.push(token.text);
        continue;
      }
    }
    words.push(token.text);
  }
  end('');
  return commands.filter(({ words: [first] }) => first !== 'for' && first !== 'case');
}

const NOWHERE = /^(?:\/dev\/null|\$null|nul)$/i;
