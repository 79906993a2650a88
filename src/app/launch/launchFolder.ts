import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a program that was started with Epochlog leaves for the windows, in a folder named by the id of
 * its run. The launcher writes it, whoever records the run reads it and removes it.
 */
export interface LaunchPaths {
  readonly folder: string;
  /** What to start; the launcher takes it away, so that nothing is started twice. */
  readonly request: string;
  /** What was started: `LaunchStart`. */
  readonly start: string;
  /** The process id of the program, which leads a process group of its own; only where it has a terminal. */
  readonly program: string;
  /** All that it printed, as UTF-8, without the secrets in it. */
  readonly output: string;
  /** When it was printed: lines of `byte ms`, each for what stands from that byte on. */
  readonly clock: string;
  /** Touched by the launcher while it lives. */
  readonly beat: string;
  /** How it ended: `LaunchEnd`. */
  readonly end: string;
  /** Held by the window that records it. */
  readonly lock: string;
}

export function launchPaths(folder: string): LaunchPaths {
  return {
    folder,
    request: join(folder, 'request.json'),
    start: join(folder, 'start.json'),
    program: join(folder, 'program.pid'),
    output: join(folder, 'output'),
    clock: join(folder, 'clock'),
    beat: join(folder, 'beat'),
    end: join(folder, 'end.json'),
    lock: join(folder, 'window.lock'),
  };
}

/** How often the launcher touches `beat`. */
export const beatMs = 5_000;

export interface LaunchRequest {
  /** What the run is of, as a person would type it. */
  readonly commandLine: string;
  /** Absolute path. */
  readonly cwd: string;
  readonly program: Program;
}

/** A command line is given to the shell as one argument, or a program is started as it is. */
export type Program =
  | { readonly kind: 'shell'; readonly shell: string; readonly commandLine: string }
  | { readonly kind: 'direct'; readonly words: readonly string[] };

export interface LaunchStart {
  /** Without the secrets in it. */
  readonly commandLine: string;
  readonly cwd: string;
  readonly startedAtMs: number;
  /** Of the launcher. */
  readonly pid: number;
  readonly host: string;
}

export interface LaunchEnd {
  /** 128 + the signal if a signal ended it. */
  readonly exitCode: number;
  readonly endedAtMs: number;
}

export function readRequest(path: string): LaunchRequest {
  return parseRequest(JSON.parse(readFileSync(path, 'utf8')));
}

/** @throws if it is not one. */
export function parseRequest(json: unknown): LaunchRequest {
  const { commandLine, cwd, program } = fieldsOf(json);
  const { kind, shell, commandLine: line, words } = fieldsOf(program);
  if (typeof commandLine !== 'string' || typeof cwd !== 'string') throw notUnderstood();
  if (kind === 'shell' && typeof shell === 'string' && typeof line === 'string') {
    return { commandLine, cwd, program: { kind, shell, commandLine: line } };
  }
  if (
    kind === 'direct' &&
    Array.isArray(words) &&
    words.every((word) => typeof word === 'string')
  ) {
    return { commandLine, cwd, program: { kind, words } };
  }
  throw notUnderstood();
}

/** Undefined if it is not there, or not whole. */
export function readStart(path: string): LaunchStart | undefined {
  const { commandLine, cwd, startedAtMs, pid, host } = fieldsOf(readJson(path));
  return typeof commandLine === 'string' &&
    typeof cwd === 'string' &&
    typeof startedAtMs === 'number' &&
    typeof pid === 'number' &&
    typeof host === 'string'
    ? { commandLine, cwd, startedAtMs, pid, host }
    : undefined;
}

/** Undefined if it is not there, or not whole. */
export function readEnd(path: string): LaunchEnd | undefined {
  const { exitCode, endedAtMs } = fieldsOf(readJson(path));
  return typeof exitCode === 'number' && typeof endedAtMs === 'number'
    ? { exitCode, endedAtMs }
    : undefined;
}

/** Nobody ever sees half of it. */
export function writeJson(path: string, value: LaunchRequest | LaunchStart | LaunchEnd): void {
  const temporary = `${path}.tmp`;
  writeFileSync(temporary, JSON.stringify(value), { mode: 0o600 });
  renameSync(temporary, path);
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
  // SAFETY: any object can be read by name; what is read is checked where it is used.
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
}

function notUnderstood(): Error {
  return new Error('What is to be started cannot be understood.');
}
