import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createExtractor } from '../../../src/core/extract/extractor';

// What real frameworks printed in a terminal, against what their own history says that they logged.
const FOLDER = path.resolve(import.meta.dirname, '../../fixtures/captures');
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.capture'))
  .map((file) => path.basename(file, '.capture'));

interface Point {
  readonly key: string;
  readonly value: number;
  readonly step?: number;
  readonly epoch?: number;
}

interface Truth {
  readonly metrics: readonly Point[];
  readonly params: Readonly<Record<string, string | number>>;
}

function describePoint({ key, value, step, epoch }: Point): string {
  return `${key}=${value}${step === undefined ? '' : ` step ${step}`}${epoch === undefined ? '' : ` epoch ${epoch}`}`;
}

describe('captures of real programs', () => {
  it('are there', () => {
    expect(names.length).toBeGreaterThanOrEqual(7);
  });

  it.each(names)('%s gives what its framework logged, value by value', (name) => {
    const text = readFileSync(path.join(FOLDER, `${name}.capture`), 'utf8');
    const truth: Truth = JSON.parse(readFileSync(path.join(FOLDER, `${name}.truth.json`), 'utf8'));
    const extractor = createExtractor();
    const parts = [extractor.push(text), extractor.end()];
    // A learning rate beside the metrics is welcome and no metric of the framework's history.
    const found = parts.flatMap(({ metrics }) => metrics).filter(({ key }) => key !== 'lr');
    const places = (point: Point): Point => {
      const logged = truth.metrics.find(({ key }) => key === point.key);
      return {
        key: point.key,
        value: point.value,
        ...(logged?.step === undefined || point.step === undefined ? {} : { step: point.step }),
        ...(logged?.epoch === undefined || point.epoch === undefined ? {} : { epoch: point.epoch }),
      };
    };
    expect(found.map(places).map(describePoint).sort()).toEqual(
      truth.metrics.map(describePoint).sort(),
    );
    const params = Object.fromEntries(
      parts.flatMap((part) => part.params.map(({ key, value }) => [key, value])),
    );
    for (const [key, value] of Object.entries(truth.params))
      expect(params[key]).toBe(String(value));
  });
});
