import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '../vscodeHost/hostPaths';

/** In the order they run: the cheapest first. */
export const tiers = ['check', 'unit', 'faults', 'page', 'package', 'host', 'e2e'] as const;
export type Tier = (typeof tiers)[number];

export function isTier(name: string): name is Tier {
  return (tiers as readonly string[]).includes(name);
}

export interface TierResult {
  readonly tier: Tier;
  readonly passed: number;
  /** At least 1 if the tier's program failed, whatever it counted. */
  readonly failed: number;
  /** Passed, but not at the first try. */
  readonly unsteady: number;
  readonly durationMs: number;
}

interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly unsteady?: number;
}

interface Runner {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Reads what the program counted from its report. */
  readonly count: () => Count;
}

const bin = (...path: readonly string[]) => join(repoRoot, 'node_modules', ...path);
const reportFile = (tier: Tier) => join(repoRoot, 'out', 'test-results', `${tier}.json`);
const readReport = (tier: Tier) => JSON.parse(readFileSync(reportFile(tier), 'utf8'));

function playwright(tier: Tier, ...projects: readonly string[]): Runner {
  return {
    args: [
      bin('@playwright', 'test', 'cli.js'),
      'test',
      ...projects.map((project) => `--project=${project}`),
      '--reporter=list,json',
    ],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile(tier) },
    count() {
      const { expected, unexpected, flaky } = readReport(tier).stats;
      return { passed: expected + flaky, failed: unexpected, unsteady: flaky };
    },
  };
}

function vitest(tier: Tier, ...args: readonly string[]): Runner {
  return {
    args: [
      bin('vitest', 'vitest.mjs'),
      'run',
      ...args,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile(tier)}`,
    ],
    count() {
      const { numPassedTests, numFailedTests } = readReport(tier);
      return { passed: numPassedTests, failed: numFailedTests };
    },
  };
}

const runners: Readonly<Record<Tier, Runner>> = {
  check: {
    args: [join(repoRoot, 'tools', 'check.mjs')],
    count: () => ({ passed: 1, failed: 0 }),
  },
  unit: vitest('unit'),
  faults: vitest('faults', '--config', join(repoRoot, 'test', 'faults', 'vitest.config.mts')),
  page: playwright('page', 'page'),
  package: playwright('package', 'package'),
  host: {
    args: [bin('tsx', 'dist', 'cli.mjs'), join(repoRoot, 'tools', 'hostSuite.ts')],
    count: () => readReport('host'),
  },
  e2e: playwright('e2e', 'e2e'),
};

/** Runs a tier to its end with its output shown. */
export async function runTier(tier: Tier): Promise<TierResult> {
  const { args, env, count } = runners[tier];
  console.log(`\n── ${tier}`);
  const startedAtMs = Date.now();
  const code = await new Promise<number>((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: repoRoot,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('close', (exitCode) => resolve(exitCode ?? 1));
  });
  const counted = code === 0 ? count() : countOrNothing(count);
  return {
    tier,
    passed: counted.passed,
    failed: code === 0 ? counted.failed : Math.max(1, counted.failed),
    unsteady: counted.unsteady ?? 0,
    durationMs: Date.now() - startedAtMs,
  };
}

/** A program that failed early leaves no report. */
function countOrNothing(count: () => Count): Count {
  try {
    return count();
  } catch {
    return { passed: 0, failed: 0 };
  }
}
