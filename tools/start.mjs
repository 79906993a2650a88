#!/usr/bin/env node
// `npm start`: from a fresh clone to a real VS Code with Epochlog in it. The part before the
// project's own packages are there is here; what follows is tools/start/main.ts.
import { spawn } from 'node:child_process';
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
const main = join(repoRoot, 'tools', 'start', 'main.ts');
const child = spawn(process.execPath, [tsx, main, ...process.argv.slice(2)], { stdio: 'inherit' });
// Ctrl+C reaches the child too, which ends what it started; we only wait for it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT') child.kill(signal);
  });
}
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
