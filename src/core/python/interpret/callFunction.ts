import type { SyntaxNode } from '@lezer/common';
import { childrenOf, textOf } from '../pythonSyntax';
import { createDict } from './dict';
import { evaluate } from './evaluate';
import { type Frame, joinValues, type Machine } from './machine';
import { runBody } from './runStatements';
import { closureOf, createScope } from './scope';
import {
  type CallArguments,
  noArguments,
  none,
  type Parameter,
  type PyClass,
  type PyFunction,
  type PyValue,
  pyStr,
  pyTuple,
  unknown,
} from './value';

/** Makes a function of its definition or a lambda; its defaults are evaluated now, as Python does. */
export function createFunction(
  node: SyntaxNode,
  frame: Frame,
  owner: PyClass | undefined,
): PyFunction {
  const name = node.getChild('VariableName');
  const list = node.getChild('ParamList');
  return {
    kind: 'function',
    name:
      name === null || node.name === 'LambdaExpression' ? '<lambda>' : textOf(name, frame.source),
    node,
    source: frame.source,
    scope: closureOf(frame.scope),
    parameters: list === null ? [] : readParameters(list, frame),
    binding: 'plain',
    ...(owner === undefined ? {} : { owner }),
    notes: [],
  };
}

function readParameters(list: SyntaxNode, frame: Frame): Parameter[] {
  const parameters: Parameter[] = [];
  let kind: Parameter['kind'] = 'plain';
  let isStarred = false;
  const children = childrenOf(list);
  for (const [index, node] of children.entries()) {
    if (node.name === '*' || node.name === '**') {
      kind = node.name === '*' ? 'rest' : 'keywords';
      isStarred = true;
    } else if (node.name === ',') {
      kind = isStarred ? 'keywordOnly' : 'plain';
    } else if (node.name === 'VariableName') {
      const typed = children[index + 1]?.name === 'TypeDef' ? children[index + 1] : undefined;
      const at = index + (typed === undefined ? 1 : 2);
      const value = children[at]?.name === 'AssignOp' ? children[at + 1] : undefined;
      // The value of a default is a child of the list too.
      if (children[index - 1]?.name === 'AssignOp') continue;
      const annotation = typed?.lastChild ?? undefined;
      parameters.push({
        name: textOf(node, frame.source),
        kind,
        ...(annotation === undefined ? {} : { annotation }),
        ...(value === undefined ? {} : { default: evaluate(value, frame) }),
      });
    }
  }
  return parameters;
}

export function callFunction(called: PyFunction, args: CallArguments, machine: Machine): PyValue {
  return machine.inCall(called, () => {
    const scope = createScope('function', called.scope);
    bindArguments(called, args, (name, value) => scope.names.set(name, value));
    const frame: Frame = { machine, source: called.source, scope, function: called, returns: [] };
    if (called.node.name === 'LambdaExpression') {
      const body = called.node.lastChild;
      return body === null ? unknown : evaluate(body, frame);
    }
    const body = called.node.getChild('Body');
    if (body === null) return unknown;
    const flow = runBody(body, frame);
    const returns = flow === 'next' ? [...frame.returns, none] : frame.returns;
    if (returns.length === 0) return unknown;
    return returns
      .slice(1)
      .reduce<PyValue>((a, b) => joinValues(a, b) ?? unknown, returns[0] ?? unknown);
  });
}

/** Gives each parameter its argument, its default, or `unknown`. */
export function bindArguments(
  { parameters, receiver, binding }: PyFunction,
  args: CallArguments,
  bind: (name: string, value: PyValue) => void,
): void {
  const isBound = receiver !== undefined && binding !== 'static';
  const positional = isBound ? [receiver, ...args.positional] : args.positional;
  const plain = parameters.filter(({ kind }) => kind === 'plain');
  for (const [index, { name, default: given }] of plain.entries()) {
    const missing = args.isPartial ? unknown : (given ?? unknown);
    bind(name, positional[index] ?? args.keywords.get(name) ?? missing);
  }
  for (const { name, kind, default: given } of parameters) {
    if (kind === 'keywordOnly') {
      bind(name, args.keywords.get(name) ?? (args.isPartial ? unknown : (given ?? unknown)));
    } else if (kind === 'rest') {
      bind(name, args.isPartial ? unknown : pyTuple(positional.slice(plain.length)));
    } else if (kind === 'keywords') {
      const named = new Set(parameters.map((parameter) => parameter.name));
      const rest = [...args.keywords].filter(([key]) => !named.has(key));
      const dict = createDict(rest.map(([key, value]) => [pyStr(key), value]));
      if (args.isPartial) dict.isUncertain = true;
      bind(name, dict);
    }
  }
}

/** The local names that a function without arguments has when it ends. */
export function namesAfter(called: PyFunction, machine: Machine): ReadonlyMap<string, PyValue> {
  const scope = createScope('function', called.scope);
  const body = called.node.getChild('Body');
  machine.inCall(called, () => {
    bindArguments(called, noArguments, (name, value) => scope.names.set(name, value));
    if (body !== null) {
      runBody(body, { machine, source: called.source, scope, function: called, returns: [] });
    }
    return none;
  });
  return scope.names;
}
