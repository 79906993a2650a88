import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Frame, type Page } from '@playwright/test';
import { repoRoot } from '../../../tools/vscodeHost/hostPaths';
import { loadPage } from '../../bench/dashboard/browser';
import { type Host, startHost } from '../../bench/dashboard/host';
import { decodeMessage, encodeMessage } from '../../bench/dashboard/pageWire';
import { recordSampleRuns } from './recordSampleRuns';

// Pages of the dashboard on the extension as built and a real record, in each state.

interface Records {
  /** Opens a page by its command, on a record of so many sample runs; answers with its address. */
  open(runCount: number, command: string, ...args: readonly unknown[]): Promise<string>;
}

/** A test of pages on real records, which the tests of a worker share. */
export const test = base.extend<object, { records: Records }>({
  records: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures from it.
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'epochlog-states-'));
      const hosts = new Map<number, Promise<Host>>();
      const start = async (runCount: number) => {
        const workspace = join(folder, `workspace-${runCount}`);
        const scripts = join(folder, `scripts-${runCount}`);
        for (const each of [workspace, scripts]) mkdirSync(each);
        await recordSampleRuns(workspace, runCount);
        return startHost({ extension: repoRoot, workspace, scripts });
      };
      await use({
        async open(runCount, command, ...args) {
          const started = hosts.get(runCount) ?? start(runCount);
          hosts.set(runCount, started);
          return (await started).ask<string>({ kind: 'open', command, args });
        },
      });
      for (const host of hosts.values()) await (await host).stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
});

/** Loads a page and waits until it has drawn all that it asked for. */
export async function show(page: Page, url: string): Promise<Frame> {
  const frame = await loadPage(page, url);
  await frame.evaluate(() => window.probe.untilStill());
  return frame;
}

/** Loads a page whose host does not hear it. */
export async function showUnanswered(page: Page, url: string): Promise<Frame> {
  await page.route('**/post/*', () => undefined);
  const frame = await loadPage(page, url);
  await expect.poll(() => frame.evaluate(() => window.probe.calls.length)).toBeGreaterThan(0);
  return frame;
}

/** Loads a page whose first questions the host cannot answer. */
export async function showRefused(page: Page, url: string): Promise<Frame> {
  await page.route('**/post/*', (route) => {
    const bytes = Uint8Array.from(route.request().postDataBuffer() ?? []);
    // SAFETY: what a page posts is a call of its host, with its name under `m`, or an answer without one.
    const message = decodeMessage(bytes.buffer) as { readonly m?: string };
    const m = message.m?.replace(/^(read|query)/, 'lost');
    return route.continue({ postData: Buffer.from(encodeMessage({ ...message, m })) });
  });
  const frame = await loadPage(page, url);
  await expect(frame.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible();
  return frame;
}
