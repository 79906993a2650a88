import { expect, test } from 'vitest';
import { readImportRequests } from '../../../src/core/python/importRequests';

/** Each request as `dots module: names`. */
const requests = (source: string) =>
  readImportRequests(source).requests.map(
    ({ level, module, names }) => `${'.'.repeat(level)}${module}:${names.join()}`,
  );

test.each<[string, string, readonly string[]]>([
  ['plain', 'import a', ['a:']],
  ['dotted with an alias, and several', 'import a.b as c, d', ['a.b:', 'd:']],
  ['from', 'from a.b import c as d, e', ['a.b:c,e']],
  ['in brackets over lines', 'from a import (\n  b,  # why\n  c as d,\n)', ['a:b,c']],
  ['relative', 'from . import a\nfrom ..b import c', ['.:a', '..b:c']],
  ['three and four dots', 'from ...a import b\nfrom .... import c', ['...a:b', '....:c']],
  ['star', 'from a import *', ['a:*']],
  ['continued line', 'from a \\\n  import b', ['a:b']],
  ['behind a semicolon', 'import a; import b', ['a:', 'b:']],
  [
    'in a function and a condition',
    'def f():\n  if x:\n    import a\ntry:\n  import b\nexcept E: pass',
    ['a:', 'b:'],
  ],
  ['by name', 'import importlib\nm = importlib.import_module("a.b")', ['importlib:', 'a.b:']],
  ['by relative name', 'import_module(".a", __package__)', ['.a:']],
  ['by a name that is computed', 'import_module(f"models.{name}")', []],
  ['not in a string or a comment', '"""\nimport a\n"""\n# import b', []],
  ['a cell with magics', '%matplotlib inline\n!pip install x\nimport a', ['a:']],
  ['what is no Python', 'import 7, a-b\n{"a": [', []],
  ['letters of any script', 'import größe', ['größe:']],
])('%s', (_name, source, expected) => {
  expect(requests(source)).toEqual(expected);
});

test('what a source does to sys.path, and what it exports', () => {
  const literal = readImportRequests('import sys\nsys.path.append("lib")\n__all__ = ["a", \'b\']');
  expect(literal).toMatchObject({ addedPaths: ['lib'], changesPath: true, exported: ['a', 'b'] });
  const computed = readImportRequests('sys.path.insert(0, str(Path(__file__).parent.parent))');
  expect(computed).toMatchObject({ addedPaths: [], changesPath: true });
  expect(readImportRequests('sys.path += ["lib"]')).toMatchObject({
    addedPaths: ['lib'],
    changesPath: true,
  });
  expect(readImportRequests('print(sys.path)').changesPath).toBe(false);
});

test('hostile sources are read without an error', () => {
  for (const source of ['('.repeat(50_000), 'import a\0b', '\ud800import a', '﻿import a']) {
    expect(() => readImportRequests(source)).not.toThrow();
  }
});
