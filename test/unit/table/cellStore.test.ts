import { expect, test } from 'vitest';
import { CellStore } from '../../../webviews/runTable/cellStore';

const answer = (text: string) => ({
  slots: Uint32Array.of(0, 1),
  columns: ['status'],
  cells: [{ kind: 'text' as const, texts: [text], codes: Uint32Array.of(1, 1) }],
});

test('what was asked for before a run changed does not count as its cells of now', () => {
  const cells = new CellStore();
  const asked = cells.version;
  cells.markStale(Uint32Array.of(1));
  cells.add(answer('running'), asked);
  // Shown meanwhile, and asked for again.
  expect(cells.column('status').text(1)).toBe('running');
  expect([...cells.findMissing([0, 1], ['status']).slots]).toEqual([1]);
  cells.add(answer('finished'), cells.version);
  expect(cells.column('status').text(1)).toBe('finished');
  expect(cells.findMissing([0, 1], ['status']).slots).toHaveLength(0);
});
