import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from '@playwright/test';
import type { Figures } from '../store/report';
import { median } from '../store/statistics';
import { loadPage, readTaskSeconds, viewport } from './browser';
import type { Host } from './host';

const rounds = 5;
const windowMs = 5000;
const runs = 20;
const linesPerS = 50;

/** A chart of twenty runs that print fifty points a second each into terminals; the page's own time. */
export async function measureLive(browser: Browser, host: Host): Promise<Figures> {
  const seconds = (rounds * windowMs) / 1000 + 30;
  await host.ask({ kind: 'print', runs, linesPerS, seconds });
  const runIds = await untilRunning(host);
  const command = 'epochlog.showCharts';
  const url = await host.ask<string>({ kind: 'open', command, args: [runIds] });
  const page = await browser.newPage({ viewport });
  const frame = await loadPage(page, url);
  await frame.evaluate((count) => window.probe.untilRows(0).then(() => count), runs);
  const taskSeconds = await readTaskSeconds(page);
  await wait(2000);
  const shares: number[] = [];
  const draws: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const fromMs = performance.now();
    const [from, strokes] = [
      await taskSeconds(),
      await frame.evaluate(() => window.probe.strokes()),
    ];
    await wait(windowMs);
    const elapsedS = (performance.now() - fromMs) / 1000;
    shares.push((100 * ((await taskSeconds()) - from)) / elapsedS);
    draws.push(((await frame.evaluate(() => window.probe.strokes())) - strokes) / runs / elapsedS);
  }
  await page.close();
  return { liveCpuPercent: median(shares), liveStrokesPerRunPerS: median(draws) };
}

async function untilRunning(host: Host): Promise<readonly string[]> {
  const deadlineMs = Date.now() + 15_000;
  for (;;) {
    const runIds = await host.ask<readonly string[]>({ kind: 'running' });
    if (runIds.length === runs) return runIds;
    if (Date.now() > deadlineMs) throw new Error(`Only ${runIds.length} runs are recorded.`);
    await wait(500);
  }
}
