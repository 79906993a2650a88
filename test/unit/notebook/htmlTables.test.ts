import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHtmlTables } from '../../../src/core/notebook/htmlTables';
import { createTableText } from '../../../src/core/notebook/tableText';
import { extractText } from '../extract/extractText';

const FOLDER = path.resolve(import.meta.dirname, '../../fixtures/outputs');

interface Recorded {
  readonly frames: readonly string[];
  readonly points: readonly (readonly [key: string, value: number, epoch: number])[];
}

describe('tables that libraries show while they train', () => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

  it.each(names)('%s gives each point once, as it stands in the end', (name) => {
    const { frames, points }: Recorded = JSON.parse(readFileSync(path.join(FOLDER, name), 'utf8'));
    const reader = createTableText();
    const text = frames
      .flatMap((frame, at) => {
        const isOver = at === frames.length - 1;
        return readHtmlTables(frame).map((table) => reader.read(table, isOver));
      })
      .join('');
    const found = extractText(text).map((point) => point.replace(/ s\d+| \(\w+\)/g, ''));
    expect(found.sort()).toEqual(
      points.map(([key, value, epoch]) => `${key}=${value} e${epoch}`).sort(),
    );
  });
});

describe('readHtmlTables', () => {
  it('takes what hostile or broken HTML holds for text, and ends', () => {
    expect(readHtmlTables('<table><tr><td>a|b\n<script>x</script><td>c<table><tr><th>d')).toEqual([
      [['d']],
      [['a b x', 'c']],
    ]);
    expect(readHtmlTables('<p>no table</p></td></tr></table>')).toEqual([]);
    expect(readHtmlTables(`<table>${'<table><tr><td>'.repeat(10_000)}`).length).toBe(10_000);
    expect(readHtmlTables(`<table>${'x'.repeat(300_000)}`)).toEqual([]);
  });
});
