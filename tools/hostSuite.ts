import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runTests } from '@vscode/test-electron';
import { copySample } from '../test/support/sampleFolder';
import { ensureSampleVenv } from './start/sampleVenv';
import { printFailure } from './start/step.cjs';
import { openBrowserSession } from './vscodeHost/browserSession';
import { desktopArgs, findElectronProgram } from './vscodeHost/desktopSession';
import { repoRoot } from './vscodeHost/hostPaths';

const suite = join(repoRoot, 'out', 'test', 'host', 'index.js');
/** `{ passed, failed }`, which the suite itself writes. */
const countsFile = join(repoRoot, 'out', 'test-results', 'host.json');
const timeoutMs = 10 * 60_000;

const suiteEnv = { EPOCHLOG_TEST_COUNTS: countsFile };

/** What the helper extension's suite runner writes. */
interface SuiteResult {
  readonly ok: boolean;
  readonly error?: string;
  readonly durationMs: number;
  readonly report: string;
}

/** Runs the built suite in a real VS Code on a copy of the sample. Gives whether all passed. */
async function runHostSuite(): Promise<boolean> {
  if (!existsSync(suite)) throw new Error(`${suite} is not built: node esbuild.mjs --tests`);
  mkdirSync(dirname(countsFile), { recursive: true });
  rmSync(countsFile, { force: true });
  await ensureSampleVenv(repoRoot);
  const sample = copySample(join(repoRoot, 'examples', 'digits'));
  const executable = process.env.VSCODE_EXECUTABLE;
  try {
    return executable ? await runOnDesktop(executable, sample.dir) : await runInBrowser(sample.dir);
  } finally {
    sample.remove();
  }
}

async function runInBrowser(folder: string): Promise<boolean> {
  const dir = mkdtempSync(join(tmpdir(), 'epochlog-suite-'));
  const out = join(dir, 'result.json');
  const session = await openBrowserSession({
    folder,
    extensions: [repoRoot],
    env: { EPOCHLOG_TEST_SUITE: suite, EPOCHLOG_TEST_OUT: out, ...suiteEnv },
  });
  try {
    const deadlineMs = Date.now() + timeoutMs;
    while (!existsSync(out)) {
      if (Date.now() > deadlineMs) throw new Error(`The suite did not end in ${timeoutMs} ms.`);
      await delay(100);
    }
    // SAFETY: suiteRunner.js writes this shape.
    const result = JSON.parse(readFileSync(out, 'utf8')) as SuiteResult;
    console.log(result.report);
    if (result.error) console.error(result.error);
    console.log(`host suite: ${result.ok ? 'passed' : 'failed'} in ${result.durationMs} ms`);
    return result.ok;
  } finally {
    await session.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function runOnDesktop(executable: string, folder: string): Promise<boolean> {
  const code = await runTests({
    vscodeExecutablePath: findElectronProgram(executable),
    extensionDevelopmentPath: repoRoot,
    extensionTestsPath: suite,
    extensionTestsEnv: suiteEnv,
    launchArgs: [folder, ...desktopArgs([], { extensions: [] })],
  });
  return code === 0;
}

runHostSuite().then(
  (passed) => process.exit(passed ? 0 : 1),
  (error: unknown) => {
    printFailure(error);
    process.exit(1);
  },
);
