import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensurePython } from '../pinnedPython';
import type { PairFiles } from './notebookPairs';

/** What nbdime made of one pair, in milliseconds, each the best of the repeats. */
export interface NbdimeResult {
  /** `nbformat.read` of both files. */
  readonly parseMs: number;
  /** `nbdime.diff_notebooks` of what was read. */
  readonly diffMs: number;
  /** [old, new] index of each cell it keeps, changed or not; it moves nothing. */
  readonly pairs: readonly (readonly [number, number])[];
}

/** By the id of the pair; those that nbdime cannot read are left out. */
export async function measureNbdime(
  pairs: readonly PairFiles[],
  repeats: number,
): Promise<ReadonlyMap<string, NbdimeResult>> {
  const python = await ensurePython({
    name: 'nbdime',
    title: 'Install nbdime (about 100 MB)',
    requirements: join(__dirname, 'requirements.txt'),
    remedy: 'check the network and that Python is 3.11 or newer.',
  });
  const child = spawn(python, [join(__dirname, 'nbdime_pairs.py'), String(repeats)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(
    pairs.map(({ oldPath, newPath }) => `${JSON.stringify([oldPath, newPath])}\n`).join(''),
  );
  const results = new Map<string, NbdimeResult>();
  let at = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const answer: NbdimeResult | { readonly error: string } = JSON.parse(line);
    const id = pairs[at]?.id ?? '';
    at += 1;
    if ('error' in answer)
      console.log(`  nbdime cannot read ${id}: ${answer.error.split('\n')[0]}`);
    else results.set(id, answer);
  }
  if (at !== pairs.length) throw new Error(`nbdime answered for ${at} of ${pairs.length} pairs.`);
  return results;
}
