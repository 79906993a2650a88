import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseSearch } from '../../../src/core/search/parseSearch';
import { printSearch } from '../../../src/core/search/printSearch';
import { walkSearch } from '../../../src/core/search/searchNode';
import { searchNode } from './searchArbitrary';
import { withoutPlaces } from './withoutPlaces';

/** The search as it is printed, or the error with what it points at. */
function read(text: string): string {
  const { node, error } = parseSearch(text);
  return node ? printSearch(node) : `${error.message} [${text.slice(error.start, error.end)}]`;
}

describe('a search', () => {
  test.each([
    ['', ''],
    [
      "metrics.val_acc > 0.9 AND params.lr = '0.01'",
      "metrics.val_acc > 0.9 AND params.lr = '0.01'",
    ],
    ['metric.a>=1e-3 and Params."l r"="x"', "metrics.a >= 0.001 AND params.`l r` = 'x'"],
    ["tags.mlflow.user = 'x'", "tags.mlflow.user = 'x'"],
    [
      'metrics.val/loss<.5 metrics.ndcg@10 ≥ 1',
      'metrics.`val/loss` < 0.5 AND metrics.`ndcg@10` >= 1',
    ],
    ['a OR b AND NOT (c OR d)', 'a OR b AND NOT (c OR d)'],
    ['(a AND (b AND c)) OR (d OR e)', 'a AND b AND c OR d OR e'],
    ['lr < 0.01 status = failed', "lr < 0.01 AND status = 'failed'"],
    ['"f 1" > .5', '`f 1` > 0.5'],
    [
      'params.a like "x%" or params.b NOT ILIKE \'%y\'',
      "params.a LIKE 'x%' OR params.b NOT ILIKE '%y'",
    ],
    [
      'params.m =~ /^a\\/b\\\\/SI run_name !~ "x"',
      'params.m =~ /^a\\/b\\\\/is AND run_name !~ /x/',
    ],
    [
      "attributes.run_id IN ('a','b') AND lr not in (0.1, auto)",
      "run_id IN ('a', 'b') AND lr NOT IN (0.1, 'auto')",
    ],
    [
      'params.x is null AND has(tags.y) and `z` IS NOT NULL',
      'params.x IS NULL AND tags.y IS NOT NULL AND z IS NOT NULL',
    ],
    ['best(metrics.acc) > 0.9 Last(loss) < 1', 'best(metrics.acc) > 0.9 AND metrics.loss < 1'],
    [
      'at(metrics."val loss", 100) <= 2 count(x) = 3',
      'at(metrics.`val loss`, 100) <= 2 AND count(metrics.x) = 3',
    ],
    ['metrics.loss = NaN OR metrics.loss < -inf', 'metrics.loss = nan OR metrics.loss < -inf'],
    [
      'duration > 1h30m duration<90 duration != 2 hours',
      'duration > 90m AND duration < 90s AND duration != 2h',
    ],
    ['log_size >= 10mb artifact.size < 1.5 GiB', 'log_size >= 10MB AND artifact.size < 1.5GiB'],
    [
      'started > yesterday ended <= last week AND x',
      'start_time > yesterday AND end_time <= last week AND x',
    ],
    [
      "created = '2026-11-01 14:30' start < 3 days ago",
      'start_time = 2026-11-01T14:30 AND start_time < 3 days ago',
    ],
    [
      'started = last 2 weeks started > last monday',
      'start_time = last 2 weeks AND start_time > last monday',
    ],
    [
      'start_time >= 1664067852747 started > an hour ago',
      'start_time >= 1664067852747 AND start_time > 1 hour ago',
    ],
    ['starred NOT archived deleted = false', 'starred AND NOT archived AND NOT deleted'],
    ['archived = true OR Mean(loss, 5) < 1', 'archived OR mean(metrics.loss, 5) < 1'],
    [
      'lr between 1e-4 and .01 and params.x not between \'a\' and "b"',
      "lr BETWEEN 0.0001 AND 0.01 AND params.x NOT BETWEEN 'a' AND 'b'",
    ],
    [
      'started between last monday and yesterday or duration BETWEEN 1h AND 2 hours',
      'start_time BETWEEN last monday AND yesterday OR duration BETWEEN 1h AND 2h',
    ],
    ['difference between old and new', 'difference AND "between" AND old AND new'],
    [
      '"starred" \'two words\' python in docker is it',
      '"starred" AND "two words" AND python AND "in" AND docker AND "is" AND it',
    ],
    ['attributes.`Run name` ILIKE "%a%"', "run_name ILIKE '%a%'"],
    ["params.x = 'it''s' params.y = \"it's\"", 'params.x = "it\'s" AND params.y = "it\'s"'],
    ['datasets.context = "train"', "dataset.context = 'train'"],
    ['run.py train.sh --lr', '"run.py" AND train.sh AND "--lr"'],
  ])('%s', (text, printed) => {
    expect(read(text)).toBe(printed);
    expect(read(printed)).toBe(printed);
  });

  test.each([
    ['metrics.acc > ', 'Write a value after >. []'],
    ['metrics.acc > high', 'This is compared with a number: write one such as 0.9. [high]'],
    ["metrics.acc > '0.9'", "This is compared with a number: write 0.9 without quotes. ['0.9']"],
    ['a AND', 'Something is missing after AND: write a condition. []'],
    ['AND a', 'Write a condition before this; to look for it as text, put it in quotes. [AND]'],
    ['(a OR b', 'This ( is not closed: write ) where it ends. [(]'],
    ['a) b', 'This ) closes nothing: take it away. [)]'],
    ["params.m = 'res", "This is not closed: write ' where it ends. ['res]"],
    ['params.m = `res`', "Backticks are for keys: write 'res'. [`res`]"],
    ['params.m =~ /(/', 'This regular expression cannot be read (missing closing ): `(`). [/(/]'],
    ['params.m =~ /a{999}{999}/', /^This regular expression .*\[\/a\{999\}\{999\}\/\]$/],
    ['params.m =~ /a/x', /^There is no flag x/],
    ['sum(metrics.a) > 1', /^There is no function sum: there is best, .*\[sum\]$/],
    ['mean(metrics.a) > 1', /^Write how many values: mean\(metrics.loss, 5\) .*\[\)\]$/],
    ['mean(metrics.a, 0) > 1', /^This is a whole number from 1 on: .*\[0\]$/],
    ['mean(metrics.a, 1.5) > 1', /^This is a whole number from 1 on/],
    ['best(params.a) > 1', 'best() is of a metric: best(metrics.loss). [params.a]'],
    ['at(loss) > 1', 'Write a step here: at(metrics.loss, 100). [)]'],
    ['run.colour = 1', /^There is no attribute colour: there is run_id, .*\[run.colour\]$/],
    ['dataset.colour = 1', /^Of a dataset there is name, .*\[dataset.colour\]$/],
    ['started > soon', /^This is a time: write 2026-11-01, .*\[soon\]$/],
    ['started > 2026-02-30', /^This is a time/],
    ['duration > long', /^This is a duration: write one such as 90s.*\[long\]$/],
    ['log_size > -1', /^This is a size/],
    ['metrics.a LIKE "x"', /^This is not text: compare it with =.*\[LIKE\]$/],
    ['metrics.a < nan', /^Nothing is less or more than nan.*\[< nan\]$/],
    ['metrics.a BETWEEN 1', 'Write AND and the upper end here: BETWEEN 1 AND 2. []'],
    ['metrics.a BETWEEN 1 OR 2', 'Write AND and the upper end here: BETWEEN 1 AND 2. [OR]'],
    ['metrics.a BETWEEN 1 AND nan', 'Nothing is less or more than nan: write a number. [nan]'],
    ['run_id IN "a"', /^Write a list after IN, such as/],
    ['starred > 3', /^This is true or false: write starred, or NOT starred/],
    ['metrics.`a b`', /^Say what of it, such as > 0.9/],
    ['lr = 1 < 2', 'Write AND or OR before this. [<]'],
    ['= 2', 'Write a condition here, such as metrics.loss < 0.5. [=]'],
    ['params. = 2', 'Write a name after params. [params.]'],
    [`${'('.repeat(41)}a`, 'Parentheses and NOT go at most 40 deep. [(]'],
  ])('that is none: %s', (text, message) => {
    if (typeof message === 'string') expect(read(text)).toBe(message);
    else expect(read(text)).toMatch(message);
  });

  test('has an end to its length', () => {
    expect(read('a '.repeat(200))).not.toContain('at most');
    expect(read('a '.repeat(201))).toBe('A search has at most 200 conditions. [a]');
    expect(read('a'.repeat(10_001))).toBe(
      'A search has at most 10000 characters: take some away. [a]',
    );
  });

  test('knows where each part of it stands', () => {
    const shown =
      "lr < 0.01 AND NOT (params.`a b` IN ('x', 3) OR  at(loss, 5) > 2) started = 3 days ago";
    const { node } = parseSearch(shown);
    const slice = (each: { at: { offset: number; length: number } }) =>
      shown.slice(each.at.offset, each.at.offset + each.at.length);
    const parts = node
      ? [...walkSearch(node)].flatMap((each) => [
          slice(each),
          ...('field' in each ? [slice(each.field)] : []),
          ...('value' in each ? [slice(each.value)] : []),
          ...('values' in each ? each.values.map(slice) : []),
        ])
      : [];
    expect(parts).toEqual([
      shown,
      ...['lr < 0.01', 'lr', '0.01'],
      "NOT (params.`a b` IN ('x', 3) OR  at(loss, 5) > 2",
      "params.`a b` IN ('x', 3) OR  at(loss, 5) > 2",
      ...["params.`a b` IN ('x', 3)", 'params.`a b`', "'x'", '3'],
      ...['at(loss, 5) > 2', 'at(loss, 5)', '2'],
      ...['started = 3 days ago', 'started', '3 days ago'],
    ]);
  });

  test('is the same after it was printed and read again', () => {
    fc.assert(
      fc.property(searchNode, (node) => {
        const text = printSearch(node);
        const { node: again, error } = parseSearch(text);
        expect(error).toBeUndefined();
        expect(withoutPlaces(again)).toEqual(withoutPlaces(node));
      }),
      { numRuns: 2000 },
    );
  });

  test('can be any text at all: it is read, or the error points into it', () => {
    const bits = [
      'metrics.',
      'params.`',
      '`',
      '"',
      "'",
      '(',
      ')',
      ',',
      '=',
      '<',
      '!=',
      '=~',
      '/',
      'AND',
      'or',
      'not',
      'in',
      'is',
      'null',
      'like',
      'best(',
      'at(',
      'has(',
      'started',
      'starred',
      'duration',
      'last',
      'week',
      '3',
      'd',
      ' ',
      '\\',
      'é',
      '\ud800',
      '\0',
      'between',
    ];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc
            .array(fc.oneof(fc.constantFrom(...bits), fc.constant(' ')), { maxLength: 30 })
            .map((parts) => parts.join('')),
        ),
        (text) => {
          const { node, error } = parseSearch(text);
          if (node) {
            expect(withoutPlaces(parseSearch(printSearch(node)).node)).toEqual(withoutPlaces(node));
            for (const { at } of walkSearch(node))
              expect(at.offset + at.length).toBeLessThanOrEqual(text.length);
          } else {
            expect(error.start).toBeGreaterThanOrEqual(0);
            expect(error.end).toBeGreaterThanOrEqual(error.start);
            expect(error.end).toBeLessThanOrEqual(text.length);
          }
        },
      ),
      { numRuns: 5000 },
    );
  });
});
