import { parsePython } from '../pythonSyntax';
import { attributeOf, callValue, itemsOf, setAttribute } from './callValue';
import { instanceAttribute } from './classes';
import { createDict, entriesOf } from './dict';
import { evaluate, readNumber } from './evaluate';
import type { Frame, Library, Machine } from './machine';
import { openFile } from './openedFile';
import { joinPaths } from './operators';
import { createScope } from './scope';
import {
  builtin,
  type CallArguments,
  none,
  type Parameter,
  type PyBuiltin,
  type PyNumber,
  type PyString,
  type PyValue,
  pyBool,
  pyFloat,
  pyInt,
  pyList,
  pyStr,
  pyTuple,
  truthOf,
  unknown,
} from './value';
import { reprOf, strOf } from './valueText';

const maxRange = 1_000;
const maxParsed = 1_000;

type Call = PyBuiltin['call'];

/** Python's own functions, as far as a default or its condition may use them. */
export function findBuiltin(name: string, frame: Frame): PyValue | undefined {
  if (name === '__name__') return pyStr('__main__');
  if (name === 'locals' && frame.scope.kind === 'module') return undefined;
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}

/** One of Python's own functions or types, whatever the program calls by its name. */
export function pythonFunction(name: string): PyValue {
  return functions[name] ?? unknown;
}

function define(calls: Readonly<Record<string, Call>>): Readonly<Record<string, PyBuiltin>> {
  return Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [name, builtin(name, call)] as const),
  );
}

const functions = define({
  super: () => unknown,
  bool: ({ positional: [value] }) => {
    const truth = value === undefined ? false : truthOf(value);
    return truth === undefined ? unknown : pyBool(truth);
  },
  int: ({ positional: [value, base] }) => (base === undefined ? toInt(value) : unknown),
  float: ({ positional: [value] }) => toFloat(value),
  str: ({ positional: [value] }) => textValue(value, strOf),
  repr: ({ positional: [value] }) => textValue(value, reprOf),
  len: ({ positional: [value] }) => {
    const items = value === undefined ? undefined : itemsOf(value);
    return items === undefined ? unknown : pyInt(items.length);
  },
  list: ({ positional: [value] }) => copyItems(value, 'list'),
  tuple: ({ positional: [value] }) => copyItems(value, 'tuple'),
  set: ({ positional: [value] }) => copyItems(value, 'set'),
  sorted: ({ positional: [value], keywords }) => (keywords.size > 0 ? unknown : sort(value)),
  reversed: ({ positional: [value] }) => {
    const items = value === undefined ? undefined : itemsOf(value);
    return items === undefined ? unknown : pyList(items.toReversed());
  },
  range: ({ positional }) => range(positional),
  enumerate: ({ positional: [value] }) => {
    const items = value === undefined ? undefined : itemsOf(value);
    return items === undefined
      ? unknown
      : pyList(items.map((item, index) => pyTuple([pyInt(index), item])));
  },
  zip: ({ positional }) => zip(positional),
  min: ({ positional }) => extreme(positional, Math.min),
  max: ({ positional }) => extreme(positional, Math.max),
  abs: ({ positional: [value] }) => mapNumber(value, Math.abs),
  dict: ({ positional: [value], keywords, isPartial }) => {
    const dict = createDict(value?.kind === 'dict' ? entriesOf(value) : []);
    for (const [key, each] of keywords) {
      dict.keys.set(`'${key}'`, pyStr(key));
      dict.entries.set(`'${key}'`, each);
    }
    if (isPartial || (value !== undefined && (value.kind !== 'dict' || value.isUncertain))) {
      dict.isUncertain = true;
    }
    return dict;
  },
  getattr: ({ positional: [object, name, otherwise] }, machine) => {
    if (object === undefined || name?.kind !== 'str') return unknown;
    const value = attributeOf(object, name.value, machine);
    return value.kind === 'unknown' && otherwise !== undefined && object.kind === 'instance'
      ? otherwise
      : value;
  },
  setattr: ({ positional: [object, name, value] }, machine) => {
    if (object !== undefined && name?.kind === 'str') {
      setAttribute(object, name.value, value ?? unknown, machine);
    }
    return none;
  },
  open: ({ positional: [path, mode], keywords }) => openFile(path, mode ?? keywords.get('mode')),
  hasattr: ({ positional: [object, name] }, machine) => {
    if (object?.kind !== 'instance' || name?.kind !== 'str' || object.native !== undefined)
      return unknown;
    return pyBool(instanceAttribute(object, name.value, machine).kind !== 'unknown');
  },
  isinstance: ({ positional: [value, type] }) => isInstance(value, type),
  type: ({ positional: [value, ...more] }) => (more.length > 0 ? unknown : typeOf(value)),
  map: ({ positional: [change, value] }, machine) => {
    const items = value === undefined ? undefined : itemsOf(value);
    if (items === undefined || change === undefined) return unknown;
    return pyList(items.map((item) => callWith(change, item, machine)));
  },
  staticmethod: ({ positional: [value] }) => rebind(value, 'static'),
  classmethod: ({ positional: [value] }) => rebind(value, 'class'),
  property: ({ positional: [value] }) => rebind(value, 'property'),
  object: () => unknown,
});

function rebind(value: PyValue | undefined, binding: 'static' | 'class' | 'property'): PyValue {
  return value?.kind === 'function' ? { ...value, binding } : unknown;
}

function callWith(called: PyValue, value: PyValue, machine: Machine): PyValue {
  return callValue(called, { positional: [value], keywords: new Map(), isPartial: false }, machine);
}

function textValue(
  value: PyValue | undefined,
  toText: (value: PyValue) => string | undefined,
): PyValue {
  const text = value === undefined ? '' : toText(value);
  return text === undefined ? unknown : pyStr(text);
}

function toInt(value: PyValue | undefined): PyValue {
  switch (value?.kind) {
    case undefined:
      return pyInt(0);
    case 'bool':
      return pyInt(Number(value.value));
    case 'int':
      return value;
    case 'float':
      return pyInt(Math.trunc(value.value));
    case 'str':
      return /^\s*[-+]?\d+(?:_\d+)*\s*$/.test(value.value)
        ? pyInt(Number(value.value.replaceAll('_', '')))
        : unknown;
    default:
      return unknown;
  }
}

function toFloat(value: PyValue | undefined): PyValue {
  switch (value?.kind) {
    case undefined:
      return pyFloat(0);
    case 'bool':
    case 'int':
    case 'float':
      return pyFloat(Number(value.value));
    case 'str': {
      const text = value.value.trim().toLowerCase();
      const word = /^([-+]?)(inf|infinity|nan)$/.exec(text);
      if (word !== null) {
        const size = word[2] === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY;
        return pyFloat(word[1] === '-' ? -size : size);
      }
      if (!/^[-+]?(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[-+]?\d+)?$/.test(text)) return unknown;
      const number = readNumber(text.replace(/^[-+]/, ''));
      const size = number.kind === 'int' || number.kind === 'float' ? number.value : Number.NaN;
      return pyFloat(text.startsWith('-') ? -size : size);
    }
    default:
      return unknown;
  }
}

function copyItems(value: PyValue | undefined, kind: 'list' | 'tuple' | 'set'): PyValue {
  const items = value === undefined ? [] : itemsOf(value);
  return items === undefined ? unknown : { kind, items: [...items] };
}

function sort(value: PyValue | undefined): PyValue {
  const items = value === undefined ? undefined : itemsOf(value);
  if (items === undefined) return unknown;
  const texts = items.filter(isText);
  if (texts.length === items.length) {
    return pyList(texts.toSorted((a, b) => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0)));
  }
  const numbers = items.filter(isNumber);
  if (numbers.length !== items.length) return unknown;
  return pyList(numbers.toSorted((a, b) => a.value - b.value));
}

function isText(value: PyValue): value is PyString {
  return value.kind === 'str';
}

function isNumber(value: PyValue): value is PyNumber {
  return value.kind === 'int' || value.kind === 'float';
}

function range(bounds: readonly PyValue[]): PyValue {
  const numbers = bounds.flatMap((bound) => (bound.kind === 'int' ? [bound.value] : []));
  if (numbers.length !== bounds.length || numbers.length === 0) return unknown;
  const [a = 0, b = 0, step = 1] = numbers;
  const [from, to] = numbers.length === 1 ? [0, a] : [a, b];
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((to - from) / step));
  if (count > maxRange) return unknown;
  return pyList(Array.from({ length: count }, (_, index) => pyInt(from + index * step)));
}

function zip(values: readonly PyValue[]): PyValue {
  const lists = values.map(itemsOf).filter((items) => items !== undefined);
  if (lists.length !== values.length || lists.length === 0) return unknown;
  const length = Math.min(...lists.map((items) => items.length));
  return pyList(
    Array.from({ length }, (_, index) => pyTuple(lists.map((items) => items[index] ?? unknown))),
  );
}

function extreme(values: readonly PyValue[], choose: (...numbers: number[]) => number): PyValue {
  const [first] = values;
  const items = values.length === 1 && first !== undefined ? (itemsOf(first) ?? []) : values;
  const numbers = items.filter(isNumber);
  if (numbers.length !== items.length || numbers.length === 0) return unknown;
  const chosen = choose(...numbers.map(({ value }) => value));
  return numbers.find(({ value }) => value === chosen) ?? unknown;
}

function mapNumber(value: PyValue | undefined, change: (number: number) => number): PyValue {
  return value?.kind === 'int' || value?.kind === 'float'
    ? { kind: value.kind, value: change(value.value) }
    : unknown;
}

function isInstance(value: PyValue | undefined, type: PyValue | undefined): PyValue {
  const types = type?.kind === 'tuple' ? type.items : [type];
  const names = types.flatMap((each) => (each?.kind === 'builtin' ? [each.name] : []));
  const isPlain = /^(?:none|bool|int|float|str|list|tuple|set|dict)$/.test(value?.kind ?? '');
  if (value === undefined || !isPlain || names.length !== types.length) return unknown;
  return pyBool(names.includes(value.kind) || (value.kind === 'bool' && names.includes('int')));
}

function typeOf(value: PyValue | undefined): PyValue {
  if (value?.kind === 'instance') return value.class;
  const isPlain = /^(?:bool|int|float|str|list|tuple|set|dict)$/.test(value?.kind ?? '');
  return isPlain ? pythonFunction(value?.kind ?? '') : unknown;
}

/** What `inspect.getfullargspec` tells: the names that a function can be called with. */
function argumentNames({ positional: [called] }: CallArguments): PyValue {
  if (called?.kind !== 'function') return unknown;
  const of = (kind: Parameter['kind']) =>
    pyList(called.parameters.flatMap((each) => (each.kind === kind ? [pyStr(each.name)] : [])));
  return {
    kind: 'object',
    payload: { argumentsOf: called },
    attribute(name) {
      if (name === 'args') return of('plain');
      if (name === 'kwonlyargs') return of('keywordOnly');
      if (name !== '__getitem__') return unknown;
      return builtin(name, ({ positional: [index] }) =>
        index?.kind === 'int' && index.value === 0 ? of('plain') : unknown,
      );
    },
  };
}

/** The parts of the standard library that defaults are made with. */
export const standardLibrary: Library = (path) => {
  const name = path.replace(/^(?:numpy|np)\./, 'math.').replace(/^posixpath\./, 'os.path.');
  if (Object.hasOwn(standardValues, name)) return standardValues[name];
  return Object.hasOwn(standardFunctions, name) ? standardFunctions[name] : undefined;
};

const standardValues: Readonly<Record<string, PyValue>> = {
  'math.pi': pyFloat(Math.PI),
  'math.e': pyFloat(Math.E),
  'math.inf': pyFloat(Number.POSITIVE_INFINITY),
  'math.nan': pyFloat(Number.NaN),
  'typing.TYPE_CHECKING': pyBool(false),
  'os.sep': pyStr('/'),
};

const standardFunctions = define({
  'os.path.join': ({ positional }) => withTexts(positional, (texts) => pyStr(joinPaths(texts))),
  'os.path.basename': ({ positional }) =>
    withTexts(positional, ([path = '']) => pyStr(path.slice(path.lastIndexOf('/') + 1))),
  'os.path.dirname': ({ positional }) =>
    withTexts(positional, ([path = '']) =>
      pyStr(path.slice(0, Math.max(0, path.lastIndexOf('/')))),
    ),
  'os.path.splitext': ({ positional }) =>
    withTexts(positional, ([path = '']) => {
      const dot = /(?<=[^/])\.[^./]*$/.exec(path)?.index ?? path.length;
      return pyTuple([pyStr(path.slice(0, dot)), pyStr(path.slice(dot))]);
    }),
  'os.path.abspath': absolutePath,
  'os.path.realpath': absolutePath,
  'pathlib.Path': path,
  'pathlib.PurePath': path,
  'pathlib.PosixPath': path,
  'math.sqrt': ({ positional: [value] }) => asFloat(value, Math.sqrt),
  'math.log': ({ positional }) =>
    positional.length === 1 ? asFloat(positional[0], Math.log) : unknown,
  'math.floor': ({ positional: [value] }) => rounded(value, Math.floor),
  'math.ceil': ({ positional: [value] }) => rounded(value, Math.ceil),
  'copy.copy': ({ positional: [value] }) => value ?? unknown,
  'copy.deepcopy': ({ positional: [value] }) => value ?? unknown,
  'inspect.getfullargspec': argumentNames,
  'ast.literal_eval': literal,
  'json.loads': ({ positional: [text] }) => jsonValue(text),
  'functools.partial': partial,
  // What wraps a function stands for it, to whoever asks for its parameters.
  'functools.wraps': ({ positional: [wrapped] }) => builtin('wraps', () => wrapped ?? unknown),
  'collections.OrderedDict': ({ positional: [value] }) =>
    value === undefined ? createDict() : value.kind === 'dict' ? value : unknown,
});

function withTexts(
  values: readonly PyValue[],
  make: (texts: readonly string[]) => PyValue,
): PyValue {
  const texts = values
    .map((value) => (value.kind === 'str' || value.kind === 'path' ? value.value : undefined))
    .filter((text) => text !== undefined);
  return texts.length === values.length && texts.length > 0 ? make(texts) : unknown;
}

/** Only of what is absolute already: where the program runs is not known here. */
function absolutePath({ positional: [value] }: CallArguments): PyValue {
  return value?.kind === 'str' && /^\/(?!.*(?:\/\.|\/\/|\/$))/.test(value.value) ? value : unknown;
}

function path({ positional, isPartial }: CallArguments): PyValue {
  if (positional.length === 0 || isPartial)
    return isPartial ? unknown : { kind: 'path', value: '.' };
  return withTexts(positional, (texts) => {
    const plain = joinPaths(texts)
      .replace(/\/+/g, '/')
      .replace(/(?<=\/|^)\.\/(?=.)/g, '');
    return { kind: 'path', value: plain.replace(/(?<=.)\/\.?$/, '') || '.' };
  });
}

function asFloat(value: PyValue | undefined, change: (number: number) => number): PyValue {
  return value?.kind === 'int' || value?.kind === 'float' ? pyFloat(change(value.value)) : unknown;
}

function rounded(value: PyValue | undefined, change: (number: number) => number): PyValue {
  return value?.kind === 'int' || value?.kind === 'float' ? pyInt(change(value.value)) : unknown;
}

/** An expression in a text; it sees no names. */
function literal({ positional: [text] }: CallArguments, machine: Machine): PyValue {
  if (text?.kind !== 'str' || text.value.length > maxParsed) return unknown;
  const source = parsePython(text.value);
  const expression = source.tree.topNode.getChild('ExpressionStatement')?.firstChild;
  if (expression == null) return unknown;
  return evaluate(expression, { machine, source, scope: createScope('module'), returns: [] });
}

function jsonValue(text: PyValue | undefined): PyValue {
  if (text?.kind !== 'str' || text.value.length > maxParsed) return unknown;
  try {
    return fromJson(JSON.parse(text.value), text.value);
  } catch {
    return unknown;
  }
}

function fromJson(value: unknown, text: string): PyValue {
  if (value === null) return none;
  if (typeof value === 'boolean') return pyBool(value);
  if (typeof value === 'string') return pyStr(value);
  // Whether a number was written with a point is lost inside a larger value.
  if (typeof value === 'number')
    return /^\s*[-\d.eE+]+\s*$/.test(text) ? readNumber(text.trim()) : pyInt(value);
  if (Array.isArray(value)) return pyList(value.map((item) => fromJson(item, '')));
  return createDict(
    Object.entries(value ?? {}).map(([key, each]) => [pyStr(key), fromJson(each, '')]),
  );
}

function partial({ positional: [called, ...first], keywords, isPartial }: CallArguments): PyValue {
  if (called === undefined) return unknown;
  return builtin('partial', (args, machine) =>
    callValue(
      called,
      {
        positional: [...first, ...args.positional],
        keywords: new Map([...keywords, ...args.keywords]),
        isPartial: isPartial || args.isPartial,
      },
      machine,
    ),
  );
}
