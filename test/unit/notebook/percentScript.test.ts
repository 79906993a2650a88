import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPercentScript } from '../../../src/core/notebook/percentMarker';
import {
  parsePercentScript,
  percentNotebook,
  replacePercentSource,
} from '../../../src/core/notebook/percentScript';

const folder = join(import.meta.dirname, '../../fixtures/percent');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const truth: Record<string, { kind: string; source: string; metadata: object }[]> = JSON.parse(
  read('cells.json'),
);
const scripts = readdirSync(folder).filter((name) => name.endsWith('.py') && name !== 'record.py');

describe.each(scripts)('%s', (name) => {
  test('has the cells that Jupytext reads', () => {
    const notebook = percentNotebook(parsePercentScript(read(name)));
    expect(
      notebook.cells.map(({ kind, source, metadata }) => ({ kind, source, metadata })),
    ).toEqual(truth[name]);
  });

  test('is its lines, each in one cell or before the first', () => {
    const { lines, headerEndLine, cells } = parsePercentScript(read(name));
    expect(lines.join('')).toBe(read(name));
    expect(cells.map(({ startLine }) => startLine)).toEqual([
      headerEndLine,
      ...cells.slice(0, -1).map(({ endLine }) => endLine),
    ]);
    expect(cells.at(-1)?.endLine).toBe(lines.length);
  });
});

const line = fc.constantFrom(
  '',
  'x = 1',
  '    y = 2  # größer',
  '%time f(x)',
  '!ls -l \\',
  '  continued',
  'files = !ls',
  "s = '''",
  "'''",
  '# comment',
  '\t',
);
const markers = fc.constantFrom(
  '# %%',
  '#%% Title',
  '# %% [markdown]',
  '# %% [raw] a=1',
  '# In[3]:',
);
const script = fc
  .tuple(
    fc.array(fc.oneof(line, markers), { maxLength: 30 }),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([lines, eol, isClosed]) => lines.join(eol) + (isClosed ? eol : ''));

test('any text is its lines, and each line behind the header is in one cell', () => {
  fc.assert(
    fc.property(fc.oneof(script, fc.string()), (text) => {
      const { lines, headerEndLine, cells } = parsePercentScript(text);
      expect(lines.join('')).toBe(text);
      let at = headerEndLine;
      for (const cell of cells) {
        expect(cell.startLine).toBe(at);
        expect(cell.sourceStartLine).toBeGreaterThanOrEqual(cell.startLine);
        expect(cell.sourceEndLine).toBeGreaterThanOrEqual(cell.sourceStartLine);
        expect(cell.endLine).toBeGreaterThanOrEqual(cell.sourceEndLine);
        at = cell.endLine;
      }
      expect(at).toBe(lines.length);
    }),
  );
});

/** Sources that close their strings and begin no cell. */
const newSource = fc
  .array(
    fc.constantFrom(
      'a = 1',
      '',
      '    b = "%%"',
      '%time g()',
      '%%time',
      'd = !ls',
      '!pwd',
      '# no',
      '"""q"""',
    ),
    { maxLength: 6 },
  )
  .map((lines) => lines.join('\n'))
  .filter((source) => !source.endsWith('\n') && source.trim() === source);

test('a new source of a cell is the only thing that changes', () => {
  fc.assert(
    fc.property(script, fc.nat(), newSource, (text, which, source) => {
      const before = parsePercentScript(text);
      // A string that is left open swallows what follows it.
      fc.pre(before.cells.length > 0 && !/'''/.test(text));
      const index = which % before.cells.length;
      fc.pre(before.cells[index]?.sourceStartLine !== before.cells[index]?.startLine);
      const edit = replacePercentSource(before, index, source);
      const after = parsePercentScript(
        [
          ...before.lines.slice(0, edit.startLine),
          edit.text,
          ...before.lines.slice(edit.endLine),
        ].join(''),
      );
      const sources = (each: typeof before) => each.cells.map((cell) => cell.source);
      expect(sources(after)).toEqual(sources(before).with(index, source));
    }),
  );
});

test('only a file with a marker counts', () => {
  expect(isPercentScript('import os\n# %% Load\nx = 1\n')).toBe(true);
  expect(isPercentScript('#%%\r\nx = 1\r\n')).toBe(true);
  expect(isPercentScript('# %%[markdown]\n')).toBe(true);
  expect(isPercentScript('x = 5  # 100 %% sure\n# %%time\nprint("# %%")\n')).toBe(false);
});
