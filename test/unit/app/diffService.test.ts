import { expect, test } from 'vitest';
import { createDiffService } from '../../../src/app/diffService';

const service = createDiffService();
const bytes = (text: string) => Buffer.from(text);
const notebook = (...sources: readonly string[]) =>
  bytes(
    JSON.stringify({
      cells: sources.map((source) => ({ cell_type: 'code', source, outputs: [], metadata: {} })),
      metadata: {},
      nbformat: 4,
      nbformat_minor: 4,
    }),
  );

test('where a side is no notebook it is named, and both are shown as text', () => {
  const good = { title: 'now', content: notebook('x') };
  const bad = { title: 'a.ipynb · 2026-11-20 14:05:09', content: bytes('{\n"cells": <<<<<<<') };
  expect(service.openDiff(bad, good)).toMatchObject({
    kind: 'texts',
    reason: expect.stringMatching(
      /^a\.ipynb · 2026-11-20 14:05:09 cannot be shown as a notebook: Damaged notebook/,
    ),
    detail: { oldSource: '{\n"cells": <<<<<<<', newSource: notebook('x').toString() },
  });
  const opened = service.openDiff(good, { ...bad, content: Buffer.from([0xff, 0xfe]) });
  expect(opened).toMatchObject({ kind: 'texts', detail: { newSource: '\ufffd\ufffd' } });
});

test('a diff is kept for those who ask for its cells, until others take its place', () => {
  const side = (...sources: string[]) => ({ title: 'a', content: notebook(...sources) });
  const first = service.openDiff(side('x', 'fit(y, 3)'), side('x', 'fit(z, 3)'));
  if (first.kind !== 'cells') throw new Error('both are notebooks');
  expect(JSON.parse(first.rows)).toMatchObject([{ kind: 'same' }, { kind: 'changed', hunks: 1 }]);
  expect(service.readCells(first.diffId, [1, 7])).toMatchObject([
    { oldSource: 'fit(y, 3)', newSource: 'fit(z, 3)', hunks: [{ oldStart: 0, newStart: 0 }] },
  ]);
  const query = { text: 'T(Z', matchCase: false, parts: 'all' as const };
  expect(service.findInDiff(first.diffId, query)?.matches).toHaveLength(1);
  for (let i = 0; i < 4; i += 1) service.openDiff(side('x'), side('y'));
  expect(service.readCells(first.diffId, [1])).toBeUndefined();
  expect(service.findInDiff(first.diffId, query)).toBeUndefined();
  expect(service.planEdits(first.diffId, 'new', { what: 'all' })).toBeUndefined();
});

test('what crosses before a cell is seen does not grow with sources and outputs', () => {
  const text = 'x'.repeat(2_000_000);
  const large = (value: string) =>
    bytes(
      JSON.stringify({
        cells: [
          {
            cell_type: 'code',
            source: value,
            metadata: {},
            outputs: [{ output_type: 'display_data', data: { 'image/png': value } }],
          },
        ],
        metadata: {},
        nbformat: 4,
        nbformat_minor: 4,
      }),
    );
  const opened = service.openDiff(
    { title: 'a', content: large(text) },
    { title: 'b', content: large(`${text}y`) },
  );
  expect(JSON.stringify(opened).length).toBeLessThan(1_500);
  const [detail] = service.readCells(opened.diffId, [0]) ?? [];
  expect(detail?.sourceCut).toEqual({ shownChars: 1_000_000, allChars: 2_000_001 });
  expect(JSON.stringify(detail?.outputs).length).toBeLessThan(500);
  const place = { row: 0, output: 0, side: 'new' as const, media: 'image/png' };
  expect(service.readMedium(opened.diffId, place)).toBe(`${text}y`);
  expect(service.readMedium(opened.diffId, { ...place, media: 'constructor' })).toBeUndefined();
});

test('a readable notebook after a damaged one counts its cells and has no changes', () => {
  expect(service.read(notebook('x', 'y'), bytes('{'))).toEqual({ cellCount: 2 });
  expect(service.read(notebook('x', 'y'), undefined)).toEqual({ cellCount: 2 });
  expect(service.read(notebook('x', 'y'), notebook('x')).changes).toMatchObject({ added: 1 });
  expect(service.read(bytes('[]'), notebook('x'))).toEqual({
    cellCount: 0,
    problem: 'Not a notebook: the file is not a JSON object.',
  });
});

test('texts are diffed by lines', () => {
  const hunks = service.diffTexts('a\nb\nc\n', 'a\nB\nc\n');
  expect(hunks.length).toBeGreaterThan(0);
  expect(JSON.stringify(hunks)).toContain('B');
  expect(service.diffTexts('a\n', 'a\n')).toEqual(service.diffTexts('', ''));
});
