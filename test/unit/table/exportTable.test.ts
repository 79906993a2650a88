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
import recorded from '../../fixtures/pandas/read.json';

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
    { header: 'a|b', kind: 'text', values: ['<b>|x\ny &lt; www.example.org'] },
    { header: 'loss', kind: 'number', values: [-0.5] },
  ]).split('\n');
  expect(first).toBe('| \\<b\\>\\|x y \\&lt; www.example.org | -0.5 |');
});

describe('toPandas', () => {
  const shown: readonly ExportColumn[] = [
    ...columns,
    {
      header: 'params.`it\'s "q"`',
      kind: 'text',
      values: ['it\'s \\ \'q\' """', '日本 🙂', undefined],
    },
    { header: 'params.huge', kind: 'text', values: [`${'1234567890'.repeat(3)}`, '1', undefined] },
    { header: 'params.inf', kind: 'text', values: ['inf', 'nan', '1'] },
    { header: 'params.resume', kind: 'text', values: ['True', 'False', undefined] },
    { header: 'end_time', kind: 'date', values: [undefined, undefined, undefined] },
  ];

  it('is what pandas has read', async () => {
    await expect(toPandas(shown)).toMatchFileSnapshot('../../fixtures/pandas/frame.py');
  });

  // `test/fixtures/pandas/record.py` has run it with pandas.
  it('gave pandas exactly these values, and types to compute with', () => {
    const { columns: read } = recorded;
    const values = Object.fromEntries(
      Object.entries(read).map(([key, each]) => [key, each.values]),
    );
    expect(values).toEqual({
      name: columns[0]?.values,
      'metrics.loss': ['0.30000000000000004', null, null],
      'params.lr': ['0.001', '1000.0', null],
      'params.id': ['007', '8', '\u2028\u007f\ufffd'],
      'params.flag': [true, false, true],
      start_time: ['2023-11-14T22:13:20.123+00:00', '1970-01-01T00:00:00.000+00:00', null],
      duration: ['1.5', null, '0.01'],
      'metrics.big': ['-inf', '1e+300', '-0.0'],
      'params.`it\'s "q"`': [shown[8]?.values[0], '日本 🙂', null],
      'params.huge': [`${'1234567890'.repeat(3)}`, '1', null],
      'params.inf': ['inf', 'nan', '1'],
      'params.resume': [true, false, null],
      end_time: [null, null, null],
    });
    for (const key of ['metrics.loss', 'params.lr', 'duration', 'metrics.big'] as const) {
      expect(read[key].dtype).toBe('float64');
    }
    expect(read['params.flag'].dtype).toBe('bool');
    expect(read.start_time.dtype).toMatch(/^datetime64\[.s, UTC\]$/);
  });
});
