/** `match`: what its patterns capture. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../python/pythonSyntax';
import type { CodeScope } from './codeScope';
import { heldBy } from './heldBy';
import type { Walk } from './walk';
import { walkExpression, walkExpressionsIn } from './walkExpression';

export function matchStatement(scope: CodeScope, node: SyntaxNode, walkBlock: Walk): void {
  const subject = node.getChild('VariableName');
  const holds = subject === null ? [] : heldBy(scope, subject, 'maybe');
  const visit = (inner: SyntaxNode): void => {
    if (inner.name === 'Body') walkBlock(scope, inner, true);
    else if (inner.name === 'Guard') walkExpressionsIn(scope, inner);
    else if (inner.name === 'CapturePattern' || inner.name === 'AsPattern') {
      const name = inner.name === 'AsPattern' ? inner.lastChild : inner.firstChild;
      if (name?.name === 'VariableName' && scope.text(name) !== '_') {
        const bound = { isMaybe: true, isImmutable: false, isIterator: false, holds };
        scope.bind({ name: scope.text(name), ...bound });
      }
      if (inner.name === 'AsPattern' && inner.firstChild !== null) visit(inner.firstChild);
    } else if (inner.name === 'ClassPattern' && inner.firstChild?.name === 'VariableName') {
      scope.read(scope.text(inner.firstChild));
      for (const child of childrenOf(inner).slice(1)) visit(child);
    } else if (/Pattern|Match|PatternArgList/.test(inner.name)) childrenOf(inner).forEach(visit);
    else if (inner.parent?.name === 'MatchStatement') walkExpression(scope, inner);
  };
  childrenOf(node).forEach(visit);
  takeCertain(scope, node);
}

/** Names that every clause binds are bound if one of them takes whatever comes. */
function takeCertain(scope: CodeScope, node: SyntaxNode): void {
  const clauses = node.getChild('MatchBody')?.getChildren('MatchClause') ?? [];
  if (!/^case\s+_\s*:/.test(scope.text(clauses.at(-1) ?? node))) return;
  const assigned = clauses.map(
    (clause) =>
      new Set(
        (clause.getChild('Body')?.getChildren('AssignStatement') ?? []).map((each) =>
          each.firstChild === null ? '' : scope.text(each.firstChild),
        ),
      ),
  );
  for (const [at, value] of scope.binds.entries()) {
    if (!assigned.every((names) => names.has(value.name))) continue;
    scope.binds[at] = { ...value, isMaybe: false };
    scope.bound.add(value.name);
  }
}
