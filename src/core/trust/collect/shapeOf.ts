/** What the value of an expression is, for the name that is bound to it. */

import type { SyntaxNode } from '@lezer/common';
import type { BoundValue } from '../effects';
import type { CodeScope } from './codeScope';
import { heldBy } from './heldBy';
import { lambdaEffects } from './lambdaEffects';
import { noteCall } from './noteCall';
import { pathHint } from './pathHint';
import { isImmutable, isSet } from './valueKind';

/** A value without the name that it is bound to. */
export type Shape = Omit<BoundValue, 'name' | 'isMaybe'>;

export function shapeOf(scope: CodeScope, node: SyntaxNode): Shape {
  const inner = node.name === 'ParenthesizedExpression' ? node.firstChild?.nextSibling : undefined;
  if (inner != null) return shapeOf(scope, inner);
  const literal = pathLiteral(scope, node);
  const shape: Shape = {
    isImmutable: isImmutable(node, scope.source),
    isIterator: node.name === 'ComprehensionExpression',
    holds: heldBy(scope, node, 'maybe'),
    ...(isSet(node, scope.source) && { isSet: true }),
    ...(literal !== undefined && { literal }),
  };
  if (node.name === 'VariableName') {
    const alias = scope.text(node);
    return { ...shape, holds: [], alias };
  }
  if (node.name === 'LambdaExpression') return { ...shape, body: lambdaEffects(scope, node) };
  if (node.name === 'CallExpression') return { ...shape, call: noteCall(scope, node) };
  if (node.name === 'AwaitExpression' && node.lastChild?.name === 'CallExpression') {
    return { ...shape, call: noteCall(scope, node.lastChild) };
  }
  return shape;
}

/** What each part of an unpacked value may be. */
export function partsOf(scope: CodeScope, values: readonly SyntaxNode[]): Shape {
  const holds = values.flatMap((value) => heldBy(scope, value, 'maybe'));
  return { isImmutable: false, isIterator: false, holds };
}

function pathLiteral(scope: CodeScope, node: SyntaxNode): string | undefined {
  if (!/^(?:String|FormatString|BinaryExpression|CallExpression)$/.test(node.name))
    return undefined;
  return pathHint(node, scope.source).literal;
}
