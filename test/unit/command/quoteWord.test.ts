import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { quoteWord, shellDialect } from '../../../src/core/command/quoteWord';
import { splitCommand } from '../../../src/core/command/splitCommand';

const anyWord = fc.string({ unit: 'binary-ascii' }).filter((word) => !word.includes('\0'));

test('a word comes out of a POSIX shell as it went in, and is read so here', () => {
  fc.assert(
    fc.property(fc.array(anyWord, { minLength: 1, maxLength: 8 }), (words) => {
      const line = words.map((word) => quoteWord(word, 'posix')).join(' ');
      const { stdout } = spawnSync('/bin/sh', ['-c', `printf '%s\\0' ${line}`], {
        encoding: 'utf8',
      });
      expect(stdout.split('\0').slice(0, -1)).toEqual(words);
      expect(splitCommand(line).map(({ text }) => text)).toEqual(words);
    }),
    { numRuns: 60 },
  );
});

describe('other shells', () => {
  it.each([
    ['powershell', "it's $x", "'it''s $x'"],
    ['powershell', 'C:\\x\\a.py', 'C:\\x\\a.py'],
    ['cmd', 'a b', '"a b"'],
    ['cmd', 'say "hi"', '"say \\"hi\\""'],
    ['cmd', 'C:\\my dir\\', '"C:\\my dir\\\\"'],
  ] as const)('%s reads %s', (dialect, word, expected) => {
    expect(quoteWord(word, dialect)).toBe(expected);
  });

  it.each([
    ['/bin/zsh', 'posix'],
    ['C:\\Program Files\\PowerShell\\7\\pwsh.exe', 'powershell'],
    ['C:\\Windows\\System32\\cmd.exe', 'cmd'],
  ] as const)('%s is %s', (path, dialect) => {
    expect(shellDialect(path)).toBe(dialect);
  });
});
