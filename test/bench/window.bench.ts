import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Page } from '@playwright/test';
import type { Benchmark } from '../../tools/bench';
import { packageExtension, vsixPath } from '../../tools/package';
import { ensureSampleVenv } from '../../tools/start/sampleVenv';
import { repoRoot } from '../../tools/vscodeHost/hostPaths';
import { openVsCode } from '../../tools/vscodeHost/openVsCode';
import type { Workbench } from '../../tools/vscodeHost/workbench';
import { copySample } from '../support/sampleFolder';

const lineCount = 30;

/** Prints a line each 400 ms and writes down when it did, in ms since 1970. */
const drip = `
import time
with open("printed.txt", "w") as times:
    for epoch in range(1, ${lineCount + 1}):
        print(f"epoch {epoch} | val_acc 0.{1000 + epoch}", flush=True)
        times.write(f"{time.time() * 1000:.1f}\\n")
        times.flush()
        time.sleep(0.4)
`;

/** In a real VS Code: what activation costs, and how long a printed line takes to where it is seen. */
export const benchmark: Benchmark = {
  what: 'activation time, sizes of bundles, and ms from a printed line to terminal, tree and run page, in a real VS Code',
  async run() {
    await packageExtension(vsixPath);
    await ensureSampleVenv(repoRoot);
    const sample = copySample(join(repoRoot, 'examples', 'digits'));
    writeFileSync(join(sample.dir, 'drip.py'), drip);
    const session = await openVsCode({ folder: sample.dir, extensions: [repoRoot] });
    try {
      const { workbench, page } = session;
      await workbench.openActivity('Epochlog');
      const activation = await readActivation(workbench, page);
      const seen = await watchDrip(workbench, page);
      const printedMs = readFileSync(join(sample.dir, 'printed.txt'), 'utf8')
        .trim()
        .split('\n')
        .map(Number);
      return {
        ...activation,
        vsixMB: round(statSync(vsixPath).size / 1e6),
        ...bundleSizes(),
        ...delays('terminal', printedMs, seen.terminal),
        ...delays('tree', printedMs, seen.tree),
        ...delays('runPage', printedMs, seen.runPage),
      };
    } finally {
      await session.stop();
      sample.remove();
    }
  },
};

/** What has to be read to activate, and to open each page, in kB. */
function bundleSizes(): Record<string, number> {
  const dist = join(repoRoot, 'dist');
  const kilobytes = (path: string) => round(statSync(path).size / 1e3);
  const pages = readdirSync(join(dist, 'webviews')).filter((file) => file.endsWith('.js'));
  return {
    extensionKB: kilobytes(join(dist, 'extension.js')),
    ...Object.fromEntries(
      pages.map((file) => [
        `${file.replace('.js', '')}PageKB`,
        kilobytes(join(dist, 'webviews', file)),
      ]),
    ),
  };
}

/** As VS Code itself measured it: loading the code and calling `activate`. */
async function readActivation(workbench: Workbench, page: Page): Promise<{ activationMs: number }> {
  await workbench.command('Developer: Show Running Extensions');
  const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Epochlog' });
  const text = await row.first().innerText();
  await workbench.closeAllEditors();
  const found = /Activation(?: \(Startup\))?: (\d+)ms/.exec(text);
  if (!found) throw new Error(`VS Code says no activation time: ${text}`);
  return { activationMs: Number(found[1]) };
}

/** When each line's value was first drawn in each place, in ms since 1970. */
async function watchDrip(workbench: Workbench, page: Page) {
  await workbench.terminal.open();
  await workbench.terminal.start('.venv/bin/python drip.py --rate 1');
  const run = workbench.view('Runs').row('drip.py · rate=1');
  await run.waitFor();
  await workbench.view('Runs').click('drip.py · rate=1');
  const runPage = await workbench.webview('runPage');
  const [terminal, tree, onPage] = await Promise.all([
    watch(page, '.terminal-wrapper.active .xterm-rows'),
    watch(page, '.pane-body .monaco-list-row[role=treeitem] .label-description'),
    watch(runPage, '#root'),
  ]);
  return { terminal, tree, runPage: onPage };
}

/** Looks every 5 ms for values that were not there before, until the last. */
function watch(where: Page | Frame, selector: string): Promise<Record<number, number>> {
  return where.evaluate(
    ({ selector, lineCount, deadlineMs }) =>
      new Promise<Record<number, number>>((resolve) => {
        const seenMs: Record<number, number> = {};
        // Not a function by name: the loader would wrap it in a helper that the page lacks.
        const timer = setInterval(() => {
          const text = [...document.querySelectorAll(selector)]
            .map((element) => element.textContent ?? '')
            .join('\n');
          for (let line = 1; line <= lineCount; line += 1) {
            // A page drops the zeros at the end.
            const value = `0.${1000 + line}`.replace(/0+$/, '');
            if (!(line in seenMs) && new RegExp(`${value}0*(?!\\d)`).test(text)) {
              seenMs[line] = Date.now();
            }
          }
          if (!(lineCount in seenMs) && Date.now() < deadlineMs) return;
          clearInterval(timer);
          resolve(seenMs);
        }, 5);
      }),
    { selector, lineCount, deadlineMs: Date.now() + 60_000 },
  );
}

/** The lines before the watch began were there already, and say nothing. */
function delays(place: string, printedMs: readonly number[], seenMs: Record<number, number>) {
  const watched = Object.entries(seenMs).map(([line, ms]) => ({
    line: Number(line),
    delayMs: ms - (printedMs[Number(line) - 1] ?? Number.NaN),
  }));
  const first = Math.min(...watched.map(({ line }) => line));
  const sorted = watched
    .filter(({ line }) => line > lineCount / 3 && line > first)
    .map(({ delayMs }) => delayMs)
    .sort((left, right) => left - right);
  return {
    [`${place}Lines`]: sorted.length,
    [`${place}P50Ms`]: round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN),
    [`${place}MaxMs`]: round(sorted.at(-1) ?? Number.NaN),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
