import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Frame, type Page } from '@playwright/test';
import axe, { type Result } from 'axe-core';
import { repoRoot } from '../../../tools/vscodeHost/hostPaths';
import { type ThemeName, themes } from './themes';

/** The pictures are for people to look at. */
const looks = join(repoRoot, 'out', 'test', 'looks');

/** Every theme once in the state that is met most; the other states in these. */
export const everyTheme: readonly ThemeName[] = ['dark', 'light', 'hcDark', 'hcLight'];
export const twoThemes: readonly ThemeName[] = ['dark', 'light'];

declare global {
  interface Window {
    axe: typeof axe;
  }
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

/** The page itself, or where it is shown in a frame as in VS Code, that. */
function frameOf(page: Page): Frame {
  return page.frames()[1] ?? page.mainFrame();
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
