import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { step } from '../../../tools/start/step.cjs';
import { benchDir } from './product';

/**
 * A folder that takes long to make: made by `build` once for the content of the files `inputs`, and
 * found again until one of them changes. The one before is removed.
 */
export async function ensureBuilt(
  name: string,
  inputs: readonly string[],
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const version = createHash('sha256');
  for (const path of inputs) version.update(readFileSync(path));
  const folder = join(benchDir, `${name}-${version.digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  for (const old of readdirSync(benchDir)) {
    if (old.startsWith(`${name}-`)) rmSync(join(benchDir, old), { recursive: true, force: true });
  }
  const building = `${folder}-building`;
  mkdirSync(building);
  await step(`Make ${name}`, () => build(building));
  renameSync(building, folder);
  return folder;
}
