import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Two versions of one notebook, as files. */
export interface PairFiles {
  readonly id: string;
  readonly oldPath: string;
  readonly newPath: string;
}

/** The pairs `<id>/old.ipynb`, `<id>/new.ipynb` of a folder, by id. */
export function listPairs(folder: string): readonly PairFiles[] {
  return readdirSync(folder)
    .sort()
    .map((id) => ({
      id,
      oldPath: join(folder, id, 'old.ipynb'),
      newPath: join(folder, id, 'new.ipynb'),
    }))
    .filter(({ oldPath, newPath }) => existsSync(oldPath) && existsSync(newPath));
}

export function readText(path: string): string {
  return readFileSync(path, 'utf8');
}
