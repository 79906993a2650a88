import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvParse } from 'd3-dsv';
import { describe, expect, it } from 'vitest';
import {
  type ExportColumn,
  hasFormulas,
  toCsv,
  toJson,
  toMarkdown,
  toPandas,
} from '../../../src/core/table/exportTable';

const columns: readonly ExportColumn[] = [
  { header: 'name', kind: 'text', values: ['a "b", c\nd', '=HYPERLINK("x")', '-0.5'] },
  { header: 'metrics.loss', kind: 'number', values: [0.1 + 0.2, Number.NaN, undefined] },
  { header: 'params.lr', kind: 'text', values: ['1e-3', '1_000', undefined] },
  { header: 'params.id', kind: 'text', values: ['007', '8', '\u2028\u007f\ud800'] },
  { header: 'params.flag', kind: 'text', values: ['True', 'False', 'True'] },
  { header: 'start_time', kind: 'date', values: [1_700_000_000_123, 0, undefined] },
  { header: 'duration', kind: 'duration', values: [1500, undefined, 10] },
  { header: 'metrics.big', kind: 'number', values: [Number.NEGATIVE_INFINITY, 1e300, -0] },
];

describe('toCsv', () => {
  it('is read back as exactly what was recorded', () => {
    const rows = csvParse(toCsv(columns));
    expect(rows.map((row) => row.name)).toEqual(columns[0]?.values);
    expect(Number(rows[0]?.['metrics.loss'])).toBe(0.1 + 0.2);
    expect(rows[1]?.['metrics.loss']).toBe('NaN');
    expect(rows[2]?.['metrics.loss']).toBe('');
    expect(rows[0]?.start_time).toBe('2023-11-14T22:13:20.123Z');
    expect(rows[0]?.duration).toBe('1.5');
  });

  it('marks formulas only where that is wanted, and never a number', () => {
    expect(hasFormulas(columns)).toBe(true);
    const rows = csvParse(toCsv(columns, true));
    expect(rows.map((row) => row.name)).toEqual(['a "b", c\nd', '\'=HYPERLINK("x")', '-0.5']);
    expect(hasFormulas([{ header: 'n', kind: 'text', values: ['-1', '+2e3', 'x'] }])).toBe(false);
  });
});

it('writes JSON without what is not there', () => {
  const rows = JSON.parse(toJson(columns));
  expect(rows[0]).toMatchObject({ 'metrics.loss': 0.1 + 0.2, duration: 1.5 });
  expect(rows[1]['metrics.loss']).toBe('NaN');
  expect(rows[2]).not.toHaveProperty(['metrics.loss']);
});

it('writes Markdown in which nothing is markup', () => {
  const [, , first = ''] = toMarkdown([
    { header: 'a|b', kind: 'text', values: ['<b>|x\ny'] },
  ]).split('\n');
  expect(first).toBe('| \\<b\\>\\|x y |');
});

describe('toPandas', () => {
  it('is Python that gives pandas exactly these values', () => {
    const folder = mkdtempSync(join(tmpdir(), 'epochlog-pandas-'));
    // What is given to pandas, written as Python writes it.
    writeFileSync(
      join(folder, 'pandas.py'),
      'class DataFrame(dict): pass\ndef to_datetime(values, unit, utc):\n    assert unit == "ms" and utc\n    return values\n',
    );
    const read =
      'import json\nprint(json.dumps({k: [v if v is None or isinstance(v, (bool, str)) else repr(v) for v in vs] for k, vs in df.items()}))\n';
    try {
      const printed = execFileSync('python3', ['-c', `${toPandas(columns)}\n${read}`], {
        env: { ...process.env, PYTHONPATH: folder },
        encoding: 'utf8',
      });
      expect(JSON.parse(printed)).toEqual({
        name: columns[0]?.values,
        'metrics.loss': ['0.30000000000000004', 'nan', null],
        'params.lr': ['0.001', '1000', null],
        'params.id': columns[3]?.values,
        'params.flag': [true, false, true],
        start_time: ['1700000000123', '0', null],
        duration: ['1.5', null, '0.01'],
        'metrics.big': ['-inf', '1e+300', '-0.0'],
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
