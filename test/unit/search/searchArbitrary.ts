import fc from 'fast-check';
import { fieldType } from '../../../src/core/search/fieldType';
import { findAttribute, searchAttributes } from '../../../src/core/search/searchAttribute';
import {
  type CalendarUnit,
  type DateUnit,
  type SearchDate,
  weekdays,
} from '../../../src/core/search/searchDate';
import { figureFunctions } from '../../../src/core/search/searchFunctions';
import {
  type CompareOp,
  joinNodes,
  type Place,
  type SearchField,
  type SearchNode,
  type SearchValue,
} from '../../../src/core/search/searchNode';
import {
  type DurationUnit,
  type SizeUnit,
  unitBytes,
  unitMs,
} from '../../../src/core/search/searchUnits';

const at: Place = { offset: 0, length: 0 };

/** What a generated search speaks of, and what generated runs are made of: few, so that they meet. */
export const keys = [
  'lr',
  'loss',
  'val acc',
  'a.b',
  'metrics.x',
  '`"\'',
  'naïve',
  '1st',
  'in',
  'ß',
];
export const texts = [
  ...['0.01', '1e-2', '10', '-3', 'nan', 'auto', 'Résumé', 'résumé', 'RESNET50', 'resnet18', ''],
  ...[
    "it's",
    'a"b',
    '50%',
    'a_b',
    'a*b?[c]',
    '𝒳',
    '\ufffd',
    'two words',
    'line\nbreak',
    'ΑΒΓ',
    'x',
  ],
];
export const numbers = [
  0,
  1,
  -3,
  0.01,
  10,
  1e21,
  1e-7,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

const key = fc.constantFrom(...keys);
const text = fc.oneof(fc.constantFrom(...texts), fc.string({ unit: 'grapheme', maxLength: 6 }));
const number = fc.oneof(
  fc.constantFrom(...numbers),
  fc.double({ noNaN: true }).map((each) => each + 0),
);

export const searchField: fc.Arbitrary<SearchField> = fc.oneof(
  fc.constantFrom(...searchAttributes).map((name) => ({ kind: 'attribute' as const, name, at })),
  fc.record({ kind: fc.constantFrom('param' as const, 'tag' as const), key, at: fc.constant(at) }),
  fc.record({
    kind: fc.constant('named' as const),
    key: key.filter((each) => findAttribute(each) === undefined),
    at: fc.constant(at),
  }),
  fc.record({
    kind: fc.constant('metric' as const),
    key,
    figure: fc.constantFrom(...figureFunctions),
    at: fc.constant(at),
  }),
  fc.record({
    kind: fc.constant('metricAt' as const),
    key,
    step: fc.constantFrom(0, 1, 2, 2.5, 100, -1),
    at: fc.constant(at),
  }),
  fc.record({
    kind: fc.constant('metricMean' as const),
    key,
    count: fc.constantFrom(1, 2, 3, 1000),
    at: fc.constant(at),
  }),
  fc.record({
    kind: fc.constantFrom('dataset' as const, 'artifact' as const),
    part: fc.constantFrom('name' as const, 'digest' as const, 'context' as const, 'size' as const),
    at: fc.constant(at),
  }),
);

const unit = fc.constantFrom<DateUnit>('second', 'minute', 'hour', 'day', 'week', 'month', 'year');
const date: fc.Arbitrary<SearchDate> = fc.oneof(
  fc.constantFrom(-1, 0, 1000, 1_764_201_600_000).map((ms) => ({ kind: 'ms' as const, ms })),
  fc
    .constantFrom(
      '2025-11',
      '2025-11-27',
      '2025-11-27T00:00',
      '2025-11-27T00:00:00Z',
      '1970-01-01T00:00:01.000Z',
    )
    .map((each) => ({ kind: 'iso' as const, text: each })),
  fc.constant<SearchDate>({ kind: 'now' }),
  fc
    .constantFrom('today' as const, 'yesterday' as const)
    .map((day) => ({ kind: 'day' as const, day })),
  fc.record({
    kind: fc.constant('weekday' as const),
    weekday: fc.constantFrom(...weekdays),
    isBefore: fc.boolean(),
  }),
  fc.record({
    kind: fc.constant('calendar' as const),
    which: fc.constantFrom('this' as const, 'last' as const),
    unit: fc.constantFrom<CalendarUnit>('week', 'month', 'year'),
  }),
  fc.record({ kind: fc.constantFrom('ago' as const, 'past' as const), count: fc.nat(40), unit }),
);

function valueFor(of: SearchField): fc.Arbitrary<SearchValue> {
  const asText = text.map((each) => ({ kind: 'text' as const, text: each, at }));
  const asNumber = number.map((each) => ({ kind: 'number' as const, number: each, at }));
  switch (fieldType(of)) {
    case 'text':
      return of.kind === 'attribute' && of.name === 'status'
        ? fc
            .constantFrom('finished', 'FAILED', 'running')
            .map((each) => ({ kind: 'text', text: each, at }))
        : asText;
    case 'any':
      return fc.oneof(
        asText,
        asNumber.filter(({ number: each }) => of.kind === 'named' || Number.isFinite(each)),
      );
    case 'number':
      return asNumber;
    case 'duration':
      return fc.record({
        kind: fc.constant('duration' as const),
        amount: fc.constantFrom(0, 1, 8, 1.5, 1e-7, 9000),
        // SAFETY: the keys of the table are its units.
        unit: fc.constantFrom(...(Object.keys(unitMs) as DurationUnit[])),
        at: fc.constant(at),
      });
    case 'size':
      return fc.record({
        kind: fc.constant('size' as const),
        amount: fc.constantFrom(0, 1, 10, 1.5, 1e21),
        // SAFETY: as above.
        unit: fc.constantFrom(...(Object.keys(unitBytes) as SizeUnit[])),
        at: fc.constant(at),
      });
    case 'date':
      return date.map((each) => ({ kind: 'date' as const, date: each, at }));
  }
}

function isText(of: SearchField): boolean {
  const type = fieldType(of);
  return type === 'text' || type === 'any';
}

const ops = fc.constantFrom<CompareOp>('=', '!=', '<', '<=', '>', '>=');
const pattern = fc
  .array(fc.constantFrom('%', '_', 'a', 'R', 'é', '0.', '*', '[', "'", '/', ' '), { maxLength: 5 })
  .map((parts) => parts.join(''));

const condition: fc.Arbitrary<SearchNode> = fc.oneof(
  {
    weight: 6,
    arbitrary: searchField.chain((of) =>
      fc.record({
        kind: fc.constant('compare' as const),
        field: fc.constant(of),
        op: ops,
        value: valueFor(of),
        at: fc.constant(at),
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: searchField.filter(isText).chain((of) =>
      fc.record({
        kind: fc.constant('pattern' as const),
        field: fc.constant(of),
        syntax: fc.constantFrom('like' as const, 'ilike' as const),
        pattern,
        flags: fc.constant(''),
        isNegated: fc.boolean(),
        at: fc.constant(at),
      }),
    ),
  },
  searchField.filter(isText).chain((of) =>
    fc.record({
      kind: fc.constant('pattern' as const),
      field: fc.constant(of),
      syntax: fc.constant('regex' as const),
      pattern: fc.constantFrom('^0', 'a/b|é', '[a-z]+\\d', '(?i)RES', '^$', '\\\\', '.'),
      flags: fc.constantFrom('', 'i', 'is', 'm'),
      isNegated: fc.boolean(),
      at: fc.constant(at),
    }),
  ),
  searchField.chain((of) =>
    fc.record({
      kind: fc.constant('in' as const),
      field: fc.constant(of),
      values: fc.array(valueFor(of), { minLength: 1, maxLength: 3 }),
      isNegated: fc.boolean(),
      at: fc.constant(at),
    }),
  ),
  searchField.chain((of) =>
    fc.record({
      kind: fc.constant('between' as const),
      field: fc.constant(of),
      low: valueFor(of),
      high: valueFor(of),
      isNegated: fc.boolean(),
      at: fc.constant(at),
    }),
  ),
  searchField.chain((of) =>
    fc.record({
      kind: fc.constant('has' as const),
      field: fc.constant(of),
      isNegated: fc.boolean(),
      at: fc.constant(at),
    }),
  ),
  fc
    .oneof(fc.constantFrom('res', 'É', 'python', 'train.py', 'lr', 'and', 'fit(', ...texts), text)
    .filter((each) => each !== '')
    .map((each) => ({ kind: 'text' as const, text: each, at })),
  fc
    .constantFrom('starred' as const, 'deleted' as const, 'archived' as const)
    .map((flag) => ({ kind: 'flag' as const, flag, at })),
);

/** Any tree that `parseSearch` can give, but for its places. */
export const searchNode: fc.Arbitrary<SearchNode> = fc.letrec<{
  node: SearchNode;
  joined: SearchNode;
}>((tie) => ({
  node: fc.oneof({ maxDepth: 3, withCrossShrink: true }, condition, condition, tie('joined')),
  joined: fc.oneof(
    fc
      .tuple(
        fc.constantFrom('and' as const, 'or' as const),
        fc.array(tie('node'), { minLength: 2, maxLength: 3 }),
      )
      .map(([kind, parts]) => joinNodes(kind, parts, at)),
    tie('node').map((part) => ({ kind: 'not' as const, part, at })),
  ),
})).node;
