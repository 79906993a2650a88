import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createExtractor } from '../../../src/core/extract/extractor';
import { describeExtracted, describeLogged, readTruth } from './captureTruth';

// What real frameworks printed in a terminal, against what their own history says that they logged.
const FOLDER = path.resolve(import.meta.dirname, '../../fixtures/captures');
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.capture'))
  .map((file) => path.basename(file, '.capture'));

describe('captures of real programs', () => {
  it('are there', () => {
    expect(names.length).toBeGreaterThanOrEqual(37);
  });

  it.each(names)('%s gives what its framework logged, value by value', (name) => {
    const text = readFileSync(path.join(FOLDER, `${name}.capture`), 'utf8');
    const truth = readTruth(path.join(FOLDER, `${name}.truth.json`));
    const extractor = createExtractor();
    const parts = [extractor.push(text), extractor.end()];
    const found = parts.flatMap(({ metrics }) => metrics);
    expect(describeExtracted(found, truth)).toEqual(describeLogged(truth.metrics));
    const params = Object.fromEntries(
      parts.flatMap((part) => part.params.map(({ key, value }) => [key, value])),
    );
    for (const [key, value] of Object.entries(truth.params))
      expect(params[key]).toBe(String(value));
  });
});
