/** Functions and lambdas: what their bodies do when they are called, in a scope of their own. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../python/pythonSyntax';
import type { Effects } from '../effects';
import { CodeScope } from './codeScope';
import { declareLocals } from './declareLocals';
import { walkExpression, walkExpressionsIn } from './walkExpression';

/** What a body does; `walk` goes through it in its own scope. */
export function innerEffects(
  scope: CodeScope,
  body: SyntaxNode,
  params: readonly string[],
  walk: (inner: CodeScope) => void,
): Effects {
  const inner = new CodeScope(scope.source, true);
  inner.depth = scope.depth;
  inner.params = params;
  for (const name of params) inner.locals.set(name, []);
  declareLocals(inner, body);
  walk(inner);
  return inner.finish();
}

/** Reads the defaults, which are evaluated at once. @returns the names. */
export function paramsOf(scope: CodeScope, list: SyntaxNode): string[] {
  const names: string[] = [];
  let isDefault = false;
  for (const child of childrenOf(list)) {
    if (child.name === ',') isDefault = false;
    else if (child.name === 'AssignOp') isDefault = true;
    else if (child.name === 'TypeDef') walkExpressionsIn(scope, child);
    else if (isDefault) walkExpression(scope, child);
    else if (child.name === 'VariableName') names.push(scope.text(child));
  }
  return names;
}

/** What a function made here needs when it is called. */
export function takeDeferred(scope: CodeScope, inner: Effects): void {
  for (const name of [...inner.reads.keys(), ...inner.deferred]) {
    if (!scope.locals.has(name)) scope.deferred.add(name);
  }
  for (const { name } of inner.mutations) {
    if (!scope.locals.has(name) && !inner.params.includes(name)) scope.deferred.add(name);
  }
}
