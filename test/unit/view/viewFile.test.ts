import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxViewStateBytes } from '../../../src/core/view/savedView';
import { cleanViewName, printViewFile, readViewFile } from '../../../src/core/view/viewFile';

const view = {
  name: 'Best of last week',
  page: 'runTable',
  state: '{"search":"lr < 0.1"}',
} as const;
const file = (patch: object) =>
  JSON.stringify({ epochlogView: 1, name: 'A', page: 'charts', state: {}, ...patch });
const problemOf = (text: string) => readViewFile(text).problem;

describe('the file of a view', () => {
  it('is read as it was written, and can be read by people', () => {
    const text = printViewFile(view);
    expect(text.split('\n')).toContain('    "search": "lr < 0.1"');
    expect(readViewFile(text)).toEqual({ view });
    expect(readViewFile(`\uFEFF${text}`, 'runTable')).toEqual({ view });
  });

  it.each([
    ['', /no view of Epochlog/],
    ['[]', /no view of Epochlog/],
    ['{"name":"A"}', /no view of Epochlog/],
    [file({ epochlogView: 2 }), /newer Epochlog/],
    [file({ epochlogView: 'x' }), /its version/],
    [file({ epochlogView: 0.5 }), /its version/],
    [file({ author: 'me' }), /has no “author”/],
    [file({ name: ' \u0000\u200b ' }), /no name/],
    [file({ name: 7 }), /no name/],
    [file({ page: 'trust' }), /page that this Epochlog does not have/],
    [file({ page: '__proto__' }), /page that this Epochlog does not have/],
    [file({ state: [] }), /cannot be read/],
    [file({ state: 'x' }), /cannot be read/],
    ['{"epochlogView":1,"name":"A","page":"charts","state":{"__proto__":{}}}', /cannot be read/],
    [
      `{"epochlogView":1,"name":"A","page":"charts","state":{"a":${'['.repeat(90)}${']'.repeat(90)}}}`,
      /cannot be read/,
    ],
    [file({ state: { text: 'x'.repeat(maxViewStateBytes) } }), /too large/],
    [file({ state: { text: '\u00fc'.repeat(maxViewStateBytes / 2) } }), /too large/],
    ['x'.repeat(3_000_000), /too large/],
    // More than a call takes as arguments.
    [file({ state: { many: Array.from({ length: 400_000 }, () => 0) } }), /too large/],
    ['[['.repeat(100_000), /no view of Epochlog/],
  ])('%.60s', (text, problem) => {
    expect(problemOf(text)).toMatch(problem);
  });

  it('says where a view of another page is to be opened', () => {
    expect(readViewFile(printViewFile(view), 'charts').problem).toBe(
      'This is a view of the run table, not of the charts: open it there.',
    );
  });

  it('never throws, whatever the file is', () => {
    const fields = fc.dictionary(
      fc.constantFrom('epochlogView', 'name', 'page', 'state', '__proto__', 'other'),
      fc.oneof(fc.jsonValue(), fc.constantFrom(1, 'charts', 'runTable')),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fields.map((each) => JSON.stringify(each)),
        ),
        (text) => {
          const { view: read, problem } = readViewFile(text);
          expect(read === undefined).toBe(problem !== undefined);
          if (read) expect(readViewFile(printViewFile(read))).toEqual({ view: read });
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('gives names that can be shown on one line', () => {
    expect(cleanViewName('  a\n\u202eb\t ')).toBe('a b');
    expect(cleanViewName('x'.repeat(500))).toHaveLength(100);
    expect(cleanViewName('\u0007')).toBeUndefined();
  });
});
