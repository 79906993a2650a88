import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createOpenDiffs } from '../../../src/app/openDiffs';
import type { BlobHash } from '../../../src/core/run/run';

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

const stored = notebook('kept');
const service = createOpenDiffs({ read: async () => stored });

test('where a side is no notebook it is named, and both are shown as text', async () => {
  const good = { title: 'now', content: notebook('x') };
  const bad = { title: 'a.ipynb · 2026-11-20 14:05:09', content: bytes('{\n"cells": <<<<<<<') };
  expect(await service.openDiff(bad, good)).toMatchObject({
    kind: 'texts',
    reason: expect.stringMatching(
      /^a\.ipynb · 2026-11-20 14:05:09 cannot be shown as a notebook: Damaged notebook/,
    ),
    detail: { oldSource: '{\n"cells": <<<<<<<', newSource: notebook('x').toString() },
  });
  const opened = await service.openDiff(good, { ...bad, content: Buffer.from([0xff, 0xfe]) });
  expect(opened).toMatchObject({ kind: 'texts', detail: { newSource: '\ufffd\ufffd' } });
});

test('a diff is kept for those who ask for its cells, until others take its place', async () => {
  const side = (...sources: string[]) => ({ title: 'a', content: notebook(...sources) });
  const first = await service.openDiff(side('x', 'fit(y, 3)'), side('x', 'fit(z, 3)'));
  if (first.kind !== 'cells') throw new Error('both are notebooks');
  expect(JSON.parse(first.rows)).toMatchObject([{ kind: 'same' }, { kind: 'changed', hunks: 1 }]);
  expect(service.readCells(first.diffId, [1, 7])).toMatchObject([
    { oldSource: 'fit(y, 3)', newSource: 'fit(z, 3)', hunks: [{ oldStart: 0, newStart: 0 }] },
  ]);
  const query = { text: 'T(Z', matchCase: false, parts: 'all' as const };
  expect(service.findInDiff(first.diffId, query)?.matches).toHaveLength(1);
  for (let i = 0; i < 4; i += 1) await service.openDiff(side('x'), side('y'));
  expect(service.readCells(first.diffId, [1])).toBeUndefined();
  expect(service.findInDiff(first.diffId, query)).toBeUndefined();
  expect(service.planEdits(first.diffId, 'new', { what: 'all' })).toBeUndefined();
});

test('what crosses before a cell is seen does not grow with sources and outputs', async () => {
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
  const opened = await service.openDiff(
    { title: 'a', content: large(text) },
    { title: 'b', content: large(`${text}y`) },
  );
  expect(JSON.stringify(opened).length).toBeLessThan(1_500);
  const [detail] = service.readCells(opened.diffId, [0]) ?? [];
  expect(detail?.sourceCut).toEqual({ shownChars: 500_000, allChars: 2_000_001 });
  expect(JSON.stringify(detail?.outputs).length).toBeLessThan(500);
  const place = { row: 0, output: 0, side: 'new' as const, media: 'image/png' };
  expect(service.readMedium(opened.diffId, place)).toBe(`${text}y`);
  expect(service.readMedium(opened.diffId, { ...place, media: 'constructor' })).toBeUndefined();
});

test('a side is a checkpoint, a file on disk, or a script with cells', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'epochlog-diff-'));
  const path = join(folder, 'train.py');
  writeFileSync(path, '# %%\nx = 1\n\n# %% [markdown]\n# Title\n');
  // SAFETY: only handed on to the reader of checkpoints above.
  const checkpoint = { content: 'a' as BlobHash };
  const opened = await service.openDiff(
    { title: 'then', content: { checkpoint } },
    { title: 'now', content: { path }, format: 'percent' },
  );
  if (opened.kind !== 'cells') throw new Error('both have cells');
  expect(JSON.parse(opened.rows)).toMatchObject([
    { kind: 'removed', title: 'kept' },
    { kind: 'added', title: 'x = 1' },
    { kind: 'added', title: 'Title', type: 'markdown' },
  ]);
  rmSync(folder, { recursive: true });
  const gone = service.openDiff({ title: 'a', content: { path } }, { title: 'b', content: stored });
  await expect(gone).rejects.toThrow(/train\.py cannot be read/);
});
