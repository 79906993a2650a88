import { expect } from '@playwright/test';
import { untilEditorKept } from '../support/untilEditorKept';
import { createVsCodeTest } from '../support/vscodeFixture';
import { recordWeeksOfRuns, runCount, weeksOfRuns } from './dashboard/weeksOfRuns';

const runs = weeksOfRuns(Date.now());
const test = createVsCodeTest({ prepare: (dir) => recordWeeksOfRuns(dir, runs) });

test('charts of many runs, and what was brushed in them, are there after a reload of the window', async ({
  workbench,
}) => {
  await workbench.command('Epochlog: Show Charts');
  const charts = await workbench.webview('charts');
  await charts.getByRole('button', { name: 'Runs: Newest' }).click();
  await charts.getByRole('menuitemcheckbox', { name: 'Follow a Search' }).click();
  await charts.getByLabel('Follow the runs that match').click();
  await workbench.page.keyboard.type('metrics.val_acc > 0');
  await workbench.page.keyboard.press('Escape');
  await expect(charts.getByText(`${runCount} runs`, { exact: true })).toBeVisible();
  for (const kind of [/^Scatter/, /^Parallel axes/]) {
    await charts.getByRole('button', { name: 'Add Chart…' }).click();
    const dialog = charts.getByRole('dialog', { name: 'Add Chart' });
    await dialog.getByRole('radio', { name: kind }).check();
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(dialog).toHaveCount(0);
  }
  const least = Math.min(...runs.map(({ lr }) => lr));
  const kept = runs.filter(({ lr }) => lr === least).length;
  const areThere = async (frame: typeof charts) => {
    const scatter = frame.getByRole('region', { name: /^Chart of val_acc \(best\) by/ });
    await scatter.scrollIntoViewIfNeeded();
    await expect(scatter.getByRole('application')).toHaveAccessibleName(
      new RegExp(`^Scatter chart of .*, ${runCount} runs`),
    );
    const parallel = frame.getByRole('region', { name: /^Chart of Params and val_acc/ });
    await parallel.scrollIntoViewIfNeeded();
    return parallel;
  };
  const parallel = await areThere(charts);
  await parallel.locator('.axis-strip[data-field="params.lr"]').press('ArrowUp');
  const selected = `${kept} runs selected: lr is ${least}`;
  await expect(parallel.getByRole('status')).toHaveText(selected);

  // VS Code writes what pages keep only while its own window has the focus.
  await workbench.openActivity('Epochlog');
  await untilEditorKept(workbench.page, 'brush');
  await workbench.reload();
  const again = await areThere(await workbench.webview('charts'));
  await expect(again.getByRole('status')).toHaveText(selected);
});
