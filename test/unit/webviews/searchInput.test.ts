import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSearch } from '../../../src/core/search/parseSearch';
import { colourSearch } from '../../../webviews/shared/search/colourSearch';
import { isUnfinished } from '../../../webviews/shared/search/isUnfinished';
import { emptyVocabulary } from '../../../webviews/shared/search/knowsKey';
import { searchExamples } from '../../../webviews/shared/search/searchExamples';
import {
  entriesOf,
  pressKey,
  type SearchInput,
  startInput,
  takeEntry,
  typeText,
} from '../../../webviews/shared/search/searchInput';
import { sampleVocabulary } from '../../page/support/sampleVocabulary';

const recent = ['starred', 'lr < 0.1'];

/** The bar is where the cursor is. */
function typed(marked: string): SearchInput {
  const cursor = marked.indexOf('|');
  return typeText(marked.replace('|', ''), cursor, sampleVocabulary);
}

function shown({ text, cursor }: SearchInput): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

function taken(marked: string, label: string): SearchInput {
  const input: SearchInput = { ...typed(marked), list: 'suggestions' };
  const entry = entriesOf(input, sampleVocabulary, recent).find((each) => each.label === label);
  if (entry === undefined) throw new Error(`${label} is not offered`);
  return takeEntry(input, entry);
}

describe('what a taken entry leaves', () => {
  it.each([
    ['val_a|', 'metrics.val_acc', 'metrics.val_acc |'],
    ['bes| > 1', 'best()', 'best(|) > 1'],
    ['best(|)', 'metrics.loss', 'best(metrics.loss) |'],
    ['best(los| > 1', 'metrics.loss', 'best(metrics.loss |> 1'],
    ['at(lo|)', 'metrics.loss', 'at(metrics.loss, |)'],
    ['(lo|) OR starred', 'metrics.loss', '(metrics.loss|) OR starred'],
    ['params.model |', 'IN', 'params.model IN (|)'],
    ['params.model IN (|)', 'resnet18', "params.model IN ('resnet18'|)"],
    ["params.model IN ('vit', |)", 'resnet18', "params.model IN ('vit', 'resnet18'|)"],
    ['status = f|', 'finished', "status = 'finished' |"],
    ['mod| = 3', 'params.model', 'params.model |= 3'],
    ['starred A|', 'AND', 'starred AND |'],
  ])('%s', (marked, label, expected) => {
    expect(shown(taken(marked, label))).toBe(expected);
  });

  it('asks for more where a condition is not whole, and for no more where it is', () => {
    expect(taken('val_a|', 'metrics.val_acc').list).toBe('suggestions');
    expect(taken('status = f|', 'finished').list).toBe('closed');
  });
});

describe('when the list opens by itself', () => {
  it.each([
    ['v|', true],
    ['metrics.loss |', true],
    ['lr |', true],
    ['lr < |', true],
    ['starred AND |', true],
    ['resnet |', false],
    ['lr < 0.1 |', false],
    ['|', false],
  ])('%s', (marked, isOpen) => {
    expect(typed(marked).list === 'suggestions').toBe(isOpen);
  });
});

describe('keys', () => {
  const press = (input: SearchInput, key: string, more = {}) =>
    pressKey(input, { key, ...more }, entriesOf(input, sampleVocabulary, recent), true);

  it('walks round the list, and Escape closes it', () => {
    const open = typed('metrics.|');
    const count = entriesOf(open, sampleVocabulary, recent).length;
    expect(press(open, 'ArrowDown').input.active).toBe(0);
    expect(press(open, 'ArrowUp').input.active).toBe(count - 1);
    expect(press({ ...open, active: count - 1 }, 'ArrowDown').input.active).toBe(0);
    expect(press(open, 'Escape')).toEqual({
      input: { text: 'metrics.', cursor: 8, list: 'closed' },
      isHandled: true,
    });
    expect(press(startInput('metrics.'), 'Escape').isHandled).toBe(false);
  });

  it('gives Tab back to the page where there is nothing to take', () => {
    expect(press(startInput('lr < 1'), 'Tab').isHandled).toBe(false);
    expect(press(typed('lr |'), 'Tab').isHandled).toBe(false);
    expect(press(typed('val_a|'), 'Tab', { shiftKey: true }).isHandled).toBe(false);
    expect(press(typed('val_a|'), 'Tab').input.text).toBe('metrics.val_acc ');
  });

  it('takes by Enter only what the arrow keys have chosen', () => {
    expect(press(typed('mod|'), 'Enter')).toMatchObject({
      input: { text: 'mod', list: 'closed' },
      isEntered: true,
    });
    expect(press({ ...typed('mod|'), active: 0 }, 'Enter').input.text).toBe('params.model ');
  });

  it('finds earlier searches by Up, in the empty field only', () => {
    const { input } = press(startInput(''), 'ArrowUp');
    expect(entriesOf(input, sampleVocabulary, recent).map(({ label }) => label)).toEqual(recent);
    expect(press(input, 'Enter')).toMatchObject({ input: { text: 'starred' }, isEntered: true });
    expect(press(startInput('x'), 'ArrowUp').isHandled).toBe(false);
  });
});

describe('errors while typing', () => {
  it.each([
    ['metrics.loss <|', true],
    ['metrics.loss < |', true],
    ["status = 'fin|", true],
    ['(starred AND lr < 1|', true],
    ['((lr < 1) OR (lr > 2|', true],
    ['best(met|', true],
    ['lr < = 3|', false],
    ['metrics.loss < abc AND starred|', false],
    ['metrics.loss < | AND starred', false],
    ['(starred))|', true],
  ])('%s', (marked, expected) => {
    const text = marked.replace('|', '');
    const { error } = parseSearch(text);
    if (error === undefined) throw new Error('no error');
    expect(isUnfinished(text, marked.indexOf('|'), error)).toBe(expected);
  });
});

const pieces = [
  ...[
    'metrics.',
    'val_acc',
    'lr',
    ' ',
    '(',
    ')',
    '=',
    '<',
    '=~',
    '/',
    "'",
    '`',
    '"',
    'AND ',
    'NOT',
  ],
  ...['best(', 'at(', ',', 'status', ' in (', '0.1', '\u{1F600}', '\ud800', '__proto__', '\t'],
];
const anySearch = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((parts) => parts.join('')),
);

describe('whatever is written', () => {
  it('the coloured pieces are the text, and the error is marked', () => {
    fc.assert(
      fc.property(anySearch, (text) => {
        const { error } = parseSearch(text);
        const all = colourSearch(text, error);
        const joined = all.map((piece) => piece.text).join('');
        expect(joined.startsWith(text)).toBe(true);
        expect(joined.slice(text.length).trim()).toBe('');
        expect(all.some(({ isError }) => isError)).toBe(error !== undefined);
        expect(all.every((piece) => piece.text !== '')).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('no key and no entry breaks the field, and the cursor stays within it', () => {
    const keys = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Enter', 'Tab', 'Escape', ' '];
    fc.assert(
      fc.property(
        anySearch,
        fc.nat(40),
        fc.array(fc.tuple(fc.constantFrom(...keys), fc.boolean()), { maxLength: 8 }),
        (text, at, pressed) => {
          let input = typeText(text, Math.min(at, text.length), sampleVocabulary);
          for (const [key, ctrlKey] of pressed) {
            const entries = entriesOf(input, sampleVocabulary, recent);
            input = pressKey(input, { key, ctrlKey }, entries, true).input;
            const left = entriesOf(input, sampleVocabulary, recent).length;
            expect(input.cursor).toBeLessThanOrEqual(input.text.length);
            if (input.active !== undefined) expect(input.active).toBeLessThan(Math.max(left, 1));
            const { error } = parseSearch(input.text);
            if (error) isUnfinished(input.text, input.cursor, error);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('examples', () => {
  it('are ten searches without an error, whatever the keys are', () => {
    const keys = fc.array(fc.string({ minLength: 1, unit: 'binary' }), { maxLength: 3 });
    fc.assert(
      fc.property(keys, keys, (metrics, params) => {
        const examples = searchExamples({
          metrics: metrics.map((key) => ({ key, runCount: 1 })),
          params: params.map((key, index) => ({
            ...{ key, runCount: 1, valueCount: 1, values: [key], isNumber: index > 0 },
          })),
          tags: params.map((key) => ({ key, runCount: 1, values: [] })),
          attributes: {},
        });
        expect(examples).toHaveLength(10);
        for (const { text } of examples)
          expect([text, parseSearch(text).error]).toEqual([text, undefined]);
      }),
    );
    for (const { text } of searchExamples(emptyVocabulary))
      expect(parseSearch(text).error).toBeUndefined();
  });
});
