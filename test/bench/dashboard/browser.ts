import { type Browser, chromium, type Frame, type Page } from '@playwright/test';
import { chromiumArgs, installChromium } from '../../../tools/vscodeHost/chromium';

/** Of a panel in an editor that fills the window of a usual screen. */
export const viewport = { width: 1600, height: 1000 };

export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await installChromium(), args: chromiumArgs });
}

/** Lets pages find this as what VS Code kept of them when they are loaded. */
export async function keepState(page: Page, state: object): Promise<void> {
  await page.addInitScript((kept) => {
    window.keptState = kept;
  }, state);
}

/** Loads a page of the host in its frame, anew each time. */
export async function loadPage(page: Page, url: string): Promise<Frame> {
  await page.goto('about:blank');
  await page.goto(url);
  // Not looked for by a selector: what Playwright brings into a page to do so takes the thread that draws
  // it for 10 ms and more, in the very time that is measured.
  const [frame] = page.mainFrame().childFrames();
  if (frame === undefined) throw new Error(`${url} has no page.`);
  // Its scripts have run, and with them the first call.
  await frame.waitForLoadState('load');
  return frame;
}

/** The seconds that the page's process has spent in tasks. */
export async function readTaskSeconds(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  };
}
