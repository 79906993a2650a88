/** Reading what a statement does not name. */

import type { CallEffects } from '../callEffects';
import type { CellRun } from './cellRun';
import { readFile } from './files';
import { folders, hidden } from './hiddenNames';
import type { KernelMemory } from './kernelMemory';
import { observe } from './observe';

/** What a statement reads without naming it: random numbers, files, the clock. */
export function readHidden(
  memory: KernelMemory,
  calls: readonly CallEffects[],
  parts: number[],
  run: CellRun,
): void {
  for (const call of calls) {
    for (const kind of call.draws) {
      const name = hidden(`${kind}'s random numbers`);
      if (!memory.names.has(name) && !call.seeds.has(kind))
        run.outside ??= 'random numbers without a seed';
      observe(memory, name, undefined, run, parts);
    }
    for (const { how, file } of call.files) {
      if (how !== 'folder') observe(memory, folders, undefined, run, parts);
      if (how === 'read' || how === 'append') readFile(memory, file, parts, run);
      else if (how === 'list')
        parts.push(memory.tokens.of('list', ...[...memory.files.keys()].sort()));
    }
    if (call.isOutside)
      run.outside ??= 'the clock, the user, or something else outside of the notebook';
    if (call.isOutside) parts.push(memory.nextUnique());
    if (call.runsAnything) {
      for (const object of memory.names.values()) parts.push(memory.tokenOf(object));
    }
  }
}
