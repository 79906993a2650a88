import type { Browser, Frame, Page } from '@playwright/test';
import type { Figures } from '../store/report';
import { median, percentile } from '../store/statistics';
import { keepState, loadPage, viewport } from './browser';
import type { FrameWatch } from './page/watchScroll';
import { keptTable } from './tableColumns';
import { readTrace, traceCategories } from './trace';

const rounds = 3;
/** A fling through ten thousand rows. */
const scrollSeconds = 5;

/** Scrolling the table of all runs from top to bottom, and an empty list of the same height. */
export async function measureScroll(
  browser: Browser,
  urls: { readonly table: string; readonly empty: string },
): Promise<Figures> {
  const page = await browser.newPage({ viewport });
  await keepState(page, keptTable());
  const rates: number[] = [];
  const emptyRates: number[] = [];
  const blankMs: number[] = [];
  let scripts: readonly number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.goto(urls.empty);
    const empty = await scroll(page, page.mainFrame(), await addEmptyScroller(page));
    emptyRates.push(rateOf(empty));

    const frame = await loadPage(page, urls.table);
    await frame.evaluate(() => window.probe.untilRows(20));
    await frame.evaluate(() => window.probe.untilAnswered());
    const isTraced = round === rounds - 1;
    if (isTraced) await browser.startTracing(page, { categories: traceCategories });
    const watch = await scroll(page, frame, await heightOf(frame));
    if (isTraced) scripts = readTrace(await browser.stopTracing()).scriptMsOfFrames;
    rates.push(rateOf(watch));
    blankMs.push(watch.blankMs);
  }
  await page.close();
  return {
    fpsVsEmpty: median(rates) / median(emptyRates),
    scrollFps: median(rates),
    emptyFps: median(emptyRates),
    frameScriptP95Ms: percentile(scripts, 0.95),
    frameScriptMaxMs: Math.max(...scripts),
    blankRowsMs: Math.max(...blankMs),
  };
}

function rateOf({ frames, elapsedMs }: FrameWatch): number {
  return (frames * 1000) / elapsedMs;
}

/** @returns how far it can be scrolled, in CSS pixels. */
async function addEmptyScroller(page: Page): Promise<number> {
  return page.evaluate(() => {
    const rows = document.createElement('div');
    rows.style.height = `${11_110 * 26}px`;
    const scroller = document.createElement('div');
    scroller.style.cssText = 'height: 100vh; overflow: auto';
    scroller.append(rows);
    document.body.append(scroller);
    return scroller.scrollHeight - scroller.clientHeight;
  });
}

function heightOf(frame: Frame): Promise<number> {
  return frame.evaluate(() => window.probe.scrollablePx());
}

/** By the wheel, as a user: what is watched is from the first to the last moved frame. */
async function scroll(page: Page, frame: Frame, heightPx: number): Promise<FrameWatch> {
  const session = await page.context().newCDPSession(page);
  await frame.evaluate(() => window.probe.watchFrames());
  await session.send('Input.synthesizeScrollGesture', {
    x: 600,
    y: 600,
    yDistance: -heightPx,
    speed: Math.round(heightPx / scrollSeconds),
    gestureSourceType: 'mouse',
  });
  const watch = await frame.evaluate(() => window.probe.stopWatching());
  await session.detach();
  if (watch.scrolledPx < 0.98 * heightPx) {
    throw new Error(`Scrolled ${watch.scrolledPx} of ${heightPx} pixels.`);
  }
  return watch;
}
