import { expect, test } from 'vitest';
import { createDiffService } from '../../../src/app/diffService';

const service = createDiffService();

test('texts are diffed by lines', () => {
  const hunks = service.diffTexts('a\nb\nc\n', 'a\nB\nc\n');
  expect(hunks.length).toBeGreaterThan(0);
  expect(JSON.stringify(hunks)).toContain('B');
  expect(service.diffTexts('a\n', 'a\n')).toEqual(service.diffTexts('', ''));
});
