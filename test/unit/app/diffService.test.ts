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
