/** Running what IPython adds to Python. */

import type { Magic } from '../magics';
import { bindNew } from './bindValue';
import type { CellRun } from './cellRun';
import { readFile, writeFile } from './files';
import { folders, settings } from './hiddenNames';
import type { KernelMemory } from './kernelMemory';
import { setPart } from './mutate';
import { observe } from './observe';

/** Runs a magic or a command. */
export function runMagic(memory: KernelMemory, magic: Magic, parts: number[], run: CellRun): void {
  for (const name of magic.reads) {
    if (!observe(memory, name, undefined, run, parts))
      parts.push(memory.tokens.of('missing', name));
  }
  for (const file of magic.readsFiles) readFile(memory, file, parts, run);
  if (magic.isOutside) {
    run.outside ??= 'a command outside of the notebook';
    parts.push(memory.nextUnique());
  }
  if (magic.writesFiles.length > 0) observe(memory, folders, undefined, run, parts);
  // What was captured is what the whole cell printed.
  if (magic.isCapture) parts.push(...run.tokens);
  const token = memory.tokens.of(run.isFailing ? 'failed' : 'magic', ...parts);
  // `%%writefile` tells whether the file was there.
  const there = magic.writesFiles.map((file) => (memory.files.has(file) ? 1 : 0));
  run.tokens.push(memory.tokens.of('shown', token, ...there));
  if (magic.setting !== undefined) setPart(memory, settings, `%${magic.setting}`, token, run);
  for (const file of magic.writesFiles) writeFile(memory, file, 'magic', 'write', token, run);
  for (const name of magic.binds) bindNew(memory, name, memory.tokens.of(token, name), run);
  if (magic.runsAnything) memory.bindAnything(token);
}
