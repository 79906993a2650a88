import type { SyntaxNode } from '@lezer/common';
import { childrenOf, textOf } from '../pythonSyntax';
import { findBuiltin } from './builtins';
import { callFunction, createFunction } from './callFunction';
import { attributeOf, callValue, itemsOf, setAttribute } from './callValue';
import { removeEntry, setEntry } from './dict';
import { evaluate, evaluateArguments, partsOf, sequence } from './evaluate';
import { importedValue, starNames } from './localModules';
import type { Frame } from './machine';
import { applyOperator } from './operators';
import { readImports } from './readImports';
import { createScope, findName, moduleOf } from './scope';
import {
  type CallArguments,
  noArguments,
  none,
  type PyClass,
  type PyFunction,
  type PyValue,
  truthOf,
  unknown,
} from './value';

/** Where the program goes on after a statement. */
export type Flow = 'next' | 'break' | 'continue' | 'return' | 'raise';

const maxTurns = 300;

/** Runs the statements of a module or of a Body, until one leaves it. */
export function runBody(body: SyntaxNode, frame: Frame): Flow {
  for (let node = body.firstChild; node !== null; node = node.nextSibling) {
    const flow = runStatement(node, frame);
    if (flow !== 'next') return flow;
  }
  return 'next';
}

function runStatement(node: SyntaxNode, frame: Frame): Flow {
  return frame.machine.deeper(() => runNode(node, frame), 'next');
}

function runNode(node: SyntaxNode, frame: Frame): Flow {
  switch (node.name) {
    case 'StatementGroup':
      return runBody(node, frame);
    case 'ImportStatement':
      for (const imported of readImports(node, frame.source)) {
        const names: [string, PyValue][] =
          imported.name === '*'
            ? starNames(imported, frame)
            : [[imported.name, importedValue(imported, frame)]];
        for (const [name, value] of names) bindName(name, value, frame);
      }
      return 'next';
    case 'AssignStatement':
      assign(node, frame);
      return 'next';
    case 'UpdateStatement':
      update(node, frame);
      return 'next';
    case 'ExpressionStatement':
      return runExpression(node, frame);
    case 'IfStatement':
      return runIf(node, frame);
    case 'ForStatement':
      return runFor(node, frame);
    case 'WhileStatement':
      return runWhile(node, frame);
    case 'WithStatement':
      return runWith(node, frame);
    case 'TryStatement':
      return runTry(node, frame);
    case 'FunctionDefinition':
    case 'ClassDefinition':
    case 'DecoratedStatement':
      define(node, frame, undefined);
      return 'next';
    case 'ReturnStatement': {
      const values = partsOf(node).slice(1);
      frame.returns.push(expressionList(values, frame));
      return 'return';
    }
    case 'RaiseStatement':
      return 'raise';
    case 'BreakStatement':
      return 'break';
    case 'ContinueStatement':
      return 'continue';
    case 'ScopeStatement':
      borrow(node, frame);
      return 'next';
    case 'DeleteStatement':
      for (const target of partsOf(node).slice(1)) remove(target, frame);
      return 'next';
    default:
      return 'next';
  }
}

/** A program that ends itself goes no further than one that raises. */
const exits = /^(?:sys\.exit|exit|quit|os\._exit|SystemExit)$/;

function runExpression(node: SyntaxNode, frame: Frame): Flow {
  for (const part of partsOf(node)) evaluate(part, frame);
  const call = node.getChild('CallExpression')?.firstChild;
  return call != null && exits.test(textOf(call, frame.source)) ? 'raise' : 'next';
}

/** Values in a row are a tuple, one is itself, none is `None`. */
function expressionList(nodes: readonly SyntaxNode[], frame: Frame): PyValue {
  const [first] = nodes;
  if (first === undefined) return none;
  return nodes.length === 1 ? evaluate(first, frame) : sequence('tuple', nodes, frame);
}

function assign(node: SyntaxNode, frame: Frame): void {
  const groups: SyntaxNode[][] = [[]];
  for (const part of childrenOf(node)) {
    if (part.name === 'AssignOp') groups.push([]);
    else if (!/^(?:,|TypeDef|Comment|⚠)$/.test(part.name)) groups.at(-1)?.push(part);
  }
  const values = groups.pop() ?? [];
  // A bare annotation assigns nothing.
  if (groups.length === 0) return;
  const value = expressionList(values, frame);
  for (const targets of groups) assignTo(targets, value, frame);
}

/** Gives the value to a target, or its parts to several. */
export function assignTo(targets: readonly SyntaxNode[], value: PyValue, frame: Frame): void {
  const plain = targets.filter(({ name }) => name !== ',');
  const [only] = plain;
  if (plain.length === 1 && only !== undefined) {
    assignToOne(only, value, frame);
    return;
  }
  const items = plain.some(({ name }) => name === '*') ? undefined : itemsOf(value);
  const places = plain.filter(({ name }) => name !== '*');
  for (const [index, place] of places.entries()) {
    const item = items?.length === places.length ? items[index] : undefined;
    assignToOne(place, item ?? unknown, frame);
  }
}

function assignToOne(target: SyntaxNode, value: PyValue, frame: Frame): void {
  switch (target.name) {
    case 'VariableName':
      bindName(textOf(target, frame.source), value, frame);
      return;
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'ParenthesizedExpression':
      frame.machine.deeper(() => assignTo(partsOf(target), value, frame), undefined);
      return;
    case 'MemberExpression':
      assignToMember(target, value, frame);
      return;
  }
}

function assignToMember(target: SyntaxNode, value: PyValue, frame: Frame): void {
  const object = target.firstChild;
  if (object === null) return;
  const held = evaluate(object, frame);
  const property = target.getChild('PropertyName');
  if (property !== null) {
    setAttribute(held, textOf(property, frame.source), value, frame.machine);
    return;
  }
  const [, index] = partsOf(target);
  if (held.kind === 'object' && index !== undefined) {
    const set = held.attribute('__setitem__', frame.machine);
    const args = { positional: [evaluate(index, frame), value], keywords: new Map() };
    if (set.kind === 'builtin') set.call({ ...args, isPartial: false }, frame.machine);
    return;
  }
  if (held.kind !== 'dict' && held.kind !== 'list') return;
  if (held.kind === 'dict' && !frame.machine.isUncertain && index !== undefined) {
    setEntry(held, evaluate(index, frame), value);
  } else held.isUncertain = true;
}

function remove(target: SyntaxNode, frame: Frame): void {
  if (target.name === 'VariableName') {
    bindName(textOf(target, frame.source), unknown, frame);
    return;
  }
  const [object, index] = partsOf(target);
  if (target.name !== 'MemberExpression' || object === undefined || index === undefined) return;
  const held = evaluate(object, frame);
  if (held.kind !== 'dict' && held.kind !== 'list') return;
  const isKnown = held.kind === 'dict' && !frame.machine.isUncertain;
  if (!isKnown || !removeEntry(held, evaluate(index, frame))) held.isUncertain = true;
}

function bindName(name: string, value: PyValue, frame: Frame): void {
  const scope = frame.scope.borrowed.get(name) ?? frame.scope;
  frame.machine.set(scope.names, name, value);
}

function borrow(node: SyntaxNode, { scope, source }: Frame): void {
  const isGlobal = node.firstChild?.name === 'global';
  for (const each of node.getChildren('VariableName')) {
    const name = textOf(each, source);
    const target = isGlobal ? moduleOf(scope) : scope.outer;
    if (target !== undefined && target !== scope) scope.borrowed.set(name, target);
  }
}

function update(node: SyntaxNode, frame: Frame): void {
  const [target, operator, value] = partsOf(node);
  if (target === undefined || operator === undefined || value === undefined) return;
  const operation = textOf(operator, frame.source).slice(0, -1);
  const [before, by] = [evaluate(target, frame), evaluate(value, frame)];
  assignToOne(target, applyOperator(before, operation, by), frame);
}

function runIf(node: SyntaxNode, frame: Frame): Flow {
  const parts = partsOf(node);
  const branches: { readonly test: SyntaxNode | undefined; readonly body: SyntaxNode }[] = [];
  for (const [index, part] of parts.entries()) {
    if (part.name !== 'Body') continue;
    const before = parts[index - 1];
    branches.push({ test: before?.name === 'else' ? undefined : before, body: part });
  }
  return runBranches(branches, frame);
}

function runBranches(
  branches: readonly { readonly test: SyntaxNode | undefined; readonly body: SyntaxNode }[],
  frame: Frame,
): Flow {
  for (const [index, { test, body }] of branches.entries()) {
    const truth = test === undefined ? true : truthOf(evaluate(test, frame));
    if (truth === true) return runBody(body, frame);
    if (truth === undefined) {
      const rest = branches.slice(index + 1);
      return either([() => runBody(body, frame), () => runBranches(rest, frame)], frame);
    }
  }
  return 'next';
}

/** Of several ways one is taken: what follows runs if any of them leads there. */
function either(ways: readonly (() => Flow)[], frame: Frame): Flow {
  const flows: Flow[] = [];
  frame.machine.branch(
    ways.map((run) => () => {
      const flow = run();
      flows.push(flow);
      return flow !== 'return' && flow !== 'raise';
    }),
  );
  if (flows.includes('next')) return 'next';
  return flows.find((flow) => flow !== 'raise') ?? 'raise';
}

function runFor(node: SyntaxNode, frame: Frame): Flow {
  const parts = partsOf(node);
  const inAt = parts.findIndex(({ name }) => name === 'in');
  const body = node.getChild('Body');
  if (inAt === -1 || body === null) return 'next';
  const targets = parts.slice(0, inAt).filter(({ name }) => name !== 'for' && name !== 'async');
  const bodyAt = parts.findIndex(({ name }) => name === 'Body');
  const items = itemsOf(expressionList(parts.slice(inAt + 1, bodyAt), frame));
  if (items === undefined || items.length > maxTurns) {
    const once = (): Flow => {
      for (const target of targets) assignTo([target], unknown, frame);
      return afterLoop(runBody(body, frame));
    };
    return either([once, () => 'next'], frame);
  }
  for (const item of items) {
    assignTo(targets, item, frame);
    const flow = runBody(body, frame);
    if (flow === 'break') break;
    if (flow === 'return' || flow === 'raise') return flow;
  }
  return 'next';
}

function afterLoop(flow: Flow): Flow {
  return flow === 'break' || flow === 'continue' ? 'next' : flow;
}

function runWhile(node: SyntaxNode, frame: Frame): Flow {
  const body = node.getChild('Body');
  const [, test] = partsOf(node);
  if (body === null || test === undefined) return 'next';
  const truth = truthOf(evaluate(test, frame));
  if (truth === false) return 'next';
  const once = () => afterLoop(runBody(body, frame));
  return truth === true ? once() : either([once, () => 'next'], frame);
}

function runWith(node: SyntaxNode, frame: Frame): Flow {
  const parts = partsOf(node);
  const body = node.getChild('Body');
  for (const [index, part] of parts.entries()) {
    if (/^(?:with|async|as|Body)$/.test(part.name)) continue;
    if (parts[index - 1]?.name === 'as') continue;
    const value = evaluate(part, frame);
    const target = parts[index + 1]?.name === 'as' ? parts[index + 2] : undefined;
    if (target === undefined) continue;
    const entered = callValue(
      attributeOf(value, '__enter__', frame.machine),
      noArguments,
      frame.machine,
    );
    assignTo([target], entered, frame);
  }
  return body === null ? 'next' : runBody(body, frame);
}

/** The body is taken to succeed, unless it says itself that it does not. */
function runTry(node: SyntaxNode, frame: Frame): Flow {
  const parts = partsOf(node);
  let clause = 'try';
  let flow: Flow = 'next';
  for (const part of parts) {
    if (/^(?:try|except|else|finally)$/.test(part.name)) clause = part.name;
    if (part.name !== 'Body') continue;
    if (clause === 'try') flow = runBody(part, frame);
    else if (clause === 'except' && flow === 'raise') flow = runBody(part, frame);
    else if (clause === 'else' && flow === 'next') flow = runBody(part, frame);
    else if (clause === 'finally') runBody(part, frame);
  }
  return flow;
}

/** Binds a function or class, after its decorators were applied. */
function define(node: SyntaxNode, frame: Frame, owner: PyClass | undefined): void {
  const definition =
    node.name === 'DecoratedStatement'
      ? (node.getChild('FunctionDefinition') ?? node.getChild('ClassDefinition'))
      : node;
  const name = definition?.getChild('VariableName');
  if (definition == null || name == null) return;
  let value: PyValue =
    definition.name === 'ClassDefinition'
      ? createClass(definition, frame)
      : createFunction(definition, frame, owner);
  for (const decorator of node.getChildren('Decorator').reverse()) {
    value = decorate(decorator, value, frame);
  }
  bindName(textOf(name, frame.source), value, frame);
}

/** A decorator of which nothing is known is taken to leave what it decorates as it is. */
function decorate(decorator: SyntaxNode, value: PyValue, frame: Frame): PyValue {
  const [first, ...rest] = decorator
    .getChildren('VariableName')
    .map((part) => textOf(part, frame.source));
  if (first === undefined) return value;
  let applied = evaluateName(first, frame);
  for (const name of rest) applied = attributeOf(applied, name, frame.machine);
  const list = decorator.getChild('ArgList');
  if (list !== null) applied = callValue(applied, evaluateArguments(list, frame), frame.machine);
  if (!/^(?:builtin|object|function)$/.test(applied.kind)) return value;
  const args: CallArguments = { positional: [value], keywords: new Map(), isPartial: false };
  const decorated = callValue(applied, args, frame.machine);
  return decorated.kind === 'unknown' ? value : decorated;
}

function evaluateName(name: string, frame: Frame): PyValue {
  return findName(frame.scope, name) ?? findBuiltin(name, frame) ?? unknown;
}

function createClass(node: SyntaxNode, frame: Frame): PyClass {
  const scope = createScope('class', frame.scope);
  const annotations = new Map<string, SyntaxNode>();
  const list = node.getChild('ArgList');
  const name = node.getChild('VariableName');
  const made: PyClass = {
    kind: 'class',
    name: name === null ? '' : textOf(name, frame.source),
    bases: list === null ? [] : evaluateArguments(list, frame).positional,
    attributes: scope.names,
    annotations,
    source: frame.source,
    scope: frame.scope,
    isDataclass: false,
  };
  const body = node.getChild('Body');
  const inside: Frame = { ...frame, scope };
  for (let each = body?.firstChild ?? null; each !== null; each = each.nextSibling) {
    const statement = each;
    if (/^(?:FunctionDefinition|DecoratedStatement)$/.test(statement.name)) {
      define(statement, inside, made);
    } else {
      const typed = statement.name === 'AssignStatement' ? statement.getChild('TypeDef') : null;
      const field = typed === null ? null : statement.firstChild;
      if (field?.name === 'VariableName' && typed?.lastChild != null) {
        annotations.set(textOf(field, frame.source), typed.lastChild);
      }
      runStatement(statement, inside);
    }
  }
  return made;
}

/** The functions of a module, its classes' too, that nothing in it was seen to call. */
export function uncalledFunctions({ machine, scope, source }: Frame): PyFunction[] {
  const found: PyFunction[] = [];
  const add = (value: PyValue): void => {
    if (value.kind !== 'function' || value.source !== source) return;
    if (!machine.wasCalled(value)) found.push(value);
  };
  for (const value of scope.names.values()) {
    add(value);
    if (value.kind === 'class') for (const method of value.attributes.values()) add(method);
  }
  return found;
}

/** Runs a function as if something that is not seen here called it. */
export function callUnseen(called: PyFunction, { machine }: Frame): void {
  callFunction(called, { positional: [], keywords: new Map(), isPartial: true }, machine);
}
