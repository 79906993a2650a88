import type { Browser } from '@playwright/test';
import type { RunId } from '../../../src/core/run/run';
import type { Figures } from '../store/report';
import { median } from '../store/statistics';
import { loadPage, viewport } from './browser';
import { type CurveSet, curveRun, curveSets } from './dashboardRuns';
import type { Host } from './host';

const rounds = 5;

const figureNames: Readonly<Record<CurveSet, string>> = {
  'curves-10k': '100x10k',
  'curves-100k': '10x100k',
  'curves-1k': '1000x1k',
};

// SAFETY: the keys of the record are the names of the sets.
export const chartSets = Object.keys(figureNames) as readonly CurveSet[];

/** From the page's first request to the chart on screen, ours and beside it one of uPlot with all points. */
export async function measureCharts(
  browser: Browser,
  host: Host,
  sets: readonly CurveSet[],
): Promise<Figures> {
  const figures: Record<string, number> = {};
  for (const set of sets) {
    const name = figureNames[set];
    const runIds = runIdsOf(set);
    figures[`chart${name}Ms`] = await measureOurs(browser, host, runIds);
    Object.assign(figures, await measurePlain(browser, host, runIds, name));
  }
  return figures;
}

export function runIdsOf(set: CurveSet): readonly RunId[] {
  return Array.from({ length: curveSets[set].runCount }, (_, index) => curveRun(set, index).id);
}

async function measureOurs(
  browser: Browser,
  host: Host,
  runIds: readonly RunId[],
): Promise<number> {
  const command = 'epochlog.showCharts';
  const url = await host.ask<string>({ kind: 'open', command, args: [runIds] });
  const page = await browser.newPage({ viewport });
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const frame = await loadPage(page, url);
    samples.push(
      await frame.evaluate(
        async (count) => (await window.probe.untilStroked(count)) - window.probe.askedMs(),
        runIds.length,
      ),
    );
  }
  await page.close();
  return median(samples);
}

async function measurePlain(
  browser: Browser,
  host: Host,
  runIds: readonly RunId[],
  name: string,
): Promise<Figures> {
  const url = await host.ask<string>({ kind: 'plain', runIds });
  const page = await browser.newPage({ viewport });
  const totals: number[] = [];
  const draws: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const frame = await loadPage(page, url);
    await frame.waitForFunction(() => window.plain !== undefined);
    const plain = await frame.evaluate(() => window.plain);
    totals.push(plain?.totalMs ?? Number.NaN);
    draws.push(plain?.drawMs ?? Number.NaN);
  }
  await page.close();
  return { [`uplot${name}Ms`]: median(totals), [`uplotDraw${name}Ms`]: median(draws) };
}
