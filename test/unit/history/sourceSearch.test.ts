import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileQuery, type SourceQuery } from '../../../src/core/history/sourceSearch';
import '../../support/propertySeed';

const query = (text: string, more: Partial<SourceQuery> = {}): SourceQuery => ({
  ...{ text, matchCase: false, wholeWord: false, isRegex: false },
  ...more,
});

const source = 'model = Net(dropout=0.3)\nx = 1\nmodel.dropout = 0.35  # Dropout';
const found = (asked: SourceQuery, text = source) => {
  const match = compileQuery(asked)(text);
  return match?.lines.map((line) => [
    line.number,
    ...line.spans.map(({ start, end }) => line.text.slice(start, end)),
  ]);
};

describe('looking for a text in a source', () => {
  it('finds it in any case, or in its own', () => {
    expect(found(query('dropout'))).toEqual([
      [1, 'dropout'],
      [3, 'dropout', 'Dropout'],
    ]);
    expect(found(query('Dropout', { matchCase: true }))).toEqual([[3, 'Dropout']]);
    expect(found(query('momentum'))).toBeUndefined();
  });

  it('takes a text for no expression', () => {
    expect(found(query('Net(dropout=0.3)'))).toEqual([[1, 'Net(dropout=0.3)']]);
    expect(found(query('a.c'), 'abc')).toBeUndefined();
    for (const text of ['(', '[a', '\\', '*', 'x{2', 'a-b', '/', '{{', '\ud800']) {
      expect(found(query(text), `<${text}>`)).toEqual([[1, text]]);
    }
  });

  it('finds whole words, also of what ends in no letter', () => {
    expect(found(query('0.3', { wholeWord: true }))).toEqual([[1, '0.3']]);
    expect(found(query('dropout=', { wholeWord: true }))).toEqual([[1, 'dropout=']]);
    expect(found(query('größe', { wholeWord: true }), 'größen, größe')).toEqual([[1, 'größe']]);
  });

  it('finds an expression, line by line, in time linear in the source', () => {
    expect(found(query('^model.*=\\s*(0\\.\\d+)', { isRegex: true }))).toEqual([
      [1, 'model = Net(dropout=0.3'],
      [3, 'model.dropout = 0.35'],
    ]);
    expect(found(query('x*', { isRegex: true }), 'abc')).toBeUndefined();
    const startedAtMs = performance.now();
    found(query('(a+)+$', { isRegex: true }), `${'a'.repeat(5_000)}b`);
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);
  });

  it('says what is wrong with a query', () => {
    expect(() => compileQuery(query('(', { isRegex: true }))).toThrow(/no regular expression/);
    expect(() => compileQuery(query(''))).toThrow('Type what to look for.');
  });

  it('keeps the part of a long line that has it', () => {
    const match = compileQuery(query('needle'))(`${'x'.repeat(5_000)} needle ${'y'.repeat(5_000)}`);
    const [line] = match?.lines ?? [];
    expect(line?.text.length).toBeLessThanOrEqual(300);
    expect(line?.text.slice(line.spans[0]?.start, line.spans[0]?.end)).toBe('needle');
  });

  it('marks what it found, in any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ minLength: 1 }),
        fc.string(),
        (a, text, b) => {
          const match = compileQuery(query(text, { matchCase: true }))(`${a}${text}${b}`);
          const [line] = match?.lines ?? [];
          const [span] = line?.spans ?? [];
          expect(match?.count).toBeGreaterThan(0);
          if (!text.includes('\n') && text.length < 100) {
            expect(line?.text.slice(span?.start, span?.end)).toBe(text);
          }
        },
      ),
    );
  });
});
