import { expect, type Page } from '@playwright/test';
import type { NotebookCell, NotebookOutput } from '../../src/core/notebook/notebook';
import { test } from './support/pageTest';
import { diffHost, diffState, toNotebook } from './support/sampleDiff';
import { xssVectors } from './support/xssVectors';

const evil = 'http://evil.test';

const media = [
  'text/plain',
  'text/html',
  'text/markdown',
  'text/latex',
  'image/svg+xml',
  'image/png',
  'application/json',
  'application/javascript',
  'application/vnd.plotly.v1+json',
];

/** The text everywhere in a cell where a notebook can have one. */
function hostileCell(vector: string, index: number, edit: string): NotebookCell {
  const text = `${vector}${edit}`;
  const table = `<table class="dataframe"><tr><th></th><th>${text}</th></tr><tr><th>0</th><td>${text}</td></tr></table>`;
  const outputs: NotebookOutput[] = [
    ...media.map((medium): NotebookOutput => ({ kind: 'display', data: { [medium]: text } })),
    { kind: 'display', data: Object.fromEntries([[vector, text]]) },
    { kind: 'result', data: { 'text/html': table } },
    { kind: 'stream', name: vector, data: {}, text: `${text}\n` },
    { kind: 'error', data: {}, ename: vector, evalue: text, traceback: `${text}\nline 2` },
  ];
  return {
    kind: index % 3 === 0 ? 'markdown' : 'code',
    id: vector,
    source: `${text}\nx = 1\n"""${vector}"""`,
    outputs,
    metadata: Object.fromEntries([
      ['tags', [text]],
      [vector, text],
      ['vscode', { languageId: vector }],
    ]),
    attachments: Object.fromEntries([[vector, { 'image/png': text }]]),
  };
}

/** Everything that a page of text and pictures has no use for. */
const forbidden = (page: Page) =>
  page.evaluate(() => {
    const foreign = document.querySelectorAll(
      'script:not([nonce]), iframe, frame, object, embed, portal, a, area, base, form, link:not([href$="notebookDiff.css"]), meta:not([charset]):not([name=viewport]):not([http-equiv=Content-Security-Policy]), math, video, audio, marquee, template, textarea, noscript, foreignObject, use, animate, image, b, p[style]',
    );
    const bad = [...foreign].map(({ outerHTML }) => outerHTML.slice(0, 200));
    for (const element of document.querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) bad.push(`${name}=${value}`);
        if (/^(?:href|src|srcdoc|action|formaction|xlink:href)$/i.test(name)) {
          const isOurs =
            /^http:\/\/epochlog\.test\/notebookDiff\.(?:js|css)$/.test(value) ||
            (element.localName === 'img' &&
              /^data:image\/(?:(?:png|jpeg|gif|webp|bmp);base64,[A-Za-z0-9+/=]+|svg\+xml;charset=utf-8,[^<>"]*)$/.test(
                value,
              ));
          if (!isOurs) bad.push(`${element.localName} ${name}=${value.slice(0, 200)}`);
        }
      }
    }
    return bad;
  });

const all = Object.values(xssVectors).flat();

test('the corpus has more than a hundred vectors', () => {
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBeGreaterThan(110);
});

for (const [name, vectors] of Object.entries(xssVectors)) {
  test(`nothing runs, loads or becomes an element: ${name}`, async ({ page, open }) => {
    test.setTimeout(60_000);
    const loaded: string[] = [];
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith('http://epochlog.test/') && !url.startsWith('data:image/')) {
        loaded.push(url);
      }
    });
    page.on('popup', () => loaded.push('a popup'));
    const texts = vectors.map((vector) => vector.replaceAll('LOAD', evil));
    const notebook = (edit: string) => ({
      ...toNotebook(texts.map((text, index) => hostileCell(text, index, edit))),
      metadata: Object.fromEntries(texts.map((text) => [text, `${text}${edit}`])),
    });
    const [first = '', second = first] = texts;
    await open({
      view: 'notebookDiff',
      state: { ...diffState, hideUnchanged: false, showNoise: true },
      host: diffHost(() => [notebook(''), { ...notebook(' edited'), language: first }], {
        notebook: first,
        oldTitle: second,
        newTitle: first,
        metrics: [{ key: first, old: 1, new: 2 }],
        target: { reason: second, canOpen: false },
      }).host,
    });
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(first, {
      useInnerText: false,
    });
    const rows = Number((await page.locator('.change-count').textContent())?.split(' of ')[1]);
    const lines = new Set<string>();
    for (let row = 0; row < rows; row += 1) {
      await page.keyboard.press('j');
      const cell = page.locator(`#cell-${row}`);
      await expect(cell.getByRole('table', { name: 'Source' })).toBeVisible();
      await cell.locator('summary').evaluateAll((summaries) => {
        for (const summary of summaries) {
          if (summary instanceof HTMLElement) summary.click();
        }
      });
      for (const line of await cell.locator('.line').allTextContents()) lines.add(line);
      expect(await forbidden(page)).toEqual([]);
    }
    // Each text is there as the text that it is.
    for (const text of texts) {
      const [line = '', ...more] = text.replaceAll('\r', '').split('\n');
      expect([...lines]).toContain(more.length > 0 ? line : `${line} edited`);
    }
    await page.keyboard.press('ControlOrMeta+f');
    await page.getByRole('textbox').fill(first.slice(0, 60));
    await expect(page.locator('.find-count')).not.toHaveText('Searching…');
    await page.mouse.move(600, 400);
    await page.waitForTimeout(200);
    expect(await forbidden(page)).toEqual([]);
    expect(loaded).toEqual([]);
  });
}

test('files that are no notebooks are shown as the text that they are', async ({ page, open }) => {
  const text = all.join('\n');
  await open({
    view: 'notebookDiff',
    state: diffState,
    host: diffHost(() => [Buffer.from(`{${text}`), Buffer.from(text)]).host,
  });
  await expect(page.getByRole('table', { name: 'Files as text' })).toContainText('alert(1)');
  expect(await forbidden(page)).toEqual([]);
});
