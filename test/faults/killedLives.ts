import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { openStore } from '../../src/store/openStore';
import type { Store } from '../../src/store/store';
import { runId } from '../unit/store/sampleChanges';
import { type Acknowledged, acknowledge, nothingAcknowledged, wrongs } from './records';
import type { WriterLine, WriterTask } from './writerProcess';

export const wasmPath = createRequire(import.meta.url).resolve('sql.js/dist/sql-wasm.wasm');

/** How a life ends: at a named point, or so long after it was born or began to write. */
export type Death =
  | { readonly kind: 'point'; readonly point: string; readonly count: number }
  | { readonly kind: 'random'; readonly afterMs: number; readonly from: 'birth' | 'opened' };

export interface Life {
  readonly acknowledged: Acknowledged;
  /** Whether it came to its named point; true for a random death. */
  readonly cameToPoint: boolean;
  readonly problems: readonly string[];
  /** What it wrote to stderr, which it should not. */
  readonly errors: string;
}

/** A writer that does not come to its point is killed all the same. */
const longestLifeMs = 30_000;

/** Lets a writer live in the task's folder until it is killed. */
export function live(script: string, task: WriterTask, death: Death): Promise<Life> {
  const dieAt = death.kind === 'point' ? { dieAt: death } : {};
  const child = spawn(process.execPath, [script, JSON.stringify({ ...task, ...dieAt })], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => void child.kill('SIGKILL');
  const acknowledged = nothingAcknowledged(task.writer);
  const problems: string[] = [];
  let cameToPoint = death.kind === 'random';
  let errors = '';
  let timer = setTimeout(kill, longestLifeMs);
  const killAfter = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(kill, ms);
  };
  if (death.kind === 'random' && death.from === 'birth') killAfter(death.afterMs);
  const lines = createInterface(child.stdout);
  lines.on('line', (text) => {
    const line = parseLine(text);
    if (line === undefined) return;
    if (line.kind === 'opened') {
      if (death.kind === 'random' && death.from === 'opened') killAfter(death.afterMs);
    } else if (line.kind === 'problem') problems.push(line.message);
    else if (line.kind === 'dying') cameToPoint = true;
    else acknowledge(acknowledged, line);
  });
  child.stderr.on('data', (bytes) => {
    errors += bytes;
  });
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal !== 'SIGKILL') errors += `ended by itself with ${code ?? signal}`;
      resolve({ acknowledged, cameToPoint, problems, errors });
    });
  });
}

/** Undefined for a last line that the kill cut. */
function parseLine(text: string): WriterLine | undefined {
  try {
    // SAFETY: the writer prints nothing else.
    return JSON.parse(text) as WriterLine;
  } catch {
    return undefined;
  }
}

/** What a user may be told after a kill: the end of a record that nobody was told is there. */
export const mayBeTold = /\.log ends in an unfinished record/;

/** A run whose recorder is gone has ended with the last that it recorded. */
async function wrongEnd(store: Store, writer: string): Promise<readonly string[]> {
  const run = await store.getRun(runId(writer));
  if (run === undefined) return [];
  const { timesMs } = await store.readSeries(run.id, 'plain');
  const endedAtMs = Math.max(run.startedAtMs, ...timesMs);
  const found: string[] = [];
  if (run.status !== 'interrupted') found.push(`${writer} is ${run.status}`);
  if (run.endedAtMs !== endedAtMs)
    found.push(`${writer} ended at ${run.endedAtMs}, not ${endedAtMs}`);
  const logBytes = (await store.readLog(run.id)).length;
  if (run.logBytes !== logBytes)
    found.push(`${writer} has a log of ${logBytes}, not ${run.logBytes}`);
  return found;
}

/** Opens a copy, so that the next writer finds the folder as the last one left it. */
export async function wrongsOfCopy(
  folder: string,
  lives: readonly Acknowledged[],
): Promise<readonly string[]> {
  const copy = mkdtempSync(join(tmpdir(), 'epochlog-faults-'));
  try {
    cpSync(folder, copy, { recursive: true });
    const found: string[] = [];
    const store = await openStore(
      copy,
      {
        changed: () => {},
        problem: ({ message }) => {
          if (!mayBeTold.test(message)) found.push(message);
        },
      },
      { wasmPath },
    );
    try {
      for (const life of lives) {
        found.push(...(await wrongs(store, life)));
        found.push(...(await wrongEnd(store, life.writer)));
      }
    } finally {
      await store.close();
    }
    return found;
  } catch (error) {
    return [`does not open: ${error instanceof Error ? error.stack : error}`];
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
