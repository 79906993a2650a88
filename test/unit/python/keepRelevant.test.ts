import { describe, expect, it } from 'vitest';
import { keepRelevant } from '../../../src/core/python/keepRelevant';

describe('keepRelevant', () => {
  it('empties functions that do not matter and keeps every line number', () => {
    const source = 'import x\ndef a(\n    b,\n):\n    pass\n\ndef c():\n    fit()\nx = a()\n';
    expect(keepRelevant(source, /fit/)).toBe('import x\n\n\n\n\n\ndef c():\n    fit()\nx = a()\n');
  });

  it('keeps callers of what matters', () => {
    const source = 'def one():\n    fit()\ndef all():\n    one()\ndef other():\n    two()\n';
    expect(keepRelevant(source, /fit/)).toBe('def one():\n    fit()\ndef all():\n    one()\n\n\n');
  });

  it('keeps the quotes of a string that goes on at the margin', () => {
    const source = 'def a():\n    """\ndef text\n"""\n    x\nm.fit()\n';
    expect(keepRelevant(source, /fit/)).toBe(source.replace('def text', ''));
  });
});
