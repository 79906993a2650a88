import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import type { RunId } from '../../../src/core/run/run';

export type HostRequest =
  /** How long the extension's `activate` took, in ms. */
  | { readonly kind: 'activateMs' }
  /** Calls a command that opens a page; answers with its address. */
  | { readonly kind: 'open'; readonly command: string; readonly args: readonly unknown[] }
  /** The address of an empty page. */
  | { readonly kind: 'empty' }
  /** Lets so many programs print a metric into a terminal each. */
  | {
      readonly kind: 'print';
      readonly runs: number;
      readonly linesPerS: number;
      readonly seconds: number;
    }
  /** The ids of the runs that are being recorded. */
  | { readonly kind: 'running' }
  /** The address of a page with a chart of uPlot. */
  | { readonly kind: 'plain'; readonly runIds: readonly RunId[] }
  /** The address of a page whose questions are answered with so many bytes. */
  | { readonly kind: 'echo'; readonly bytes: number }
  | { readonly kind: 'loopDelay' }
  | { readonly kind: 'close' };

export interface Host {
  ask<T>(request: HostRequest): Promise<T>;
  stop(): Promise<void>;
}

export interface HostPaths {
  /** Has the built extension under `dist`. */
  readonly extension: string;
  readonly workspace: string;
  /** For what is built for the benchmark itself. */
  readonly scripts: string;
}

/** Starts the built extension in a process of its own, as VS Code does. */
export async function startHost({ extension, workspace, scripts }: HostPaths): Promise<Host> {
  const entry = join(scripts, 'hostProcess.js');
  buildSync({
    entryPoints: [join(__dirname, 'hostProcess.ts')],
    outfile: entry,
    ...{ bundle: true, platform: 'node', target: 'node20', logLevel: 'error' },
  });
  buildSync({
    entryPoints: ['frame', 'probe', 'plainChart'].map((name) =>
      join(__dirname, 'page', `${name}.ts`),
    ),
    outdir: scripts,
    ...{ bundle: true, format: 'iife', target: 'chrome120', logLevel: 'error' },
  });
  const child = fork(entry, [extension, workspace, scripts], { serialization: 'advanced' });
  const open = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  const started = new Promise<unknown>((resolve, reject) => open.set(0, { resolve, reject }));
  child.on('message', ({ id, result, error }: { id: number; result?: unknown; error?: string }) => {
    if (error === undefined) open.get(id)?.resolve(result);
    else open.get(id)?.reject(new Error(error));
    open.delete(id);
  });
  let death: Error | undefined;
  child.on('exit', (code, signal) => {
    death = new Error(`The host ended with ${code ?? signal}`);
    for (const { reject } of open.values()) reject(death);
  });
  await started;
  const ask = <T>(request: HostRequest) =>
    new Promise<T>((resolve, reject) => {
      if (death !== undefined) return reject(death);
      lastId += 1;
      // SAFETY: each request is answered with what its description says.
      open.set(lastId, { resolve: (value) => resolve(value as T), reject });
      child.send({ id: lastId, request });
    });
  return {
    ask,
    async stop() {
      if (death !== undefined) return;
      await ask({ kind: 'close' });
      await ended(child);
    },
  };
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill();
  });
}
