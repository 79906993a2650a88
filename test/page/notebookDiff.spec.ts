import { expect, type Page } from '@playwright/test';
import type { NotebookOutput } from '../../src/core/notebook/notebook';
import type {
  NotebookDiffData,
  NotebookDiffHost,
  NotebookDiffPage,
  NotebookDiffState,
} from '../../src/protocol/notebookDiffPage';
import { hostileTexts } from './support/hostileTexts';
import { createFakeHost, test } from './support/pageTest';
import { longDiff, recordedNotebook, toCell, toDiffData, toNotebook } from './support/sampleDiff';

const state: NotebookDiffState = {
  oldSide: { kind: 'current', notebook: 'notebooks/digits.ipynb' },
  newSide: { kind: 'current', notebook: 'notebooks/digits.ipynb' },
  hideUnchanged: true,
};
const recorded = () => toDiffData(recordedNotebook('old'), recordedNotebook('new'));

const cell = (page: Page, name: RegExp) => page.getByRole('region', { name });

function fakeHost(read: () => NotebookDiffData) {
  return createFakeHost<NotebookDiffHost>({ readDiff: async () => read() });
}

test('says what changed and sets the cells side by side', async ({ page, open }) => {
  await open({ view: 'notebookDiff', state, host: fakeHost(recorded).host });
  await expect(page.getByRole('heading', { name: 'Saved today at 09:12' })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText(
    '4 cells changed, 1 added, 1 removed, 3 outputs differ',
  );
  await expect(page.locator('.kind')).toHaveText([
    'Changed',
    'Removed',
    'Changed, outputs changed',
    'Changed, outputs changed',
    'Changed, outputs changed',
    'Added',
  ]);
  const training = cell(page, /cell 5 → 4/).getByRole('table', { name: 'Source' });
  await expect(training.getByRole('row').first().getByRole('cell')).toHaveText([
    '1−',
    'alpha = 1e-4',
    '1+',
    'alpha = 3e-3',
  ]);
  await expect(training.locator('.part').first()).toHaveText('1e-4');
  await expect(training).toContainText('4 unchanged lines');
  await training.getByRole('button', { name: /4 unchanged lines/ }).click();
  await expect(training).toContainText('history.append(accuracy)');
});

test('shows outputs side by side: text, pictures and errors', async ({ page, open }) => {
  await open({ view: 'notebookDiff', state, host: fakeHost(recorded).host });
  const plot = cell(page, /cell 6 → 5/);
  await plot.scrollIntoViewIfNeeded();
  await expect(plot.getByRole('img')).toHaveCount(2);
  for (const side of ['Old', 'New']) {
    const picture = plot.getByRole('img', { name: new RegExp(`^${side} output`) });
    await expect
      .poll(() =>
        picture.evaluate((element) =>
          element instanceof HTMLImageElement ? element.naturalWidth : 0,
        ),
      )
      .toBeGreaterThan(300);
  }
  const failed = cell(page, /cell 7 → 6/);
  await failed.scrollIntoViewIfNeeded();
  await expect(failed).toContainText('Output 1: Error · removed');
  await expect(failed).toContainText('ValueError: X has 32 features');
  await expect(failed).not.toContainText('\u001b');
  await expect(failed).toContainText('(450,)');
});

test('folds unchanged cells, opens a fold, and shows all', async ({ page, open }) => {
  await open({ view: 'notebookDiff', state, host: fakeHost(recorded).host });
  await page.getByRole('button', { name: '2 unchanged cells' }).click();
  await expect(page.locator('.kind', { hasText: 'Same' })).toHaveCount(2);
  await page.getByRole('checkbox', { name: 'Hide unchanged' }).click();
  await expect(page.locator('.kind', { hasText: 'Same' })).toHaveCount(3);
  await cell(page, /^Same: cell 8 → 7/).scrollIntoViewIfNeeded();
  await expect(cell(page, /^Same: cell 8 → 7/)).toContainText(
    'same but for addresses, ids or times',
  );
  await page.reload();
  await expect(page.locator('.kind', { hasText: 'Same' })).toHaveCount(3);
});

test('goes from change to change by button and by key', async ({ page, open }) => {
  await open({ view: 'notebookDiff', state, host: fakeHost(recorded).host });
  const current = page.locator('.cell.current');
  await page.getByRole('button', { name: 'Next Change' }).click();
  await expect(current).toHaveAccessibleName('Changed: cell 1');
  for (const key of ['n', 'F7', 'n']) await page.keyboard.press(key);
  await expect(current).toHaveAccessibleName(/cell 6 → 5/);
  await page.keyboard.press('Shift+F7');
  await page.keyboard.press('p');
  await expect(current).toHaveAccessibleName('Removed: old cell 4');
  await expect(current).toBeInViewport();
  await page.getByRole('button', { name: 'Previous Change' }).click();
  await page.getByRole('button', { name: 'Previous Change' }).click();
  await expect(current).toHaveAccessibleName('Added: cell 8');
});

test('opens VS Code’s diff and restores', async ({ page, open }) => {
  const { host, calls } = fakeHost(recorded);
  await open({ view: 'notebookDiff', state, host });
  await page.getByRole('button', { name: "Open in VS Code's Diff" }).click();
  await page.getByRole('button', { name: 'Restore Old Version' }).click();
  await expect.poll(() => calls).toEqual([['openInVsCodeDiff'], ['restoreOld']]);
});

test('follows the notebook', async ({ page, open }) => {
  let data = recorded();
  const told = await open<NotebookDiffHost, NotebookDiffPage>({
    view: 'notebookDiff',
    state,
    host: fakeHost(() => data).host,
  });
  await expect(page.getByRole('status')).toContainText('4 cells changed');
  data = toDiffData(recordedNotebook('new'), recordedNotebook('new'));
  told.diffChanged();
  await expect(page.getByRole('status')).toHaveText('No changes');
  await expect(page.getByRole('button', { name: '8 unchanged cells' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Next Change' })).toBeDisabled();
});

test('says why a side cannot be read, and still offers VS Code’s diff', async ({ page, open }) => {
  const { host, calls } = createFakeHost<NotebookDiffHost>({
    readDiff: async () => {
      throw new Error('digits.ipynb is no notebook: line 12 has no closing quote.');
    },
  });
  await open({ view: 'notebookDiff', state, host });
  await expect(page.getByRole('alert')).toContainText('line 12 has no closing quote.');
  await page.getByRole('button', { name: "Open in VS Code's Diff" }).click();
  await expect.poll(() => calls).toEqual([['openInVsCodeDiff']]);
});

test('stays quick with a thousand cells, drawing those near the place', async ({ page, open }) => {
  await open({
    view: 'notebookDiff',
    state: { ...state, hideUnchanged: false },
    host: fakeHost(() => longDiff(1000)).host,
  });
  await expect(page.locator('.cell')).toHaveCount(1001);
  expect(await page.getByRole('table', { name: 'Source' }).count()).toBeLessThan(60);
  for (let i = 0; i < 3; i++) await page.keyboard.press('F7');
  const current = page.locator('.cell.current');
  await expect(current).toHaveAccessibleName('Changed: cell 251');
  await expect(current.getByRole('table', { name: 'Source' })).toContainText('steps=5');
  // Below the titles that stay at the top, not under them.
  await expect
    .poll(async () => {
      const titles = await page.locator('.sides').boundingBox();
      const box = await current.boundingBox();
      return (box?.y ?? 0) - ((titles?.y ?? 0) + (titles?.height ?? 0));
    })
    .toBeGreaterThanOrEqual(0);
  await expect(current).toBeInViewport();
});

test('shows an enormous output in parts', async ({ page, open }) => {
  const text = Array.from({ length: 20_000 }, (_, index) => `line ${index}`).join('\n');
  const data = toDiffData(toNotebook([]), toNotebook([toCell('a', 'spam()', text)]));
  await open({ view: 'notebookDiff', state, host: fakeHost(() => data).host });
  const output = page.getByRole('table', { name: 'Text of output 1' });
  await expect(output.getByRole('row')).toHaveCount(301);
  await output.getByRole('button', { name: 'Show 2700 more of 19,700 lines' }).click();
  await expect(output).toContainText('line 2999');
});

test('runs and renders nothing of a notebook but pictures of pixels', async ({ page, open }) => {
  const live: Readonly<Record<string, string>> = {
    'text/html': '<img src=x onerror="alert(1)"><script>alert(2)</script>',
    'image/svg+xml':
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(3)"><rect width="9"/></svg>',
    'application/javascript': 'alert(4)',
    'text/markdown': '![](javascript:alert(5)) <iframe srcdoc="<script>alert(6)</script>">',
    'text/latex': '\\href{javascript:alert(7)}{x}',
    'image/png': '"><script>alert(8)</script>',
    'image/gif': 'R0lGODlhAQABAAAAACw=',
    'application/vnd.plotly.v1+json': '{"data":[]}',
    __proto__: 'polluted',
  };
  const outputs: readonly NotebookOutput[] = [
    ...Object.entries(live).map(
      ([media, text]): NotebookOutput => ({
        kind: 'display',
        data: Object.fromEntries([[media, text]]),
      }),
    ),
    ...hostileTexts.map((text): NotebookOutput => ({ kind: 'stream', name: text, data: {}, text })),
    {
      kind: 'error',
      data: {},
      ename: hostileTexts[0] ?? '',
      evalue: hostileTexts[1] ?? '',
      traceback: '',
    },
  ];
  const cells = hostileTexts.map((source, index) => ({
    ...toCell(`c${index}`, source),
    kind: index % 2 === 0 ? ('markdown' as const) : ('code' as const),
    outputs: index === 1 ? outputs : [],
    metadata: { name: source },
  }));
  const data = toDiffData(toNotebook([]), toNotebook(cells));
  await open({
    view: 'notebookDiff',
    state,
    host: fakeHost(() => ({
      ...data,
      notebook: hostileTexts[0] ?? '',
      oldTitle: hostileTexts[1] ?? '',
    })).host,
  });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(hostileTexts[0] ?? '');
  for (const summary of await page.locator('summary').all()) {
    await summary.scrollIntoViewIfNeeded();
    if (
      (await summary.evaluate((element) => element.parentElement?.hasAttribute('open'))) === false
    ) {
      await summary.click();
    }
  }
  await expect(page.locator('.scroll')).toContainText('alert(3)');
  await expect(page.locator('.scroll')).toContainText('alert(7)');
  const inert = page.locator('.scroll :is(script, iframe, object, embed, a, rect)');
  await expect(inert).toHaveCount(0);
  for (const src of await page
    .locator('img')
    .evaluateAll((all) => all.map((one) => one.getAttribute('src')))) {
    expect(src).toMatch(/^data:image\/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/);
  }
});
