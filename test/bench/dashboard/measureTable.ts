import type { Browser, Frame } from '@playwright/test';
import type { Figures } from '../store/report';
import { median } from '../store/statistics';
import { keepState, loadPage, viewport } from './browser';
import { columnCount } from './dashboardRuns';
import { keptTable } from './tableColumns';

const rounds = 5;

/** Opening the table of all runs, filtering and sorting it. */
export async function measureTable(browser: Browser, url: string): Promise<Figures> {
  const page = await browser.newPage({ viewport });
  await keepState(page, keptTable());
  const first: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const frame = await loadPage(page, url);
    first.push(
      await frame.evaluate(async () => (await window.probe.untilRows(20)) - window.probe.askedMs()),
    );
  }
  const frame = await loadPage(page, url);
  await frame.evaluate(() => window.probe.untilRows(20));
  await frame.evaluate(() => window.probe.untilStill());
  // Beside the check box and the menu of a row.
  const shown = Number(await frame.getByRole('grid').getAttribute('aria-colcount')) - 2;
  if (shown !== columnCount) throw new Error(`The table has ${shown} columns.`);
  const acts: Record<string, number[]> = { filterMs: [], sortMs: [], filterSortMs: [] };
  for (let round = 0; round < rounds; round += 1) {
    acts.filterMs?.push(await act(frame, filters[(2 * round) % 3] ?? '', false));
    acts.filterSortMs?.push(await act(frame, filters[(2 * round + 1) % 3] ?? '', true));
    acts.sortMs?.push(await act(frame, undefined, true));
  }
  await page.close();
  return {
    firstRowsMs: median(first),
    ...Object.fromEntries(Object.entries(acts).map(([key, values]) => [key, median(values)])),
  };
}

/** Never the same twice in a row. */
const filters = ['params.optimizer = "adamw"', 'params.model = "vit_b_16"', 'params.layers = 6'];

/** Types a filter, presses the head of a metric's column, or both in one task; until all is redrawn. */
function act(frame: Frame, filter: string | undefined, sorts: boolean): Promise<number> {
  return frame.evaluate(
    async ({ filter, sorts }) => {
      const { probe } = window;
      await probe.untilStill();
      const input = document.querySelector<HTMLInputElement>(
        'input[role=combobox], vscode-text-field',
      );
      const head = [...document.querySelectorAll<HTMLElement>('[role=columnheader]')].find(
        (element) => element.textContent?.includes('val_acc'),
      );
      const startedMs = performance.now();
      const still = probe.untilStill();
      if (!input || !head) throw new Error('The table has no search or no such column.');
      if (filter !== undefined) {
        input.focus();
        // As one paste, which controls take for the user's own.
        document.execCommand('selectAll');
        document.execCommand('insertText', false, filter);
      }
      if (sorts) (head.querySelector<HTMLElement>('button') ?? head).click();
      return (await still) - startedMs;
    },
    { filter, sorts },
  );
}
