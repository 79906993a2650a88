/** Walks expressions in the order in which they are evaluated. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../python/pythonSyntax';
import { bindTarget } from './bindTarget';
import { chainOf } from './chainOf';
import { type CodeScope, maxDepth } from './codeScope';
import { comprehendsIn, walkComprehension } from './comprehension';
import { takeDeferred } from './innerEffects';
import { lambdaEffects, takeAtOnce } from './lambdaEffects';
import { noteCall } from './noteCall';
import { shapeOf } from './shapeOf';

export function walkExpressionsIn(scope: CodeScope, node: SyntaxNode): void {
  for (const child of childrenOf(node)) walkExpression(scope, child);
}

/** @param isValue whether this is the value of an assignment, where a lambda is only kept. */
export function walkExpression(scope: CodeScope, node: SyntaxNode, isValue = false): void {
  scope.depth += 1;
  if (scope.depth > maxDepth) scope.isBroken = true;
  else walkInside(scope, node, isValue);
  scope.depth -= 1;
}

function walkInside(scope: CodeScope, node: SyntaxNode, isValue: boolean): void {
  switch (node.name) {
    case 'VariableName':
      scope.read(scope.text(node));
      return;
    case 'MemberExpression': {
      const { root, links, key } = chainOf(node, scope.source);
      if (root !== undefined && key !== undefined && links === 1) {
        scope.read(root, key);
        return;
      }
      for (const child of childrenOf(node)) {
        if (child.name !== 'PropertyName') walkExpression(scope, child);
      }
      return;
    }
    case 'CallExpression':
      noteCall(scope, node);
      return;
    case 'NamedExpression': {
      const [target, value] = [node.firstChild, node.lastChild];
      if (value !== null) walkExpression(scope, value);
      if (target !== null && value !== null) bindTarget(scope, target, shapeOf(scope, value), true);
      if (target !== null) scope.bound.add(scope.text(target));
      return;
    }
    case 'LambdaExpression': {
      const inner = lambdaEffects(scope, node);
      takeDeferred(scope, inner);
      // As an argument it is called, most likely at once.
      if (!isValue) takeAtOnce(scope, inner);
      return;
    }
    case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
    case 'ComprehensionExpression':
      walkComprehension(scope, node);
      return;
    case 'YieldExpression':
      scope.yields = true;
      walkExpressionsIn(scope, node);
      return;
    case '⚠':
      scope.isBroken = true;
      return;
    case 'String':
    case 'Number':
    case 'Comment':
    case 'PropertyName':
      return;
    default:
      if (node.name === 'ArgList' && comprehendsIn(node)) {
        walkComprehension(scope, node);
        return;
      }
      walkExpressionsIn(scope, node);
      return;
  }
}
