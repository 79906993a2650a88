import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { ensureSampleVenv } from '../../tools/start/sampleVenv';
import { repoRoot } from '../../tools/vscodeHost/hostPaths';
import { openVsCode } from '../../tools/vscodeHost/openVsCode';
import type { Rpc } from '../../tools/vscodeHost/rpc';
import type { SessionOptions, VsCodeSession } from '../../tools/vscodeHost/vscodeSession';
import type { Workbench } from '../../tools/vscodeHost/workbench';
import { copySample } from './sampleFolder';

export interface VsCodeTestOptions
  extends Pick<SessionOptions, 'settings' | 'env' | 'trust' | 'vsix'> {
  /** A folder to copy, relative to the repository. Default: the sample project with its Python. */
  readonly sample?: string;
  /** Extension folders to load. Default: this repository. Give `[]` when a `vsix` is installed. */
  readonly extensions?: readonly string[];
  /** A `.code-workspace` file to open in place of the copy, relative to it. */
  readonly workspaceFile?: string;
  /** Changes the fresh copy before VS Code opens it. */
  readonly prepare?: (dir: string) => void | Promise<void>;
}

interface WorkerFixtures {
  readonly vscode: VsCodeSession & { readonly workspaceDir: string };
}

interface TestFixtures {
  readonly workbench: Workbench;
  readonly rpc: Rpc;
  readonly workspaceDir: string;
}

const digits = join('examples', 'digits');

/**
 * The `test` of one spec file. All of its tests share one real VS Code on one fresh copy of the
 * sample, in the order they are written; call it once per file.
 */
export function createVsCodeTest(options: VsCodeTestOptions = {}) {
  const test = base.extend<TestFixtures, WorkerFixtures>({
    vscode: [
      // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from it.
      async ({}, use) => {
        const sample = options.sample ?? digits;
        if (sample === digits) await ensureSampleVenv(repoRoot);
        const copy = copySample(join(repoRoot, sample));
        try {
          await options.prepare?.(copy.dir);
          const { settings, env, trust, vsix, workspaceFile = '.' } = options;
          const session = await openVsCode({
            folder: join(copy.dir, workspaceFile),
            extensions: options.extensions ?? [repoRoot],
            ...{ settings, env, trust, vsix },
          });
          try {
            await use({ ...session, workspaceDir: copy.dir });
          } finally {
            await session.stop();
          }
        } finally {
          copy.remove();
        }
      },
      { scope: 'worker', timeout: 180_000 },
    ],
    workbench: async ({ vscode }, use) => use(vscode.workbench),
    rpc: async ({ vscode }, use) => use(vscode.rpc),
    workspaceDir: async ({ vscode }, use) => use(vscode.workspaceDir),
  });
  test.describe.configure({ mode: 'serial' });
  test.afterEach(async ({ vscode }, testInfo) => {
    if (testInfo.status === testInfo.expectedStatus) return;
    const path = testInfo.outputPath('window.png');
    await vscode.workbench.screenshot(path);
    testInfo.attachments.push({ name: 'window', path, contentType: 'image/png' });
  });
  return test;
}
