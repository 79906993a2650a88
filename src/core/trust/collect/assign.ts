/** Assignments: `a = b`, `a, b = c`, `a += b`. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../python/pythonSyntax';
import { bindTarget, storePart } from './bindTarget';
import type { CodeScope } from './codeScope';
import { heldBy } from './heldBy';
import { partsOf, shapeOf } from './shapeOf';
import { bracketOrComma, unpack } from './unpack';
import { walkExpression, walkExpressionsIn } from './walkExpression';

/** `a = b = c`. */
export function assign(scope: CodeScope, node: SyntaxNode, isMaybe: boolean): void {
  const parts: SyntaxNode[][] = [[]];
  for (const child of childrenOf(node)) {
    if (child.name === 'AssignOp') parts.push([]);
    else if (child.name === 'TypeDef') walkExpressionsIn(scope, child);
    else if (child.name === '⚠') scope.isBroken = true;
    else if (!bracketOrComma.test(child.name)) parts.at(-1)?.push(child);
  }
  // `x: int` alone binds nothing.
  if (parts.length < 2) return;
  const values = parts.pop() ?? [];
  for (const value of values) walkExpression(scope, value, values.length === 1);
  const unpacked = values.length === 1 ? unpack(values[0]) : values;
  const starred = /(?:^|[,(\s])\*/.test(scope.text(node).split('=')[0] ?? '');
  const bound = parts.map((part) =>
    part.flatMap((target) => unpack(target)).length === 1 && part.length === 1
      ? [{ target: part[0], value: values.length === 1 ? values[0] : undefined }]
      : part
          .flatMap((target) => unpack(target))
          .map((target, i, all) => ({
            target,
            value: !starred && all.length === unpacked.length ? unpacked[i] : undefined,
          })),
  );
  // All values are read before any name is bound: `x, y = y, x`.
  const shared = bound.flat().map(({ target, value }) => ({
    target,
    shape: value === undefined ? partsOf(scope, values) : shapeOf(scope, value),
  }));
  for (const { target, shape } of shared) {
    if (target !== undefined) bindTarget(scope, target, shape, isMaybe);
  }
}

/** `a += b`. */
export function update(scope: CodeScope, node: SyntaxNode, isMaybe: boolean): void {
  const target = node.firstChild;
  if (target === null) return;
  for (const child of childrenOf(node).slice(1)) {
    if (child.name !== 'UpdateOp') walkExpression(scope, child);
  }
  if (target.name !== 'VariableName') {
    walkExpression(scope, target);
    storePart(scope, target, 'update');
    return;
  }
  const name = scope.text(target);
  scope.read(name);
  const value = node.lastChild;
  const holds = value === null ? [] : heldBy(scope, value, 'contains');
  if (scope.isLocalName(name)) scope.mutate({ name, kind: 'update', key: '', isDeep: false });
  scope.bind({ name, isMaybe, isImmutable: false, isIterator: false, holds, isUpdate: true });
}
