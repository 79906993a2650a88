import { expect, test } from 'vitest';
import {
  describeExport,
  describeExportedSecrets,
  describeExportProgress,
} from '../../../src/core/present/describeExport';

test('an export is told with its figures', () => {
  const figures = { runs: 12, points: 3400, sizeBytes: 1_234_567, secrets: 0 };
  expect(describeExport(figures, 'all.db')).toBe(
    '12 runs with 3,400 points are in all.db (1.2 MB).',
  );
  expect(describeExport({ ...figures, runs: 1, points: 1 }, 'a.db')).toBe(
    '1 run with 1 point is in a.db (1.2 MB).',
  );
});

test('secrets in it are told with what became of them, and nothing is said without any', () => {
  expect(describeExportedSecrets(0, false)).toBeUndefined();
  expect(describeExportedSecrets(1, false)).toBe(
    '1 text in notebooks, scripts, diffs or notes looks like a credential: the file masks it.',
  );
  expect(describeExportedSecrets(2, true)).toBe(
    '2 texts in notebooks, scripts, diffs or notes look like credentials: the file holds them.',
  );
});

test('its progress says of what', () => {
  expect(describeExportProgress('points', 50_000, 10_000_000)).toBe('points, 50,000 of 10,000,000');
  expect(describeExportProgress('contents', 1, 2)).toBe('notebooks and scripts, 1 of 2');
});
