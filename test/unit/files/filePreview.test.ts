import { expect, test } from 'vitest';
import { previewFile } from '../../../src/core/files/filePreview';

const bytes = (text: string) => new TextEncoder().encode(text);

test('shows the first rows of a table and cells that are not too long', () => {
  const text = `name,note\n${Array.from({ length: 60 }, (_, n) => `${n},"a, ""b"""\n`).join('')}`;
  const preview = previewFile('out/result.csv', bytes(text));
  expect(preview).toMatchObject({ kind: 'table', isCut: true });
  expect(preview.kind === 'table' && preview.rows.slice(0, 2)).toEqual([
    ['name', 'note'],
    ['0', 'a, "b"'],
  ]);
});

test('knows a picture by its bytes, and text by nothing else', () => {
  const png = Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
    ...[0, 0, 0, 4, 0, 0, 0, 2, 8, 6, 0, 0, 0],
  ]);
  expect(previewFile('figure.txt', png)).toEqual({ kind: 'image', media: 'image/png' });
  expect(previewFile('figure.png', bytes('<svg onload=alert(1)>'))).toMatchObject({ kind: 'text' });
  expect(previewFile('model.pt', Uint8Array.from([0, 1, 2, 0, 255]))).toMatchObject({
    kind: 'none',
  });
});

test('shows the beginning of a long text', () => {
  const preview = previewFile('notes.md', bytes('word '.repeat(20_000)));
  expect(preview).toMatchObject({ kind: 'text', isCut: true });
  expect(preview.kind === 'text' && preview.text.length).toBe(32_000);
});
