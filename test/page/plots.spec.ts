import { expect, type Page } from '@playwright/test';
import type { ChartSpec } from '../../src/core/chart/chartSpec';
import type { Run } from '../../src/core/run/run';
import type { ChartsHost, ChartsPage } from '../../src/protocol/chartsPage';
import { createFakeHost, test } from './support/pageTest';
import { plotsHost, plotsState, sweepRuns } from './support/samplePlots';

const runs = sweepRuns(30);
const best = (run: Run) => run.metrics.find(({ key }) => key === 'val_acc')?.best ?? Number.NaN;
const param = (run: Run, key: string) => run.params.find((each) => each.key === key)?.value ?? '';
const chart = (page: Page) => page.getByRole('application');
const shown = (value: number) => String(Number(value.toPrecision(4)));
const bestFirst = runs.toSorted((a, b) => best(b) - best(a));

function openWith(
  open: (options: { view: 'charts'; state: object; host: ChartsHost }) => Promise<unknown>,
  spec: ChartSpec,
  some: readonly Run[] = runs,
) {
  const { host, calls } = createFakeHost<ChartsHost>(plotsHost(some));
  return open({ view: 'charts', state: plotsState(spec), host }).then(() => calls);
}

async function tableRows(page: Page) {
  await page.getByRole('button', { name: /as table$/ }).click();
  await page.locator('.table-scroll tbody tr').first().waitFor();
  return page
    .locator('.table-scroll tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map(({ textContent }) => textContent ?? '')),
    );
}

const spec: ChartSpec = {
  ...{ kind: 'scatter', x: 'params.lr', y: 'best(metrics.val_acc)' },
  color: 'params.optimizer',
};

test.describe('scatter', () => {
  test('has a point for each run, read out in the order of x; Enter opens the run', async ({
    page,
    open,
  }) => {
    const calls = await openWith(open, spec);
    await expect(chart(page)).toHaveAccessibleName(
      /Scatter chart of val_acc \(best\) by lr, 30 runs/,
    );
    const order = runs.toSorted(
      (a, b) => Number(param(a, 'lr')) - Number(param(b, 'lr')) || best(a) - best(b),
    );
    await chart(page).focus();
    for (const run of order.slice(0, 3)) {
      await page.keyboard.press('ArrowRight');
      await expect(page.locator('.plot-tip')).toContainText(`lr: ${param(run, 'lr')}`);
      await expect(page.locator('.plot-tip')).toContainText(`val_acc (best): ${shown(best(run))}`);
    }
    await page.keyboard.press('Enter');
    expect(calls).toEqual([['openRun', order[2]?.id]]);
  });

  test('a box selects the runs in it, Space one, Escape none', async ({ page, open }) => {
    const calls = await openWith(open, spec);
    const box = await chart(page).boundingBox();
    if (box === null) throw new Error('no chart');
    await page.mouse.move(box.x + 20, box.y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width, box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    const area = { top: 18, bottom: box.height - 46 };
    const values = runs.map(best);
    const [min, max] = [Math.min(...values), Math.max(...values)];
    const inBox = runs.filter((run) => {
      const y = area.bottom - ((best(run) - min) / (max - min)) * (area.bottom - area.top);
      return y <= box.height / 2;
    });
    const selection = page.getByRole('region', { name: 'Selected runs' });
    await expect(selection.getByRole('status')).toHaveText(`${inBox.length} runs selected`);
    await selection.getByRole('button', { name: 'Chart Only These' }).click();
    expect(calls[0]?.[0]).toBe('chartRuns');
    expect(new Set(calls[0]?.[1] as string[])).toEqual(new Set(inBox.map(({ id }) => id)));
    await chart(page).focus();
    await page.keyboard.press('Escape');
    await expect(selection).toHaveCount(0);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Space');
    await expect(selection.getByRole('status')).toHaveText('1 run selected');
  });

  test('says which runs it does not draw, and why; the table has all', async ({ page, open }) => {
    const [first, second, ...rest] = runs;
    if (!first || !second) throw new Error('no runs');
    const some = [
      { ...first, params: [] },
      { ...second, metrics: second.metrics.map((metric) => ({ ...metric, best: Number.NaN })) },
      ...rest,
    ];
    await openWith(open, spec, some);
    await expect(page.locator('.note')).toHaveText(
      '2 of 30 runs not drawn: 1 without lr, 1 whose val_acc (best) is NaN or infinite.',
    );
    const rows = await tableRows(page);
    expect(rows.length).toBe(30);
    expect(rows[0]?.slice(1)).toEqual(['none', shown(best(first)), 'none']);
    expect(rows[1]?.[2]).toBe('NaN');
    expect(rows[5]?.slice(1)).toEqual([
      param(some[5] as Run, 'lr'),
      shown(best(some[5] as Run)),
      param(some[5] as Run, 'optimizer'),
    ]);
  });
});

test.describe('bars', () => {
  test('of each run, the best first', async ({ page, open }) => {
    const calls = await openWith(open, { kind: 'bars', value: 'best(metrics.val_acc)' });
    await chart(page).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await expect(page.locator('.plot-tip')).toContainText(
      `val_acc (best): ${shown(best(bestFirst[1] as Run))}`,
    );
    await page.keyboard.press('Enter');
    expect(calls).toEqual([['openRun', bestFirst[1]?.id]]);
    expect((await tableRows(page)).map(([, value]) => value)).toEqual(
      bestFirst.map((run) => shown(best(run))),
    );
  });

  test('of groups equal the naive mean and standard deviation', async ({ page, open }) => {
    await openWith(open, {
      kind: 'bars',
      value: 'best(metrics.val_acc)',
      groupBy: 'params.optimizer',
    });
    await expect(chart(page)).toBeVisible();
    const naive = ['adam', 'lion', 'sgd'].map((name) => {
      const values = runs.filter((run) => param(run, 'optimizer') === name).map(best);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return { name, mean, std: Math.sqrt(squares / (values.length - 1)), count: values.length };
    });
    naive.sort((a, b) => b.mean - a.mean);
    expect(await tableRows(page)).toEqual(
      naive.map(({ name, mean, std, count }) => [name, shown(mean), shown(std), String(count)]),
    );
  });

  test('puts the least first where less is better', async ({ page, open }) => {
    await openWith(open, { kind: 'bars', value: 'best(metrics.val_loss)' });
    await expect(chart(page)).toBeVisible();
    const values = (await tableRows(page)).map(([, value]) => Number(value));
    expect(values).toEqual(values.toSorted((a, b) => a - b));
  });
});

test.describe('histogram', () => {
  test('counts every run once, names its rule, and selects the runs of a bin', async ({
    page,
    open,
  }) => {
    await openWith(open, { kind: 'histogram', value: 'best(metrics.val_acc)' });
    await expect(page.locator('.note')).toContainText(
      'by the rule of Freedman and Diaconis (1981)',
    );
    await chart(page).focus();
    await page.keyboard.press('End');
    const tip = await page.locator('.plot-tip').innerText();
    const count = Number(/(\d+) runs?$/.exec(tip)?.[1]);
    await page.keyboard.press('Enter');
    const selection = page.getByRole('region', { name: 'Selected runs' });
    await expect(selection.getByRole('status')).toContainText(`${count} runs selected`);
    const names = await selection.getByRole('listitem').count();
    expect(names).toBe(count);
    const rows = await tableRows(page);
    expect(rows.reduce((sum, [, , each]) => sum + Number(each), 0)).toBe(30);
    const last = rows.at(-1);
    expect(runs.filter((run) => best(run) >= Number(last?.[0]) - 1e-4).length).toBe(count);
  });
});

test('what is read out and what is chosen stays while runs change', async ({ page, open }) => {
  const live = [...runs];
  const { host } = createFakeHost<ChartsHost>(plotsHost(live));
  const state = plotsState({ kind: 'histogram', value: 'params.width' }, spec);
  const told = await open<ChartsHost, ChartsPage>({ view: 'charts', state, host });
  const [histogram, scatter] = [chart(page).first(), chart(page).last()];
  await histogram.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const selection = page.getByRole('region', { name: 'Selected runs' });
  await expect(selection).toBeVisible();
  await scatter.focus();
  for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
  const tip = page.locator('.plot-tip');
  const before = await tip.innerText();
  live.splice(0, 1, ...live.slice(0, 1).map((run) => ({ ...run, status: 'running' as const })));
  told.chartsChanged();
  await expect(page.getByText('1 run is live')).toBeVisible();
  await expect(selection).toBeVisible();
  live.unshift(...sweepRuns(31).slice(-1));
  told.chartsChanged();
  await expect(scatter).toHaveAccessibleName(/31 runs/);
  await expect.poll(() => tip.innerText()).toBe(before);
});

test('a group that is chosen is none of another grouping', async ({ page, open }) => {
  await openWith(open, {
    ...{ kind: 'bars', value: 'best(metrics.val_acc)', title: 'Groups' },
    ...{ groupBy: 'params.optimizer', chosen: 'adam' },
  });
  const selection = page.getByRole('region', { name: 'Selected runs' });
  const edit = async (label: string, option: string) => {
    await page.getByRole('button', { name: 'Actions on Groups', exact: true }).click();
    await page.getByRole('menu').getByText('Edit…', { exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Edit Chart' });
    await dialog.getByRole('combobox', { name: label, exact: true }).selectOption(option);
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(dialog).toBeHidden();
  };
  await expect(selection).toContainText('adam');
  await edit('Order', 'By name');
  await expect(selection).toContainText('adam');
  await edit('A bar for', 'width');
  await expect(chart(page)).toHaveAccessibleName(/, 3 bars\./);
  await edit('A bar for', 'optimizer');
  await expect(page.getByRole('heading', { name: 'Groups' })).toBeVisible();
  const kept = await page.evaluate(() => JSON.parse(sessionStorage.getItem('state') ?? '{}'));
  expect(kept.layout.own[0].spec).toMatchObject({ groupBy: 'params.optimizer', order: 'name' });
  expect(kept.layout.own[0].spec).not.toHaveProperty('chosen');
  await expect(selection).toBeHidden();
});

test('what is chosen is there after a reload, and Clear forgets it', async ({ page, open }) => {
  const { host } = createFakeHost<ChartsHost>(plotsHost(runs));
  const bars: ChartSpec = {
    ...{ kind: 'bars', value: 'best(metrics.val_acc)' },
    groupBy: 'params.optimizer',
  };
  const histogram: ChartSpec = { kind: 'histogram', value: 'best(metrics.val_acc)' };
  await open({ view: 'charts', state: plotsState(spec, bars, histogram), host });
  await expect(chart(page)).toHaveCount(3);
  for (const [at, key] of ['Space', 'Enter', 'Enter'].entries()) {
    await chart(page).nth(at).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press(key);
  }
  const selections = page.getByRole('region', { name: 'Selected runs' });
  await expect(selections).toHaveCount(3);
  const before = await selections.allInnerTexts();
  expect(before[0]).toMatch(/^1 run selected/);
  await page.reload();
  await expect(selections).toHaveCount(3);
  expect(await selections.allInnerTexts()).toEqual(before);
  for (const left of [2, 1, 0]) {
    await selections.first().getByRole('button', { name: 'Clear' }).click();
    await expect(selections).toHaveCount(left);
  }
  await page.reload();
  await expect(chart(page)).toHaveCount(3);
  await expect(selections).toHaveCount(0);
});

test('a chart is added by the dialog, edited, and kept', async ({ page, open }) => {
  await openWith(open, { kind: 'bars', value: 'best(metrics.val_acc)' });
  await page.getByRole('button', { name: 'Add Chart…' }).click();
  await page.getByRole('radio', { name: /^Scatter/ }).check();
  await page.getByLabel('X axis', { exact: true }).last().selectOption({ label: 'width' });
  await page.getByLabel('Figure of Y axis').selectOption('last');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'val_acc (last) by width' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'val_acc (last) by width' })).toBeVisible();
});

test('no run that has the figure: says so', async ({ page, open }) => {
  await openWith(open, { kind: 'bars', value: 'best(metrics.gone)' });
  await expect(page.locator('.plot-empty')).toHaveText('No shown run has a finite gone (best).');
});
