/** Comprehensions: their names are local, and what they make may hold items of what they iterate. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../python/pythonSyntax';
import type { HeldName } from '../effects';
import type { CodeScope } from './codeScope';
import { consume } from './consume';
import { heldBy } from './heldBy';
import { bracketOrComma, unpack } from './unpack';
import { isImmutable } from './valueKind';
import { walkExpression } from './walkExpression';

export function comprehendsIn(node: SyntaxNode): boolean {
  return node.getChild('for') !== null;
}

/** `[u for u in v if w]`: the iterated first, then what uses its names, which are local. */
export function walkComprehension(scope: CodeScope, node: SyntaxNode): void {
  const children = childrenOf(node);
  const firstFor = children.findIndex(({ name }) => name === 'for');
  const added: string[] = [];
  let isTarget = false;
  let targets: SyntaxNode[] = [];
  for (const child of children.slice(firstFor)) {
    if (child.name === 'for') {
      isTarget = true;
      targets = [];
    } else if (child.name === 'in') isTarget = false;
    else if (isTarget) targets.push(...unpack(child));
    else if (!bracketOrComma.test(child.name) && !/^(?:if|async)$/.test(child.name)) {
      walkExpression(scope, child);
      if (targets.length > 0) consume(scope, child);
      const holds = targets.length > 0 ? heldBy(scope, child, 'maybe') : [];
      for (const target of targets) {
        const name = scope.text(target);
        if (target.name !== 'VariableName' || scope.locals.has(name)) continue;
        scope.locals.set(name, holds);
        added.push(name);
      }
      targets = [];
    }
  }
  for (const child of children.slice(0, firstFor)) walkExpression(scope, child);
  if (!scope.isFunction) for (const name of added) scope.locals.delete(name);
}

/** A comprehension contains items of what it iterates, if what it makes of them may be one. */
export function heldByComprehension(scope: CodeScope, node: SyntaxNode): HeldName[] {
  const children = childrenOf(node);
  const firstFor = children.findIndex(({ name }) => name === 'for');
  const made = children.slice(0, firstFor).filter(({ name }) => !bracketOrComma.test(name));
  const makesNew = made.every((child) => isImmutable(child, scope.source));
  if (makesNew) return [];
  const targets = new Set<string>();
  const sources: SyntaxNode[] = [];
  let isTarget = false;
  for (const child of children.slice(firstFor)) {
    if (child.name === 'for') isTarget = true;
    else if (child.name === 'in') isTarget = false;
    else if (child.name === 'if') break;
    else if (isTarget) for (const part of unpack(child)) targets.add(scope.text(part));
    else if (!bracketOrComma.test(child.name)) sources.push(child);
  }
  const of = made.flatMap((child) => heldBy(scope, child, 'contains'));
  const usesTarget = of.some(({ name }) => targets.has(name));
  const viaCall = of.find(({ name }) => targets.has(name))?.viaCall;
  const items = usesTarget ? sources.flatMap((child) => heldBy(scope, child, 'contains')) : [];
  const via = viaCall === undefined ? {} : { viaCall };
  return [
    ...of.filter(({ name }) => !targets.has(name)),
    ...items.filter(({ name }) => !targets.has(name)),
  ].map((each) => ({ ...each, hold: 'contains' as const, ...via }));
}
