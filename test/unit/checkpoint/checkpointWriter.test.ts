import { createHash } from 'node:crypto';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createCheckpointContents,
  type StoredContent,
} from '../../../src/app/history/checkpointContents';
import { createCheckpointWriter } from '../../../src/app/history/checkpointWriter';
import type { NotebookOutline } from '../../../src/core/notebook/notebookOutline';
import { parseNotebook } from '../../../src/core/notebook/parseNotebook';
import type { BlobHash } from '../../../src/core/run/run';
import { readBlobFileNow } from '../../../src/store/contents/blobFiles';
import { CheckpointVersions } from '../../../src/store/contents/checkpointVersions';
import { nodeDisk } from '../../../src/store/disk/disk';
import { storePaths } from '../../../src/store/storePaths';
import { createRandom } from '../../bench/store/random';
import { makeFolder } from '../store/openTestStore';
import { EditedFile } from './randomEdits';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function keep(
  writer: ReturnType<typeof createCheckpointWriter>,
  content: Uint8Array,
  before?: StoredContent,
) {
  return writer.keep({ content, before, executions: [], hasRoom: true });
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, { size }) => sum + size, 0);
}

test('a thousand edits of a notebook are all there, byte for byte, in little room', async () => {
  const folder = makeFolder();
  let writer = createCheckpointWriter(folder);
  const file = new EditedFile(createRandom(7));
  const versions: { readonly stored: StoredContent; readonly sha256: string }[] = [];
  let bytes = 0;
  for (let count = 0; count < 1250; count += 1) {
    file.edit();
    const content = file.bytes();
    bytes += content.length;
    // A window that begins anew knows nothing of what was written.
    if (count % 97 === 0) writer = createCheckpointWriter(folder);
    const kept = await keep(writer, content, versions.at(-1)?.stored);
    expect(kept.content).toBe(sha256(content));
    if (!kept.isSame) versions.push({ stored: kept, sha256: kept.content });
  }
  expect(versions.length).toBeGreaterThan(1000);
  expect(versions.every(({ stored }) => stored.manifest !== undefined)).toBe(true);
  const contents = createCheckpointContents(folder);
  for (const { stored, sha256: expected } of versions) {
    expect(sha256(await contents.read(stored))).toBe(expected);
  }
  expect(sizeOf(folder)).toBeLessThan(bytes / 10);
}, 120_000);

test('outlines say of each cell what the file says, however they are come by', async () => {
  const folder = makeFolder();
  const writer = createCheckpointWriter(folder);
  const file = new EditedFile(createRandom(11));
  const contents = createCheckpointContents(folder);
  let before: StoredContent | undefined;
  const keys = new Map<string, string>();
  for (let count = 0; count < 300; count += 1) {
    file.edit();
    const content = file.bytes();
    const stored = await keep(writer, content, before);
    if (stored.isSame) continue;
    before = stored;
    const outline = await contents.outline(stored).catch(() => undefined);
    const notebook = parse(content);
    if (notebook === undefined) {
      expect(outline).toBeUndefined();
      continue;
    }
    expect(withoutOutputs(outline)).toEqual(
      notebook.cells.map(({ kind, id, source, executionCount, outputs }) => ({
        ...{ kind, source, outputs: outputs.length },
        ...(id !== undefined && { id }),
        ...(executionCount !== undefined && { executionCount }),
      })),
    );
    for (const [index, cell] of notebook.cells.entries()) {
      for (const [at, output] of cell.outputs.entries()) {
        const found = outline?.cells[index]?.outputs[at];
        expect(found?.media).toEqual(Object.keys(output.data));
        if (found?.text !== undefined)
          expect(found.text).toBe(output.text ?? output.data['text/plain']);
        const text = JSON.stringify(output);
        // Escapes in the file count.
        expect(found?.bytes).toBeGreaterThan(text.length / 2);
        expect(found?.bytes).toBeLessThan(3 * text.length);
        expect(keys.get(text) ?? found?.key).toBe(found?.key);
        if (found) keys.set(text, found.key);
      }
    }
  }
  expect(new Set(keys.values()).size).toBe(keys.size);
  if (before) {
    const all = parse(Buffer.from(await contents.read(before)))?.cells ?? [];
    for (const [index, cell] of all.entries()) {
      expect(await contents.outputs(before, index)).toEqual(cell.outputs);
    }
  }
}, 60_000);

function parse(content: Uint8Array) {
  try {
    return parseNotebook(new TextDecoder('utf-8', { fatal: true }).decode(content));
  } catch {
    return undefined;
  }
}

const withoutOutputs = (outline: NotebookOutline | undefined) =>
  outline?.cells.map((cell) => ({ ...cell, outputs: cell.outputs.length }));

test('any bytes at all are given back as they are', async () => {
  const folder = makeFolder();
  const writer = createCheckpointWriter(folder);
  const contents = createCheckpointContents(folder);
  let before: StoredContent | undefined;
  const anyFile = fc.oneof(
    fc.uint8Array({ maxLength: 20_000, size: 'max' }),
    fc.string({ unit: 'binary', maxLength: 20_000, size: 'max' }).map((text) => Buffer.from(text)),
    fc
      .array(fc.constantFrom('"', '\\', '[', ']', 'x'.repeat(4096), '\0', '\n'), { maxLength: 20 })
      .map((parts) => Buffer.from(parts.join(''))),
  );
  await fc.assert(
    fc.asyncProperty(anyFile, async (content) => {
      const stored = await keep(writer, content, before);
      if (stored.isSame) return;
      before = stored;
      expect(sha256(await contents.read(stored))).toBe(sha256(content));
    }),
    { numRuns: 200 },
  );
}, 60_000);

test('a hundred thousand cells on one line are kept, and so is the next version', async () => {
  const cells = Array.from({ length: 100_000 }, (_, index) => ({
    ...{ cell_type: 'code', metadata: {}, execution_count: null, outputs: [] },
    source: `x = ${index}`,
  }));
  const file = (last: string) =>
    Buffer.from(
      JSON.stringify({
        cells: cells.with(50_000, { ...cells[0], source: last } as never),
        nbformat: 4,
      }),
    );
  const folder = makeFolder();
  const writer = createCheckpointWriter(folder);
  const first = await keep(writer, file('x = 1, y'));
  const size = sizeOf(folder);
  const second = await keep(writer, file('x = 1, z'), first);
  expect(sizeOf(folder) - size).toBeLessThan(10_000);
  expect(second).toMatchObject({ cellCount: 100_000, changes: { changed: 1 } });
  const contents = createCheckpointContents(folder);
  expect(sha256(await contents.read(second))).toBe(sha256(file('x = 1, z')));
}, 60_000);

test('an output that differs only in what is volatile does not count as changed', async () => {
  const html = (address: string) => `<table>${'<td>value</td>'.repeat(500)}</table> at ${address}`;
  const file = (data: Record<string, string>) =>
    Buffer.from(
      JSON.stringify({
        cells: [
          {
            ...{ cell_type: 'code', source: 'x', metadata: {}, execution_count: 1 },
            outputs: [{ output_type: 'display_data', data, metadata: {} }],
          },
        ],
        nbformat: 4,
      }),
    );
  const writer = createCheckpointWriter(makeFolder());
  const first = await keep(writer, file({ 'text/html': html('0x7f0000000010') }));
  const second = await keep(writer, file({ 'text/html': html('0x7f0000000020') }), first);
  expect(second.changes).toMatchObject({ outputsChanged: 0 });
  const third = await keep(
    writer,
    file({ 'text/html': html('0x7f0000000020').replace('value', 'other') }),
    second,
  );
  expect(third.changes).toMatchObject({ outputsChanged: 1 });
});

test('a damaged manifest costs the versions that follow from it, and not the next save', async () => {
  const folder = makeFolder();
  const file = new EditedFile(createRandom(3));
  const first = await keep(createCheckpointWriter(folder), file.bytes());
  const name = `${first.manifest}.z`;
  writeFileSync(join(folder, 'blobs', name.slice(0, 2), name), 'damaged');
  file.edit();
  const content = file.bytes();
  const next = await keep(createCheckpointWriter(folder), content, first);
  const contents = createCheckpointContents(folder);
  await expect(contents.read(first)).rejects.toThrow(/damaged|cannot read/);
  expect(sha256(await contents.read(next))).toBe(sha256(content));
});

/** Large enough to be a span. */
const largeText = (seed: number) => createHash('sha512').update(`${seed}`).digest('hex').repeat(64);

function notebookFile(outputs: readonly string[], cell: object = {}): Buffer {
  return Buffer.from(
    JSON.stringify({
      cells: [
        ...outputs.map((text) => ({
          ...{ cell_type: 'code', source: 'x', metadata: {}, execution_count: 1 },
          outputs: [{ output_type: 'display_data', data: { 'image/png': text }, metadata: {} }],
        })),
        { cell_type: 'markdown', source: 'text', metadata: {}, ...cell },
      ],
      nbformat: 4,
    }),
  );
}

const blobOf = (folder: string, hash: string) =>
  join(folder, 'blobs', hash.slice(0, 2), `${hash}.z`);

test('a damaged output is stored anew by the next save that still has it', async () => {
  const folder = makeFolder();
  const first = await keep(createCheckpointWriter(folder), notebookFile([largeText(1)]));
  const span = blobOf(folder, sha256(Buffer.from(`"${largeText(1)}"`)));
  expect(statSync(span).size).toBeGreaterThan(10);
  writeFileSync(span, 'damaged');
  const content = notebookFile([largeText(1), 'more']);
  const next = await keep(createCheckpointWriter(folder), content, first);
  const contents = createCheckpointContents(folder);
  expect(sha256(await contents.read(next))).toBe(sha256(content));
  expect(sha256(await contents.read(first))).toBe(first.content);
});

test('one that was damaged while the window was open is stored anew where a chain begins', async () => {
  const folder = makeFolder();
  const writer = createCheckpointWriter(folder);
  let stored = await keep(writer, notebookFile([largeText(1)]));
  writeFileSync(blobOf(folder, sha256(Buffer.from(`"${largeText(1)}"`))), 'damaged');
  for (let count = 0; count < 60; count += 1) {
    stored = await keep(writer, notebookFile([largeText(1), `${count}`]), stored);
  }
  const contents = createCheckpointContents(folder);
  expect(sha256(await contents.read(stored))).toBe(stored.content);
});

test('what is an output and something else too is none that may go', async () => {
  const folder = makeFolder();
  const writer = createCheckpointWriter(folder);
  const image = largeText(1);
  const attached = { attachments: { 'a.png': { 'image/png': image } } };
  const mediaOf = (manifest: BlobHash | undefined) => {
    const place = { disk: nodeDisk, paths: storePaths(folder) };
    if (manifest === undefined) throw new Error('there is no manifest');
    const { table, used } = new CheckpointVersions(place).load(manifest).spans;
    return [...used].map((ordinal) => table[ordinal]?.media);
  };
  const output = await keep(writer, notebookFile([image]));
  expect(mediaOf(output.manifest)).toEqual(['image/png']);
  const both = await keep(writer, notebookFile([image], attached), output);
  expect(mediaOf(both.manifest)).toEqual([undefined]);
  const attachment = await keep(writer, notebookFile([], attached), both);
  expect(mediaOf(attachment.manifest)).toEqual([undefined]);
  const again = await keep(writer, notebookFile([image, image]), attachment);
  expect(mediaOf(again.manifest)).toEqual(['image/png']);
  const contents = createCheckpointContents(folder);
  for (const stored of [output, both, attachment, again]) {
    expect(sha256(await contents.read(stored))).toBe(stored.content);
  }
});

test('a notebook with damage in an output says so at every save', async () => {
  const folder = makeFolder();
  // A bare line end in a string is none of JSON's.
  const damaged = (source: string) =>
    Buffer.from(
      notebookFile([`${largeText(1)}@`], { source })
        .toString()
        .replace('@', '\u0001'),
    );
  const writer = createCheckpointWriter(folder);
  const first = await keep(writer, damaged('one'));
  expect(first.problem).toMatch(/Damaged/);
  const second = await keep(writer, damaged('two'), first);
  expect(second.problem).toBe(first.problem);
  // A window that begins anew knows of the version only.
  const third = await keep(createCheckpointWriter(folder), damaged('three'), second);
  expect(third.problem).toBe(first.problem);
  const mended = notebookFile([largeText(1)], { source: 'four' });
  const fourth = await keep(createCheckpointWriter(folder), mended, third);
  expect(fourth).not.toHaveProperty('problem');
  const fifth = await keep(createCheckpointWriter(folder), damaged('five'), fourth);
  expect(fifth.problem).toBe(first.problem);
});

test('a manifest that unpacks to more than one can hold is not read', async () => {
  const folder = makeFolder();
  const { manifest, content } = await keep(
    createCheckpointWriter(folder),
    notebookFile([], { source: 'x'.repeat(3000) }),
  );
  if (manifest === undefined) throw new Error(`${content} has no manifest`);
  const place = { disk: nodeDisk, paths: storePaths(folder) };
  expect(readBlobFileNow(place, manifest, 4000).length).toBeGreaterThan(3000);
  expect(() => readBlobFileNow(place, manifest, 2000)).toThrow(/read/);
});
