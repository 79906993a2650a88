/** Function definitions. */

import type { SyntaxNode } from '@lezer/common';
import type { CodeScope } from './codeScope';
import { innerEffects, paramsOf, takeDeferred } from './innerEffects';
import type { Walk } from './walk';
import { walkExpressionsIn } from './walkExpression';

export function defineFunction(
  scope: CodeScope,
  node: SyntaxNode,
  isMaybe: boolean,
  walkBlock: Walk,
): void {
  const named = node.getChild('VariableName');
  const list = node.getChild('ParamList');
  const body = node.getChild('Body');
  if (named === null || body === null) {
    scope.isBroken = true;
    return;
  }
  const params = list === null ? [] : paramsOf(scope, list);
  for (const type of node.getChildren('TypeDef')) walkExpressionsIn(scope, type);
  const inner = innerEffects(scope, body, params, (inner) => walkBlock(inner, body, false));
  takeDeferred(scope, inner);
  scope.bind({
    ...{ name: scope.text(named), isMaybe, isImmutable: false, isIterator: false, holds: [] },
    body: inner,
  });
}
