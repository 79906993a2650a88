import type { SyntaxNode } from '@lezer/common';
import { childrenOf, textOf } from '../pythonSyntax';
import { findBuiltin } from './builtins';
import { createFunction } from './callFunction';
import { attributeOf, callValue, itemOf, itemsOf, sliceOf } from './callValue';
import { createDict, entriesOf } from './dict';
import { type Frame, joinValues } from './machine';
import { applyOperator, compare, negate } from './operators';
import { assignTo } from './runStatements';
import { createScope, findName } from './scope';
import { decodeEscapes, splitString } from './stringLiteral';
import {
  type CallArguments,
  madeText,
  maxItems,
  none,
  type PyValue,
  pyBool,
  pyFloat,
  pyInt,
  truthOf,
  unknown,
} from './value';
import { strOf } from './valueText';

const punctuation = /^(?:[()[\]{},:]|Comment|⚠)$/;

/** The value of an expression; `unknown` wherever it depends on what only running it tells. */
export function evaluate(node: SyntaxNode, frame: Frame): PyValue {
  return frame.machine.deeper(() => evaluateNode(node, frame), unknown);
}

/** The parts of a node without its punctuation and comments. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter(({ name }) => !punctuation.test(name));
}

function evaluateNode(node: SyntaxNode, frame: Frame): PyValue {
  switch (node.name) {
    case 'Number':
      return readNumber(textOf(node, frame.source));
    case 'String':
      return readString(textOf(node, frame.source));
    case 'FormatString':
      return formatString(node, frame);
    case 'ContinuedString':
      return partsOf(node)
        .map((part) => evaluate(part, frame))
        .reduce((left, right) => applyOperator(left, '+', right));
    case 'Boolean':
      return pyBool(textOf(node, frame.source) === 'True');
    case 'None':
      return none;
    case 'VariableName': {
      const name = textOf(node, frame.source);
      return findName(frame.scope, name) ?? findBuiltin(name, frame) ?? unknown;
    }
    case 'ParenthesizedExpression': {
      const [inner] = partsOf(node);
      return inner === undefined ? unknown : evaluate(inner, frame);
    }
    case 'ArrayExpression':
      return sequence('list', partsOf(node), frame);
    case 'TupleExpression':
      return sequence('tuple', partsOf(node), frame);
    case 'SetExpression':
      return sequence('set', partsOf(node), frame);
    case 'DictionaryExpression':
      return dictionary(node, frame);
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
      return comprehension(node, frame);
    case 'UnaryExpression':
      return unary(node, frame);
    case 'BinaryExpression':
      return binary(node, frame);
    case 'ConditionalExpression':
      return conditional(node, frame);
    case 'NamedExpression':
      return named(node, frame);
    case 'LambdaExpression':
      return createFunction(node, frame, undefined);
    case 'MemberExpression':
      return member(node, frame);
    case 'CallExpression':
      return call(node, frame);
    case 'AwaitExpression': {
      const inner = node.lastChild;
      return inner === null ? unknown : evaluate(inner, frame);
    }
    default:
      // Not known, but what is called in it is called all the same.
      for (const part of partsOf(node)) if (part.firstChild !== null) evaluate(part, frame);
      return unknown;
  }
}

export function readNumber(text: string): PyValue {
  const plain = text.replaceAll('_', '');
  const value = plain === '' ? Number.NaN : Number(plain);
  if (Number.isNaN(value)) return unknown;
  return /^0[xob]/i.test(plain) || /^\d+$/.test(plain) ? pyInt(value) : pyFloat(value);
}

function readString(literal: string): PyValue {
  const parts = splitString(literal);
  if (parts === undefined) return unknown;
  const text = decodeEscapes(literal.slice(parts.from, parts.to), parts.prefix.includes('r'));
  return parts.prefix.includes('b') ? { kind: 'bytes', value: text } : madeText(text);
}

function formatString(node: SyntaxNode, frame: Frame): PyValue {
  const literal = textOf(node, frame.source);
  const parts = splitString(literal);
  if (parts === undefined) return unknown;
  const isRaw = parts.prefix.includes('r');
  const plain = (from: number, to: number) =>
    decodeEscapes(literal.slice(from, to), isRaw).replace(/\{\{|\}\}/g, (twice) => twice.charAt(0));
  let text = '';
  let at = parts.from;
  for (const replacement of node.getChildren('FormatReplacement')) {
    const [expression, ...rest] = partsOf(replacement);
    const value = expression === undefined ? unknown : evaluate(expression, frame);
    const shown = rest.length === 0 ? strOf(value) : undefined;
    if (shown === undefined) return unknown;
    text += plain(at, replacement.from - node.from) + shown;
    at = replacement.to - node.from;
  }
  return madeText(text + plain(at, parts.to));
}

/** The values of nodes in a row, of which some may be spread by `*`. */
export function sequence(
  kind: 'list' | 'tuple' | 'set',
  nodes: readonly SyntaxNode[],
  frame: Frame,
): PyValue {
  if (nodes.length > maxItems) return unknown;
  const items: PyValue[] = [];
  let isUncertain = false;
  for (const [index, node] of nodes.entries()) {
    if (node.name === '*') continue;
    const value = evaluate(node, frame);
    if (nodes[index - 1]?.name !== '*') {
      items.push(value);
      continue;
    }
    const spread = itemsOf(value);
    if (spread === undefined) isUncertain = true;
    else items.push(...spread);
  }
  return { kind, items, ...(isUncertain ? { isUncertain } : {}) };
}

function dictionary(node: SyntaxNode, frame: Frame): PyValue {
  const entries: (readonly [PyValue, PyValue])[] = [];
  let isUncertain = false;
  const children = childrenOf(node).filter(({ name }) => name !== 'Comment');
  if (children.length > 4 * maxItems) return unknown;
  for (const [index, child] of children.entries()) {
    const next = children[index + 1];
    if (child.name === '**' && next !== undefined) {
      const spread = evaluate(next, frame);
      if (spread.kind === 'dict' && !spread.isUncertain) entries.push(...entriesOf(spread));
      else isUncertain = true;
    } else if (child.name === ':' && next !== undefined) {
      const key = children[index - 1];
      if (key !== undefined) entries.push([evaluate(key, frame), evaluate(next, frame)]);
    }
  }
  const dict = createDict(entries);
  if (isUncertain) dict.isUncertain = true;
  return dict;
}

/** `[f(x) for x in items if g(x)]` with one `for`; others are unknown. */
function comprehension(node: SyntaxNode, frame: Frame): PyValue {
  const parts = partsOf(node);
  const at = (name: string) => parts.findIndex((part) => part.name === name);
  const [forAt, inAt, ifAt] = [at('for'), at('in'), at('if')];
  const [result, iterable] = [parts[0], parts[inAt + 1]];
  const isSimple = forAt === 1 && parts.filter(({ name }) => name === 'for').length === 1;
  if (!isSimple || result === undefined || iterable === undefined) return unknown;
  const condition = ifAt === -1 ? undefined : parts[ifAt + 1];
  const items = itemsOf(evaluate(iterable, frame));
  if (items === undefined || items.length > maxItems) return unknown;
  const scope = createScope('function', frame.scope);
  const inner: Frame = { ...frame, scope };
  const results: PyValue[] = [];
  for (const item of items) {
    const targets = parts.slice(forAt + 1, inAt);
    assignTo(targets, item, inner);
    const isKept = condition === undefined ? true : truthOf(evaluate(condition, inner));
    if (isKept === undefined) return unknown;
    if (isKept) results.push(evaluate(result, inner));
  }
  return { kind: 'list', items: results };
}

function unary(node: SyntaxNode, frame: Frame): PyValue {
  const [operator, operand] = partsOf(node);
  if (operator === undefined || operand === undefined) return unknown;
  const value = evaluate(operand, frame);
  switch (textOf(operator, frame.source)) {
    case 'not': {
      const truth = truthOf(value);
      return truth === undefined ? unknown : pyBool(!truth);
    }
    case '-':
      return negate(value);
    case '+':
      return negate(negate(value));
    default:
      return unknown;
  }
}

/** The parser takes the point of `1.` and `1.e-3` for an attribute's. */
const pointedNumber = /^\d[\d_]*\.(?:e[-+]?\d+)?$/i;

function readPointed(node: SyntaxNode, { source }: Frame): PyValue | undefined {
  if (node.to - node.from > 30) return undefined;
  const text = textOf(node, source).trim();
  return pointedNumber.test(text) ? readNumber(text) : undefined;
}

function binary(node: SyntaxNode, frame: Frame): PyValue {
  const pointed = readPointed(node, frame);
  if (pointed !== undefined) return pointed;
  const parts = partsOf(node);
  const [left, right] = [parts[0], parts.at(-1)];
  if (left === undefined || right === undefined || parts.length < 3) return unknown;
  const operator = parts
    .slice(1, -1)
    .map((part) => textOf(part, frame.source))
    .join(' ');
  const value = evaluate(left, frame);
  if (operator === 'and' || operator === 'or') {
    const truth = truthOf(value);
    if (truth === undefined) {
      const other = evaluate(right, frame);
      // Whatever the one is, `x and False` does not hold, nor does `x or True` fail.
      return truthOf(other) === (operator === 'or') && other.kind === 'bool' ? other : unknown;
    }
    return truth === (operator === 'or') ? value : evaluate(right, frame);
  }
  const other = evaluate(right, frame);
  return /^(?:[<>=!]+|is|in|is not|not in)$/.test(operator) && !/^(?:<<|>>)$/.test(operator)
    ? compare(value, operator, other)
    : applyOperator(value, operator, other);
}

function conditional(node: SyntaxNode, frame: Frame): PyValue {
  const [value, , test, , otherwise] = partsOf(node);
  if (value === undefined || test === undefined || otherwise === undefined) return unknown;
  const truth = truthOf(evaluate(test, frame));
  if (truth !== undefined) return evaluate(truth ? value : otherwise, frame);
  return joinValues(evaluate(value, frame), evaluate(otherwise, frame)) ?? unknown;
}

function named(node: SyntaxNode, frame: Frame): PyValue {
  const [target, , expression] = partsOf(node);
  if (target === undefined || expression === undefined) return unknown;
  const value = evaluate(expression, frame);
  assignTo([target], value, frame);
  return value;
}

function member(node: SyntaxNode, frame: Frame): PyValue {
  const object = node.firstChild;
  if (object === null) return unknown;
  const pointed = object.name === 'Number' ? readPointed(node, frame) : undefined;
  if (pointed !== undefined) return pointed;
  const value = evaluate(object, frame);
  const property = node.getChild('PropertyName');
  if (property !== null) return attributeOf(value, textOf(property, frame.source), frame.machine);
  const inside = childrenOf(node)
    .slice(1)
    .filter(({ name }) => !/^(?:[[\]]|Comment|⚠)$/.test(name));
  if (inside.some(({ name }) => name === ':')) {
    const bounds: (PyValue | undefined)[] = [undefined, undefined, undefined];
    let at = 0;
    for (const part of inside) {
      if (part.name === ':') at += 1;
      else bounds[at] = evaluate(part, frame);
    }
    return sliceOf(value, bounds[0], bounds[1], bounds[2]);
  }
  const indexes = inside.filter(({ name }) => name !== ',').map((part) => evaluate(part, frame));
  return itemOf(value, indexes, frame.machine);
}

function call(node: SyntaxNode, frame: Frame): PyValue {
  const callee = node.firstChild;
  const list = node.getChild('ArgList');
  if (callee === null || list === null) return unknown;
  const called = evaluate(callee, frame);
  const args = evaluateArguments(list, frame);
  if (called.kind === 'builtin' && called.name === 'super') return superOf(frame);
  return callValue(called, args, frame.machine);
}

function superOf({ function: inside, scope }: Frame): PyValue {
  const [self] = inside?.parameters ?? [];
  const receiver = self === undefined ? undefined : scope.names.get(self.name);
  if (inside?.owner === undefined || receiver === undefined) return unknown;
  return { kind: 'super', owner: inside.owner, receiver };
}

export function evaluateArguments(list: SyntaxNode, frame: Frame): CallArguments {
  const positional: PyValue[] = [];
  const keywords = new Map<string, PyValue>();
  let isPartial = false;
  const nodes = childrenOf(list).filter(({ name }) => !/^(?:[(),]|Comment|⚠)$/.test(name));
  for (let index = 0; index < nodes.length; index += 1) {
    const [node, next, value] = nodes.slice(index, index + 3);
    if (node === undefined) break;
    if (next?.name === 'AssignOp' && value !== undefined) {
      keywords.set(textOf(node, frame.source), evaluate(value, frame));
      index += 2;
    } else if (node.name === '*' && next !== undefined) {
      const items = itemsOf(evaluate(next, frame));
      if (items === undefined) isPartial = true;
      else positional.push(...items);
      index += 1;
    } else if (node.name === '**' && next !== undefined) {
      const dict = evaluate(next, frame);
      if (dict.kind !== 'dict' || dict.isUncertain) isPartial = true;
      if (dict.kind === 'dict') {
        for (const [key, each] of entriesOf(dict)) {
          if (key.kind === 'str') keywords.set(key.value, each);
        }
      }
      index += 1;
    } else if (next?.name === 'for') {
      // A generator is the only argument then.
      positional.push(comprehension(list, frame));
      break;
    } else {
      positional.push(evaluate(node, frame));
    }
  }
  return { positional, keywords, isPartial };
}
