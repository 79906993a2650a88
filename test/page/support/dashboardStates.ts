import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Frame, type Page } from '@playwright/test';
import axe, { type Result } from 'axe-core';
import { repoRoot } from '../../../tools/vscodeHost/hostPaths';
import { loadPage } from '../../bench/dashboard/browser';
import { type Host, startHost } from '../../bench/dashboard/host';
import { recordSampleRuns } from './recordSampleRuns';
import { type ThemeName, themes } from './themes';

// Pages of the dashboard on the extension as built and a real record, in each state. The pictures are for
// people to look at: out/test/looks.

const looks = join(repoRoot, 'out', 'test', 'looks');

/** Every theme once in the state that is met most; the other states in these. */
export const everyTheme: readonly ThemeName[] = ['dark', 'light', 'hcDark', 'hcLight'];
export const twoThemes: readonly ThemeName[] = ['dark', 'light'];

declare global {
  interface Window {
    axe: typeof axe;
  }
}

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
    const call = route.request().postData() ?? '';
    return route.continue({ postData: call.replace(/"m":"(read|query)/, '"m":"lost') });
  });
  const frame = await loadPage(page, url);
  await expect(frame.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible();
  return frame;
}

/** A panel at the side, as narrow as they come. */
export const narrowPanel = { width: 300, height: 700 };
/** What is left of a window of 1200 × 800 at 200 %. */
export const zoomedWindow = { width: 600, height: 400 };

/** A picture of the page in each theme, in which an accessibility checker finds nothing. */
export async function examine(page: Page, name: string, inThemes: readonly ThemeName[]) {
  mkdirSync(looks, { recursive: true });
  for (const theme of inThemes) {
    await setTheme(page, theme);
    await page.screenshot({ path: join(looks, `${name}-${theme}.png`) });
    const violations = await findViolations(frameOf(page));
    const found = violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`),
    }));
    expect.soft(found, `${name} in ${theme}`).toEqual([]);
  }
}

/** In the page's own frame, which takes a tenth of the time that it takes through the frame around it. */
async function findViolations(frame: Frame): Promise<readonly Result[]> {
  if (!(await frame.evaluate(() => 'axe' in window))) await frame.evaluate(axe.source);
  return frame.evaluate(async (isOn) => {
    const { violations } = await window.axe.run({ resultTypes: ['violations'], rules: isOn });
    return violations;
  }, axeRules);
}

/** VS Code names the frame; the document inside it has no title. */
const axeRules = Object.fromEntries(
  ['document-title', 'landmark-one-main', 'page-has-heading-one', 'region'].map((rule) => [
    rule,
    { enabled: false },
  ]),
);

/** As VS Code changes it under a page. */
async function setTheme(page: Page, theme: ThemeName): Promise<void> {
  await frameOf(page).evaluate(async ({ bodyClass, id, variables }) => {
    const { style } = document.documentElement;
    for (const name of [...style].filter((each) => each.startsWith('--vscode-'))) {
      style.removeProperty(name);
    }
    for (const [name, value] of Object.entries(variables)) {
      style.setProperty(`--vscode-${name}`, value);
    }
    document.body.className = `vscode-body ${bodyClass}`;
    document.body.dataset.vscodeThemeId = id;
    await new Promise((resolve) =>
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(undefined))),
    );
  }, themes[theme]);
}

function frameOf(page: Page): Frame {
  const [, frame] = page.frames();
  if (frame === undefined) throw new Error('No page is shown.');
  return frame;
}

/** Controls that reach beyond the window where nothing scrolls to them, and whether the page itself does. */
export function beyondEdges(page: Page): Promise<readonly string[]> {
  return frameOf(page).evaluate(() => {
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    const controls = document.querySelectorAll(
      'a, button, input, select, textarea, summary, [role=button], vscode-button, vscode-checkbox',
    );
    const beyond = [...controls].filter((control) => {
      const { left, right, width } = control.getBoundingClientRect();
      return width > 1 && (left < 0 || right > window.innerWidth) && !scrolls(control);
    });
    const widthPx = document.documentElement.scrollWidth;
    return [
      ...beyond.map((control) => control.outerHTML.slice(0, 120)),
      ...(widthPx > window.innerWidth ? [`The page is ${widthPx} px wide.`] : []),
    ];
  });
}

/** What moves although the user asked that nothing does. */
export function movingThings(page: Page): Promise<readonly string[]> {
  return frameOf(page).evaluate(() => {
    const roots: (Document | ShadowRoot)[] = [document];
    for (const root of roots) {
      for (const { shadowRoot } of root.querySelectorAll('*'))
        if (shadowRoot) roots.push(shadowRoot);
    }
    return roots
      .flatMap((root) => root.getAnimations())
      .filter(({ playState }) => playState === 'running')
      .map(({ id, effect }) =>
        effect instanceof KeyframeEffect ? `${effect.target?.outerHTML.slice(0, 120)}` : id,
      );
  });
}
