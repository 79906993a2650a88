/** Class definitions: the body runs at once, the methods when they are called. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../python/pythonSyntax';
import type { Effects } from '../effects';
import { CodeScope } from './codeScope';
import { declareLocals } from './declareLocals';
import { innerEffects, paramsOf, takeDeferred } from './innerEffects';
import { shiftCall } from './shiftCall';
import { bracketOrComma } from './unpack';
import type { Walk } from './walk';
import { walkExpression, walkExpressionsIn } from './walkExpression';

export function defineClass(
  scope: CodeScope,
  node: SyntaxNode,
  isMaybe: boolean,
  walkBlock: Walk,
  walkStatement: Walk,
): void {
  const named = node.getChild('VariableName');
  const body = node.getChild('Body');
  if (named === null || body === null) {
    scope.isBroken = true;
    return;
  }
  const bases: string[] = [];
  for (const child of childrenOf(node.getChild('ArgList') ?? body)) {
    if (node.getChild('ArgList') === null) break;
    if (child.name === 'VariableName') bases.push(scope.text(child));
    if (!bracketOrComma.test(child.name)) walkExpression(scope, child);
  }
  const methods = new Map<string, Effects>();
  // A class body runs at once, in a scope of its own.
  const inner = new CodeScope(scope.source, true);
  inner.depth = scope.depth;
  declareLocals(inner, body);
  inner.yields = false;
  for (const child of childrenOf(body)) {
    const definition = child.name === 'DecoratedStatement' ? child.lastChild : child;
    if (definition?.name === 'FunctionDefinition') {
      const name = definition.getChild('VariableName');
      const list = definition.getChild('ParamList');
      const methodBody = definition.getChild('Body');
      if (name === null || methodBody === null) continue;
      const params = list === null ? [] : paramsOf(inner, list);
      const effects = innerEffects(inner, methodBody, params, (each) =>
        walkBlock(each, methodBody, false),
      );
      takeDeferred(inner, effects);
      methods.set(scope.text(name), effects);
    }
    if (definition?.name !== 'FunctionDefinition') walkStatement(inner, child, false);
    else if (child !== definition) {
      for (const decorator of child.getChildren('Decorator')) walkExpressionsIn(inner, decorator);
    }
  }
  const offset = scope.calls.length;
  for (const [name, keys] of inner.reads) {
    if (keys === 'whole') scope.read(name);
    else for (const key of keys) scope.read(name, key);
  }
  for (const name of inner.deferred) if (!scope.locals.has(name)) scope.deferred.add(name);
  scope.calls.push(...inner.calls.map((call) => shiftCall(call, offset)));
  scope.mutations.push(...inner.mutations.filter(({ name }) => !inner.locals.has(name)));
  scope.isBroken ||= inner.isBroken;
  scope.bind({
    ...{ name: scope.text(named), isMaybe, isImmutable: false, isIterator: false },
    ...{ holds: bases.map((name) => ({ name, hold: 'contains' as const })), methods, bases },
  });
}
