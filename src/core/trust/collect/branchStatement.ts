/** Statements of which a part may not run: `if` and `try`. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../python/pythonSyntax';
import type { CodeScope } from './codeScope';
import type { Walk } from './walk';
import { walkExpression } from './walkExpression';

/** What all branches bind is bound; what one binds may be left as it was. */
export function ifStatement(
  scope: CodeScope,
  node: SyntaxNode,
  isMaybe: boolean,
  walkBlock: Walk,
): void {
  const before = new Set(scope.bound);
  const ends: Set<string>[] = [];
  let hasElse = false;
  for (const child of childrenOf(node)) {
    if (child.name === 'else') hasElse = true;
    if (child.name !== 'Body') {
      if (!/^(?:if|elif|else)$/.test(child.name)) walkExpression(scope, child);
      continue;
    }
    const from = scope.binds.length;
    walkBlock(scope, child, isMaybe);
    ends.push(new Set(scope.bound));
    scope.keepBound(before);
    // What one branch binds may be left as it was by another.
    for (let at = from; at < scope.binds.length; at += 1) {
      const value = scope.binds[at];
      if (value !== undefined) scope.binds[at] = { ...value, isMaybe: true };
    }
  }
  if (!hasElse || isMaybe) return;
  const [first, ...others] = ends;
  for (const name of first ?? []) {
    if (!before.has(name) && others.every((end) => end.has(name))) {
      scope.bound.add(name);
      for (const [at, value] of scope.binds.entries()) {
        if (value.name === name) scope.binds[at] = { ...value, isMaybe: false };
      }
    }
  }
}

/** What is read where an error would be caught is guarded. */
export function tryStatement(scope: CodeScope, node: SyntaxNode, walkBlock: Walk): void {
  let isTried = true;
  let isName = false;
  for (const child of childrenOf(node)) {
    if (child.name === 'Body') {
      const before = new Set(scope.bound);
      if (isTried) scope.guards += 1;
      walkBlock(scope, child, true);
      if (isTried) scope.guards -= 1;
      isTried = false;
      scope.keepBound(before);
    } else if (child.name === 'as') isName = true;
    else if (isName && child.name === 'VariableName') {
      isName = false;
      scope.bind({
        ...{ name: scope.text(child), isMaybe: true, isImmutable: false },
        ...{ isIterator: false, holds: [] },
      });
    } else if (!/^(?:try|except|finally|else)$/.test(child.name)) walkExpression(scope, child);
  }
}
