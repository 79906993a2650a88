import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { constants, hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { maskText } from '../../core/secrets/maskText';
import { killProcess } from '../killProcess';
import {
  beatMs,
  type LaunchPaths,
  type LaunchRequest,
  type LaunchStart,
  writeJson,
} from './launchFolder';
import {
  findScriptTool,
  type ProcessCommand,
  pipedCommand,
  terminalCommand,
} from './programCommand';
import { Spool } from './spool';

/** What a grandchild that holds the pipe may still print after the program has ended. */
const lastOutputMs = 1_000;

/**
 * Runs a program in this process's terminal, keeps what it prints, and says how it ended.
 *
 * @returns its exit code.
 */
export async function runProgram(request: LaunchRequest, paths: LaunchPaths): Promise<number> {
  const start: LaunchStart = {
    commandLine: maskText(request.commandLine).text,
    cwd: request.cwd,
    startedAtMs: Date.now(),
    pid: process.pid,
    host: hostname(),
  };
  const spool = new Spool(paths, Date.now);
  writeFileSync(paths.beat, '');
  writeJson(paths.start, start);
  const beat = setInterval(() => {
    try {
      utimesSync(paths.beat, new Date(), new Date());
    } catch {
      // Whoever recorded it has taken the folder away, or the disk is gone: the program goes on.
    }
  }, beatMs);
  passSignalsOn(paths);
  const tool = findScriptTool(process.platform);
  const { program, cwd } = request;
  const exitCode = await runHere(
    tool
      ? terminalCommand(program, tool, process.env.SHELL, paths.program)
      : pipedCommand(program, process.platform),
    cwd,
    (bytes) => spool.write(bytes),
  );
  spool.end();
  clearInterval(beat);
  try {
    writeJson(paths.end, { exitCode, endedAtMs: Date.now() });
  } catch {
    // A window then sees that this process is gone, and how it ended nobody knows.
  }
  return exitCode;
}

async function runHere(
  { file, args, env, isVerbatim = false }: ProcessCommand,
  cwd: string,
  onOutput: (bytes: Uint8Array) => void,
): Promise<number> {
  const { ELECTRON_RUN_AS_NODE: _, ...inherited } = process.env;
  const child = spawn(file, args, {
    cwd,
    env: { ...inherited, ...env },
    stdio: ['inherit', 'pipe', 'pipe'],
    windowsVerbatimArguments: isVerbatim,
  });
  const { stdout, stderr } = child;
  let lastPrintedMs = 0;
  const show = (bytes: Uint8Array) => {
    lastPrintedMs = performance.now();
    onOutput(bytes);
    if (process.stdout.write(bytes)) return;
    stdout.pause();
    stderr.pause();
    process.stdout.once('drain', () => {
      stdout.resume();
      stderr.resume();
    });
  };
  stdout.on('data', show);
  stderr.on('data', show);
  const closed = new Promise<true>((resolve) => child.once('close', () => resolve(true)));
  const exitCode = await exitOf(child).catch((error: Error) => {
    show(new TextEncoder().encode(`${error.message}\r\n`));
    // As a shell says that there is no such program.
    return 127;
  });
  const isSilent = () => !stdout.isPaused() && performance.now() - lastPrintedMs > lastOutputMs;
  while (!(await Promise.race([closed, delay(lastOutputMs).then(isSilent)])));
  return exitCode;
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve(code ?? (signal === null ? 1 : 128 + constants.signals[signal])),
    );
  });
}

/** What ends this process is for the program, whose end is still to be told. */
function passSignalsOn(paths: LaunchPaths): void {
  // Ctrl+C reaches it by itself.
  process.on('SIGINT', () => undefined);
  // The terminal was closed, or is to be; a program in one of its own would not hear of it.
  for (const signal of ['SIGHUP', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const leader = readLeader(paths.program);
      if (leader !== undefined) killProcess(-leader, signal);
    });
  }
  // A terminal that has gone takes nothing more.
  process.stdout.on('error', () => undefined);
}

/** Of the process group of the program, where it has a terminal of its own. */
export function readLeader(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    return Number.isInteger(pid) && pid > 1 ? pid : undefined;
  } catch {
    return undefined;
  }
}
