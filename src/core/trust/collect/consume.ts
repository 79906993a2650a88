/** What a loop or comprehension does to what it iterates. */

import type { SyntaxNode } from '@lezer/common';
import { chainOf } from './chainOf';
import type { CodeScope } from './codeScope';
import { isSet } from './valueKind';

/** What is iterated is used up if it is an iterator, which the replay knows. */
export function consume(scope: CodeScope, node: SyntaxNode): void {
  const { root } = chainOf(node, scope.source);
  if (isSet(node, scope.source)) {
    scope.calls.push({
      ...{ root: 'iter', receivers: [], attributes: [], isOnPart: false, positionalCount: 1 },
      ...{ args: [], takesSet: true, keywords: new Map(), text: '' },
    });
  }
  if (node.name !== 'VariableName' || root === undefined) return;
  scope.calls.push({
    ...{ root: 'iter', receivers: [], attributes: [], isOnPart: false, positionalCount: 1 },
    ...{ args: [{ name: root, hold: 'maybe' }], keywords: new Map(), text: '' },
  });
}
