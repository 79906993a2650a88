/** Loops and `with`: what they bind before their body runs. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../python/pythonSyntax';
import { bindTarget } from './bindTarget';
import type { CodeScope } from './codeScope';
import { consume } from './consume';
import { partsOf, shapeOf } from './shapeOf';
import { bracketOrComma, unpack } from './unpack';
import type { Walk } from './walk';
import { walkExpression } from './walkExpression';

export function forStatement(
  scope: CodeScope,
  node: SyntaxNode,
  isMaybe: boolean,
  walkBlock: Walk,
): void {
  const children = childrenOf(node);
  const at = children.findIndex(({ name }) => name === 'in');
  const bodyAt = children.findIndex(({ name }) => name === 'Body');
  const iterated = children.slice(at + 1, bodyAt).filter(({ name }) => !bracketOrComma.test(name));
  for (const child of iterated) walkExpression(scope, child);
  for (const child of iterated) consume(scope, child);
  const runs = iterated.every((child) => hasItems(scope, child));
  const shape = partsOf(scope, iterated);
  for (const target of children.slice(0, at)) {
    if (/^(?:async|for)$/.test(target.name) || bracketOrComma.test(target.name)) continue;
    bindTarget(scope, target, shape, isMaybe || !runs);
    // Within the body it is bound.
    for (const part of unpack(target)) {
      if (part.name === 'VariableName') scope.bound.add(scope.text(part));
    }
  }
  const [body, ...others] = children.slice(bodyAt).filter(({ name }) => name === 'Body');
  if (body !== undefined) walkBlock(scope, body, isMaybe || !runs);
  for (const other of others) walkBlock(scope, other, true);
}

function hasItems(scope: CodeScope, node: SyntaxNode): boolean {
  const text = scope.text(node);
  return /^range\(\s*[1-9]\d*\s*\)$|^range\(1, ?[1-9]\d+\)$|^\[[^\]]|^\([^)]/.test(text);
}

/** `while`: its body may not run. */
export function whileStatement(scope: CodeScope, node: SyntaxNode, walkBlock: Walk): void {
  for (const child of childrenOf(node)) {
    if (child.name === 'Body') walkBlock(scope, child, true);
    else walkExpression(scope, child);
  }
}

export function withStatement(
  scope: CodeScope,
  node: SyntaxNode,
  isMaybe: boolean,
  walkBlock: Walk,
): void {
  let value: SyntaxNode | undefined;
  let isTarget = false;
  for (const child of childrenOf(node)) {
    if (child.name === 'Body') walkBlock(scope, child, isMaybe);
    else if (child.name === 'as') isTarget = true;
    else if (child.name === ',') isTarget = false;
    else if (child.name === '⚠') scope.isBroken = true;
    else if (/^(?:with|async|[()])$/.test(child.name)) continue;
    else if (isTarget && value !== undefined) {
      bindTarget(scope, child, shapeOf(scope, value), isMaybe);
      isTarget = false;
    } else {
      walkExpression(scope, child);
      value = child;
    }
  }
}
