import { describe, expect, test } from 'vitest';
import type { CellExecution } from '../../../src/core/notebook/cellExecution';
import { type JudgedCell, judgeNotebook } from '../../../src/core/trust/judge';

const shown = { kind: 'stream', name: 'stdout', data: {}, text: 'shown\n' } as const;

/** A notebook whose cells have their letter as id, and what ran, as `b=new source` or `b`. */
function judge(sources: Readonly<Record<string, string>>, ...ran: readonly string[]) {
  const session = { number: 1, order: 0 };
  const executions: CellExecution[] = [];
  for (const [at, what] of ran.entries()) {
    if (what === 'restart') {
      session.number += 1;
      session.order = 0;
      continue;
    }
    const [cellId = '', ...source] = what.split('=');
    session.order += 1;
    executions.push({
      cellId: cellId.replace('!', ''),
      cellIndex: Object.keys(sources).indexOf(cellId),
      source: source.length > 0 ? source.join('=') : (sources[cellId] ?? ''),
      order: session.order,
      startedAtMs: at,
      endedAtMs: at,
      succeeded: !cellId.endsWith('!'),
      session: String(session.number),
    });
  }
  const cells = Object.entries(sources).map(([id, source]): JudgedCell => {
    const last = executions.findLast(({ cellId }) => cellId === id);
    return {
      kind: 'code',
      id,
      source,
      outputs: last ? [shown] : [],
      ...(last?.order !== undefined && { executionCount: last.order }),
    };
  });
  return judgeNotebook(cells, executions);
}

function verdicts(...args: Parameters<typeof judge>): string {
  return judge(...args)
    .cells.map(({ cellId, verdict, faults }) => {
      const [fault] = faults;
      return fault
        ? `${cellId} ${verdict}:${fault.kind}${fault.name ? `(${fault.name})` : ''}`
        : `${cellId} ${verdict}`;
    })
    .join(' ');
}

const abc = { a: 'x = 1', b: 'y = x + 1', c: 'print(y)' };

test('a notebook run from top to bottom can be reproduced', () => {
  expect(judge(abc, 'a', 'b', 'c')).toMatchObject({ reproducible: 'yes', basis: 'executions' });
  expect(verdicts(abc, 'a', 'b', 'c', 'a', 'c', 'b', 'restart', 'a', 'b', 'c')).toBe(
    'a fresh b fresh c fresh',
  );
});

test('what depends on an edited cell is stale until it runs again', () => {
  expect(verdicts(abc, 'a=x = 0', 'b', 'c')).toBe(
    'a stale:edited b stale:upstreamEdited(x) c stale:upstreamEdited(x)',
  );
  expect(verdicts(abc, 'a=x = 0', 'b', 'c', 'a')).toBe(
    'a fresh b stale:upstreamRan(x) c stale:upstreamRan(x)',
  );
  expect(verdicts(abc, 'a=x = 0', 'b', 'c', 'a', 'b', 'c')).toBe('a fresh b fresh c fresh');
});

test('a comment makes nothing stale', () => {
  expect(verdicts(abc, 'a=x  =  1  # one', 'b', 'c')).toBe('a fresh b fresh c fresh');
});

test('a value of a deleted cell, or of a source that is gone, is hidden state', () => {
  expect(verdicts({ b: 'print(x)' }, 'z=x = 1', 'b')).toBe('b hiddenState:deleted(x)');
  expect(verdicts({ a: 'w = 1', b: 'print(x)' }, 'a=x = 1', 'b', 'a')).toBe(
    'a fresh b hiddenState:earlierSource(x)',
  );
  expect(judge({ b: 'print(x)' }, 'z=x = 1', 'b').cells[0]?.missing).toEqual([
    { name: 'x', isCertain: true },
  ]);
});

test('a value of a cell that comes later is out of order', () => {
  expect(verdicts({ a: 'print(x)', b: 'x = 1' }, 'b', 'a')).toBe('a outOfOrder:order(x) b fresh');
  const twice = { a: 'x = 1', b: 'print(x)', c: 'x = 2' };
  expect(verdicts(twice, 'a', 'c', 'b')).toBe('a fresh b outOfOrder:order(x) c fresh');
});

describe('running again', () => {
  test.each([
    ['adds to a list', 'x.append(1)', false],
    ['counts on', 'x += [1]', false],
    ['changes what an attribute holds', 'x.y.z(1)', false],
    ['calls what is not known', 'import m\nm.process(x)', false],
    ['draws from an iterator', 'next(x)', false],
    ['drops in place', 'x.drop(1, inplace=True)', false],
    ['sets a key', 'x["k"] = 1', true],
    ['sets a key from another', 'x["k"] = x["j"] * 2', true],
    ['sorts anew', 'y = sorted(x)', true],
    ['looks', 'x.head()\nprint(x)\nlen(x)', true],
    ['copies and changes the copy', 'z = x.copy()\nz.append(1)', true],
    ['loops', 'for i in x:\n    print(i)', true],
  ])('a cell that %s', (_, source, isSame) => {
    const sources = { a: 'x = {"j": [1]}', b: source, c: 'print(x)' };
    const [, , after] = judge(sources, 'a', 'b', 'b', 'c').cells;
    expect(after?.verdict === 'fresh').toBe(isSame);
  });
});

describe('a change reaches', () => {
  test.each([
    ['a name of the same object', 'x = [1]\ny = x', 'y.append(2)'],
    ['what a list contains', 'x = [1]\ny = [x, 3]', 'y[0].append(2)'],
    ['what a function is given', 'x = [1]\ndef f(v):\n    v.append(2)', 'f(x)'],
    ['what a function reads', 'x = [1]\ndef f():\n    x.append(2)', 'f()'],
    ['what a function binds', 'x = 1\ndef f():\n    global x\n    x += 1', 'f()'],
    [
      'what a method is called on',
      'class C:\n    def add(self):\n        self.n = 1\nx = C()',
      'x.add()',
    ],
    ['what a loop goes over', 'x = [[1]]', 'for i in x:\n    i.append(2)'],
    [
      'what a function is handed',
      'x = [[1]]\ndef f(v):\n    v.append(1)\n    return v',
      'y = list(map(f, x))',
    ],
    [
      'random numbers',
      'import random\nrandom.seed(1)\nx = 1',
      'print(random.random())\nx = random.random()',
    ],
  ])('%s', (_, made, changed) => {
    const sources = { a: made, b: changed, c: 'print(x)' };
    expect(verdicts(sources, 'a', 'b', 'c')).toBe('a fresh b fresh c fresh');
    expect(verdicts(sources, 'a', 'b', 'b', 'c')).not.toMatch('c fresh');
    expect(verdicts({ a: made, c: 'print(x)' }, 'a', `b=${changed}`, 'c')).toMatch(/c hidden/);
  });
});

test('a function reads its names when it is called', () => {
  const sources = { a: 'def f():\n    return k', b: 'k = 1', c: 'print(f())' };
  expect(verdicts(sources, 'a', 'b', 'c')).toBe('a fresh b fresh c fresh');
  expect(verdicts(sources, 'a', 'b=k = 2', 'c', 'b')).toBe(
    'a fresh b fresh c stale:upstreamRan(f)',
  );
});

test('a file that a cell writes is what another reads', () => {
  const sources = {
    a: 'n = 1',
    b: "with open('d.txt', 'w') as f:\n    f.write(str(n))",
    c: "print(open('d.txt').read())",
  };
  expect(verdicts(sources, 'a', 'b', 'b', 'c')).toBe('a fresh b fresh c fresh');
  expect(verdicts(sources, 'a', 'b', 'c', 'a=n = 2', 'b', 'a')).toMatch(
    'b stale:upstreamRan(n) c fresh',
  );
  expect(verdicts({ ...sources, a: 'n = 2' }, 'a=n = 1', 'b', 'c', 'a', 'b')).toMatch(
    'c stale:upstreamRan(n)',
  );
});

test('the clock, the user and random numbers without a seed cannot be judged', () => {
  for (const source of [
    'import time\nprint(time.time())',
    'input()',
    'import random\nprint(random.random())',
    'import numpy as np\nnp.random.default_rng().normal()',
    '!date',
    "print({'a', 'b'})",
    "list(set('abc'))",
    "for x in set('abc'):\n    print(x)",
    "s = set('abc')\nprint([x for x in s])",
    '%%time\n1 + 1',
    '%%bash\ncurl example.com',
  ]) {
    expect(verdicts({ a: source }, 'a')).toMatch(/^a unknown:outside/);
  }
});

test('magics, other languages and star imports', () => {
  expect(verdicts({ a: '%%capture out\nprint(1)', b: 'out.stdout' }, 'a', 'b')).toBe(
    'a fresh b fresh',
  );
  expect(verdicts({ a: '%%html\n<b>x</b>', b: '!echo hi' }, 'a', 'b')).toBe('a fresh b fresh');
  expect(verdicts({ a: 'from math import *', b: 'sqrt(2)' }, 'a', 'b')).toBe('a fresh b fresh');
  expect(verdicts({ a: '%run setup.py', b: 'print(made)' }, 'a', 'b')).toBe('a fresh b fresh');
  expect(verdicts({ b: 'print(made)' }, 'a=%run setup.py', 'b')).not.toMatch('b fresh');
  expect(verdicts({ b: 'print(made)' }, "a=exec('made = 1')", 'b')).not.toMatch('b fresh');
});

test('a failed cell, and one that never ran', () => {
  expect(verdicts({ a: '1 / 0', b: 'print(1)' }, 'a!', 'b')).toBe('a failed b fresh');
  expect(judge({ a: '1 / 0' }, 'a!').reproducible).toBe('no');
  expect(verdicts({ a: 'x = 1', b: 'print(x)' }, 'a')).toBe('a fresh b notRun');
});

describe('an opened notebook that nobody watched', () => {
  const opened = (...cells: readonly (readonly [string, number?])[]) =>
    judgeNotebook(
      cells.map(([source, executionCount]) => ({
        ...{ kind: 'code' as const, source, outputs: executionCount === undefined ? [] : [shown] },
        ...(executionCount !== undefined && { executionCount }),
      })),
      [],
    );

  test('is never called fresh, as its sources may not be those that ran', () => {
    const report = opened(['x = 1', 1], ['print(x)', 2]);
    expect(report).toMatchObject({ basis: 'counts', reproducible: 'unknown' });
    expect(report.cells.map(({ verdict }) => verdict)).toEqual(['unknown', 'unknown']);
  });

  test('tells by its counts what ran out of order', () => {
    const report = opened(['print(x)', 2], ['x = 1', 1]);
    expect(report.cells[0]).toMatchObject({
      verdict: 'outOfOrder',
      faults: [{ kind: 'order', name: 'x' }],
    });
    expect(report.reproducible).toBe('no');
  });
});

test('what ran before anybody looked, or in between, is not trusted', () => {
  const cells: JudgedCell[] = [
    { kind: 'code', id: 'a', source: 'x = 1', outputs: [], executionCount: 3 },
    { kind: 'code', id: 'b', source: 'print(x)', outputs: [shown], executionCount: 5 },
  ];
  const seen = {
    cellId: 'b',
    cellIndex: 1,
    source: 'print(x)',
    order: 5,
    startedAtMs: 1,
    succeeded: true,
  };
  const report = judgeNotebook(cells, [seen]);
  expect(report.basis).toBe('some');
  expect(report.cells[1]).toMatchObject({ verdict: 'unknown', faults: [{ kind: 'unseen' }] });
});

test('code that is no Python, or nested without end, is judged without failing', () => {
  const deep = `x = ${'['.repeat(5000)}${']'.repeat(5000)}`;
  for (const source of ['def (', 'x = = 1', deep, '%%unknown\n???', '\u0000', 'if x:', '!', '%']) {
    expect(judge({ a: source, b: 'print(1)' }, 'a', 'b').cells).toHaveLength(2);
  }
});
