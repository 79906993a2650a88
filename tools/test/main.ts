import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureSampleVenv } from '../start/sampleVenv';
import { printFailure, runCommand, SetupError, step } from '../start/step.cjs';
import { findChromium, installChromium } from '../vscodeHost/chromium';
import { repoRoot } from '../vscodeHost/hostPaths';
import { installBrowserHost } from '../vscodeHost/install';
import { installZsh } from '../vscodeHost/shells';
import { isTier, runTier, type Tier, type TierResult, tiers } from './tiers';

/** What tiers need beside the project's own packages. */
async function prepare(wanted: readonly Tier[]): Promise<void> {
  const needsWindow = wanted.some((tier) => ['package', 'host', 'e2e'].includes(tier));
  if (needsWindow) {
    if (!process.env.VSCODE_EXECUTABLE) await installBrowserHost();
    await ensureSampleVenv(repoRoot);
  } else if (wanted.includes('page') && findChromium() === undefined) {
    await step('Install Chromium', installChromium);
  }
  if (wanted.includes('e2e')) await step('Find zsh', installZsh);
  if (wanted.includes('host')) {
    await step('Build the suite for VS Code', () =>
      runCommand(process.execPath, [join(repoRoot, 'esbuild.mjs'), '--tests'], { cwd: repoRoot }),
    );
  }
}

async function main(): Promise<boolean> {
  const named = process.argv.slice(2).filter((arg) => arg !== '--long');
  // Of the faults, which have a long form for when there is an hour.
  if (process.argv.includes('--long')) process.env.FAULTS_LONG = '1';
  const unknown = named.filter((name) => !isTier(name));
  if (unknown.length > 0) {
    throw new SetupError(
      `There is no tier ${unknown.join(', ')}`,
      `name some of: ${tiers.join(', ')}.`,
    );
  }
  const wanted = named.length > 0 ? named.filter(isTier) : tiers;
  const startedAtMs = Date.now();
  rmSync(join(repoRoot, 'out', 'test-results'), { recursive: true, force: true });
  mkdirSync(join(repoRoot, 'out', 'test-results'), { recursive: true });
  await prepare(wanted);
  const results: TierResult[] = [];
  for (const tier of wanted) results.push(await runTier(tier));
  return report(results, Date.now() - startedAtMs);
}

function report(results: readonly TierResult[], durationMs: number): boolean {
  console.log('');
  for (const { tier, passed, failed, unsteady, durationMs: tierMs } of results) {
    const seconds = (tierMs / 1000).toFixed(1);
    const counts = `${passed} passed, ${failed} failed${unsteady > 0 ? `, ${unsteady} unsteady` : ''}`;
    console.log(`${failed === 0 ? '✓' : '✗'} ${tier.padEnd(8)} ${counts} in ${seconds} s`);
  }
  const sum = (of: (result: TierResult) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  const failed = sum((result) => result.failed);
  console.log(`in ${(durationMs / 1000).toFixed(0)} s`);
  console.log(`${sum((result) => result.passed)} passed, ${failed} failed`);
  return failed === 0;
}

main().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: unknown) => {
    printFailure(error);
    process.exit(1);
  },
);
