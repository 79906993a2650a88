import { expect, type FrameLocator, type Locator } from '@playwright/test';
import { show, showRefused, showUnanswered, test } from './support/dashboardStates';
import {
  beyondEdges,
  everyTheme,
  examine,
  movingThings,
  narrowPanel,
  twoThemes,
  zoomedWindow,
} from './support/looks';
import { recordedIds } from './support/recordSampleRuns';

// The first to ask for a record waits until it is written.
test.describe.configure({ timeout: 60_000 });

interface DashboardPage {
  readonly name: string;
  readonly command: string;
  /** What the command is given on a record of so many runs. */
  readonly args: (runCount: number) => readonly unknown[];
  /** What it shows once the host has answered. */
  readonly content: (frame: FrameLocator) => Locator;
  /** As few as it makes sense with. */
  readonly few: number;
}

const pages: readonly DashboardPage[] = [
  {
    ...{ name: 'runTable', command: 'epochlog.showRunTable', args: () => [] },
    content: (frame) => frame.getByRole('gridcell').first(),
    few: 1,
  },
  {
    ...{ name: 'compare', command: 'epochlog.compareRuns' },
    args: (runCount) => [recordedIds(Math.min(runCount, runCount === 10_000 ? 100 : 3))],
    content: (frame) => frame.getByRole('table', { name: 'Metrics' }),
    few: 2,
  },
  {
    ...{ name: 'leaderboard', command: 'epochlog.showLeaderboard', args: () => [] },
    content: (frame) => frame.getByRole('table', { name: 'Leaderboard' }),
    few: 1,
  },
];

for (const { name, command, args, content, few } of pages) {
  test.describe(name, () => {
    test('in every theme', async ({ page, records }) => {
      await show(page, await records.open(200, command, ...args(200)));
      await examine(page, `${name}-typical`, everyTheme);
    });

    for (const [state, runCount] of Object.entries({ few, many: 10_000 })) {
      test(`with ${state} runs`, async ({ page, records }) => {
        await show(page, await records.open(runCount, command, ...args(runCount)));
        await examine(page, `${name}-${state}`, twoThemes);
      });
    }

    test('in a narrow panel', async ({ page, records }) => {
      await page.setViewportSize(narrowPanel);
      await show(page, await records.open(200, command, ...args(200)));
      await examine(page, `${name}-narrow`, twoThemes);
      expect(await beyondEdges(page)).toEqual([]);
    });

    test('at 200 %, without motion', async ({ page, records }) => {
      await page.setViewportSize(zoomedWindow);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await show(page, await records.open(200, command, ...args(200)));
      await examine(page, `${name}-zoomed`, twoThemes);
      expect(await beyondEdges(page)).toEqual([]);
      expect(await movingThings(page)).toEqual([]);
    });

    test('while it waits, without motion', async ({ page, records }) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await showUnanswered(page, await records.open(200, command, ...args(200)));
      await examine(page, `${name}-loading`, twoThemes);
      expect(await movingThings(page)).toEqual([]);
    });

    test('when the host cannot answer', async ({ page, records }) => {
      await showRefused(page, await records.open(200, command, ...args(200)));
      await examine(page, `${name}-error`, twoThemes);
      await page.unroute('**/post/*');
      const frame = page.frameLocator('iframe');
      await frame.getByRole('button', { name: 'Try Again' }).click();
      await expect(content(frame)).toBeVisible();
      await expect(frame.getByRole('button', { name: 'Try Again' })).toBeHidden();
    });
  });
}

for (const { name, command } of pages.filter(({ name }) => name !== 'compare')) {
  test(`${name} without runs`, async ({ page, records }) => {
    await show(page, await records.open(0, command));
    await examine(page, `${name}-empty`, twoThemes);
  });
}
