/** Targets of assignments: names, parts of values, and tuples of both. */

import type { SyntaxNode } from '@lezer/common';
import { normalizedText } from '../normalizedText';
import { chainOf, indexesOf } from './chainOf';
import type { CodeScope } from './codeScope';
import type { Shape } from './shapeOf';
import { unpack } from './unpack';
import { walkExpression } from './walkExpression';

/** Binds what stands left of `=`, behind `for` or behind `as`. */
export function bindTarget(
  scope: CodeScope,
  target: SyntaxNode,
  shape: Shape,
  isMaybe: boolean,
): void {
  if (target.name === 'VariableName') {
    scope.bind({ ...shape, name: scope.text(target), isMaybe });
  } else if (target.name === 'MemberExpression') storePart(scope, target, 'store');
  else if (target.name === 'TupleExpression' || target.name === 'ArrayExpression') {
    const holds = shape.holds.map((held) => ({ ...held, hold: 'maybe' as const }));
    for (const part of unpack(target)) {
      bindTarget(scope, part, { isImmutable: false, isIterator: false, holds }, isMaybe);
    }
  } else walkExpression(scope, target);
}

/** Sets a part: `x["a"] = …`, `x.a = …`, `x[0].a = …`. */
export function storePart(scope: CodeScope, target: SyntaxNode, how: 'store' | 'update'): void {
  const { root, links, key } = chainOf(target, scope.source);
  for (const child of indexesOf(target)) walkExpression(scope, child);
  if (root === undefined) {
    if (target.firstChild !== null) walkExpression(scope, target.firstChild);
    return;
  }
  const isPart = key !== undefined && links === 1 && how === 'store';
  if (links > 1 || how === 'update') scope.read(root);
  scope.mutate({
    name: root,
    kind: how === 'update' ? 'update' : isPart ? 'part' : 'store',
    key: isPart ? key : normalizedText(target, scope.source),
    isDeep: links > 1,
  });
}
