import { expect, test } from 'vitest';
import { parseNote } from '../../../src/core/present/parseNote';

const text = (of: string) => ({ kind: 'text', text: of }) as const;

test('reads the few signs that a note can have', () => {
  expect(
    parseNote(
      '# Second try\nwith **more** data and *less* `lr`\nnext line\n\n- a\n- b\n\n1. x\n```\n**raw**\n```',
    ),
  ).toEqual([
    { kind: 'heading', level: 1, spans: [text('Second try')] },
    {
      kind: 'paragraph',
      lines: [
        [
          text('with '),
          { kind: 'bold', text: 'more' },
          text(' data and '),
          { kind: 'italic', text: 'less' },
          text(' '),
          { kind: 'code', text: 'lr' },
        ],
        [text('next line')],
      ],
    },
    { kind: 'list', isOrdered: false, items: [[text('a')], [text('b')]] },
    { kind: 'list', isOrdered: true, items: [[text('x')]] },
    { kind: 'code', text: '**raw**' },
  ]);
});

test('leaves links, pictures and HTML the text that they are', () => {
  for (const hostile of ['[a](javascript:alert(1))', '![](x)', '<img src=x onerror=alert(1)>']) {
    expect(parseNote(hostile)).toEqual([{ kind: 'paragraph', lines: [[text(hostile)]] }]);
  }
});

test('is not held up by what no one would write', () => {
  const started = performance.now();
  parseNote('*'.repeat(20_000));
  parseNote('`'.repeat(20_000));
  parseNote('**a'.repeat(10_000));
  expect(performance.now() - started).toBeLessThan(2_000);
});
