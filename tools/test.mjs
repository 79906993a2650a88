#!/usr/bin/env node
// `npm test`: every tier, with all the set-up it needs. Name tiers to run only those:
// `npm test -- unit page`. The faults have a long form: `npm run test:faults -- --long`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { bootstrap, repoRoot } from './start/bootstrap.mjs';
import { printFailure } from './start/step.cjs';

try {
  await bootstrap();
} catch (error) {
  printFailure(error);
  process.exit(1);
}
const tsx = join(repoRoot, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const main = join(repoRoot, 'tools', 'test', 'main.ts');
const { status } = spawnSync(process.execPath, [tsx, main, ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: repoRoot,
});
process.exit(status ?? 1);
