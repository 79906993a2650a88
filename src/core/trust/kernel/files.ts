/** Files that cells read and write. */

import { KernelObject } from '../kernelObject';
import type { CellRun } from './cellRun';
import { hidden } from './hiddenNames';
import type { KernelMemory } from './kernelMemory';

/** Notes that a file was read; `*` is any. */
export function readFile(memory: KernelMemory, file: string, parts: number[], run: CellRun): void {
  const found =
    file === '*'
      ? [...memory.files]
      : [...memory.files].filter(([name]) => name === file || name === '*');
  if (!found.some(([name]) => name === file)) parts.push(memory.tokens.of('disk', file));
  for (const [name, object] of found) {
    const token = memory.tokenOf(object);
    parts.push(token);
    if (object.isAssumed) run.isAssumed = true;
    const shown = name === '*' ? 'a file' : `the file ${name}`;
    if (run.own.has(hidden(shown))) continue;
    const producers = new Set(object.producers);
    run.observations.set(hidden(shown), { name: shown, isName: false, token, producers });
  }
}

/** Notes that a file was written; `*` is any. */
export function writeFile(
  memory: KernelMemory,
  file: string,
  place: string,
  how: 'write' | 'append',
  token: number,
  run: CellRun,
): void {
  const object = memory.files.get(file) ?? new KernelObject(memory.tokens.of('file', file));
  memory.files.set(file, object);
  if (how === 'append' || file === '*')
    object.change({ kind: 'update', key: '' }, token, memory.tokens);
  else {
    object.change({ kind: 'part', key: place }, token, memory.tokens);
    if (object.writes.length === 1) {
      object.base = memory.tokens.of('file', file);
      object.producers.clear();
    }
  }
  object.producers.add(run.producer);
  object.isAssumed = run.isAssumed;
  run.own.add(hidden(`the file ${file}`));
}
