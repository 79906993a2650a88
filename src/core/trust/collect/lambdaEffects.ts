/** Lambdas: what they do, and what of that happens at once. */

import type { SyntaxNode } from '@lezer/common';
import type { Effects } from '../effects';
import type { CodeScope } from './codeScope';
import { innerEffects, paramsOf } from './innerEffects';
import { shiftCall } from './shiftCall';
import { walkExpression } from './walkExpression';

/** What a lambda does when it is called. */
export function lambdaEffects(scope: CodeScope, node: SyntaxNode): Effects {
  const list = node.getChild('ParamList');
  const params = list === null ? [] : paramsOf(scope, list);
  const body = node.lastChild;
  return innerEffects(scope, node, params, (inner) => {
    if (body !== null) walkExpression(inner, body);
  });
}

/** Does at once what a lambda does when it is called. */
export function takeAtOnce(scope: CodeScope, inner: Effects): void {
  const offset = scope.calls.length;
  for (const [name, keys] of inner.reads) {
    if (keys === 'whole') scope.read(name);
    else for (const key of keys) scope.read(name, key);
  }
  scope.calls.push(...inner.calls.map((call) => shiftCall(call, offset)));
  for (const mutation of inner.mutations) {
    if (!inner.params.includes(mutation.name)) scope.mutate(mutation);
  }
}
