import { expect } from '@playwright/test';
import { createVsCodeTest } from '../support/vscodeFixture';

const test = createVsCodeTest();

test('leads from an empty view through its steps, which are done by doing them', async ({
  workbench,
}) => {
  const { page } = workbench;
  await workbench.openActivity('Epochlog');
  for (const view of ['Notebooks', 'Runs']) {
    expect(await workbench.view(view).welcome()).toContain('Open Walkthrough');
  }
  await page.getByRole('button', { name: 'Open Walkthrough' }).first().click();
  const steps = page.locator('.gettingStartedContainer .getting-started-step');
  await expect(steps).toHaveCount(6);
  await expect(steps.first()).toContainText('Train as you always do');

  const find = steps.filter({ hasText: 'Find the good runs' });
  await find.click();
  await expect(find.locator('.codicon.complete')).toHaveCount(0);
  await find.getByRole('button', { name: 'Show Run Table' }).click();
  await workbench.webview('runTable');
  await workbench.command('Epochlog: Open Walkthrough');
  await expect(find.locator('.codicon.complete')).not.toHaveCount(0);
});
