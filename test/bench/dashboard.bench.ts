import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import type { Benchmark } from '../../tools/bench';
import { step } from '../../tools/start/step.cjs';
import { repoRoot } from '../../tools/vscodeHost/hostPaths';
import { withLock } from '../../tools/vscodeHost/installLock';
import { chooseParts } from './chooseParts';
import { startBrowser } from './dashboard/browser';
import { mlflowCurves } from './dashboard/dashboardMlflow';
import { ensureDashboardRecord } from './dashboard/dashboardRecord';
import { type Host, startHost } from './dashboard/host';
import { measureBridge } from './dashboard/measureBridge';
import { chartSets, measureCharts } from './dashboard/measureCharts';
import { measureLive } from './dashboard/measureLive';
import { type Mlflow, measureMlflow, prepareMlflow } from './dashboard/measureMlflow';
import { measureScroll } from './dashboard/measureScroll';
import { measureTable } from './dashboard/measureTable';
import { ratiosOf } from './dashboard/ratiosOf';
import { benchDir, buildWorkers, inTemporaryFolder } from './store/product';
import type { Figures } from './store/report';
import { rounded } from './store/statistics';

interface Setting {
  readonly host: Host;
  readonly browser: Browser;
  /** For files of the moment. */
  readonly folder: string;
  /** Only for the part that needs it. */
  readonly mlflow: Mlflow | undefined;
  /** What was measured before. */
  readonly figures: Figures;
}

/** Measured in this order; each part can be asked for alone. */
const parts: Readonly<Record<string, (setting: Setting) => Promise<Figures>>> = {
  bridge: ({ browser, host }) => measureBridge(browser, host),
  table: async ({ browser, host }) => measureTable(browser, await openTable(host)),
  scroll: async ({ browser, host }) =>
    measureScroll(browser, {
      table: await openTable(host),
      empty: await host.ask<string>({ kind: 'empty' }),
    }),
  charts: ({ browser, host }) => measureCharts(browser, host, chartSets),
  live: ({ browser, host }) => measureLive(browser, host),
  mlflow: besideMlflow,
};

/** MLflow's figures and, unless they are there, those of ours that they are held against. */
async function besideMlflow(setting: Setting): Promise<Figures> {
  const { browser, host, folder, mlflow, figures } = setting;
  if (mlflow === undefined) return {};
  return {
    ...('filterSortMs' in figures ? {} : await measureTable(browser, await openTable(host))),
    ...('chart100x10kMs' in figures ? {} : await measureCharts(browser, host, [mlflowCurves])),
    ...(await measureMlflow(mlflow, folder)),
  };
}

/**
 * What a user waits for, from the page's request to the frame on screen: the pages as built, in Chromium,
 * on the extension as built, with its store of 11,110 runs; only VS Code itself is a stand-in. Beside
 * it uPlot with all points, and MLflow's server: where that cannot be had its figures are NaN, and
 * `mlflowMissing` says why. `--only=table,charts` measures these parts alone.
 */
export const benchmark: Benchmark = {
  what: 'the pages in Chromium on the built extension and its store: table, scrolling, charts, live',
  async run(options) {
    const names = chooseParts(options, Object.keys(parts));
    const onWait = () => console.log('  … waiting for another benchmark');
    return withLock(join(benchDir, 'store.lock'), onWait, () =>
      inTemporaryFolder((folder) => measure(folder, names)),
    );
  },
};

async function measure(
  folder: string,
  names: readonly string[],
): Promise<Readonly<Record<string, number | string>>> {
  const record = await ensureDashboardRecord(await buildWorkers(folder));
  const mlflow = names.includes('mlflow') ? await prepareMlflow() : undefined;
  const extension = join(folder, 'extension');
  cpSync(join(repoRoot, 'dist'), join(extension, 'dist'), { recursive: true });
  const workspace = join(folder, 'workspace');
  cpSync(record, join(workspace, '.epochlog'), { recursive: true });
  const scripts = join(folder, 'scripts');
  mkdirSync(scripts);
  const host = await startHost({ extension, workspace, scripts });
  const browser = await startBrowser();
  try {
    const figures: Record<string, number> = {};
    for (const name of names) {
      const found = await step(`Measure ${name}`, () =>
        parts[name]?.({ host, browser, folder, mlflow, figures }),
      );
      for (const [key, value] of Object.entries(found ?? {})) figures[key] = rounded(value);
    }
    const missing = mlflow && 'missing' in mlflow ? { mlflowMissing: mlflow.missing } : {};
    return { ...figures, ...ratiosOf(figures), ...missing };
  } finally {
    await browser.close();
    await host.stop();
  }
}

let table: Promise<string> | undefined;

/** The page of the table is opened once, and loaded as often as one likes. */
function openTable(host: Host): Promise<string> {
  table ??= host.ask<string>({ kind: 'open', command: 'epochlog.showRunTable', args: [] });
  return table;
}
