/** Chains of attributes, subscripts and calls behind a name: `a.b[0].c`. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type PythonSource, textOf } from '../../python/pythonSyntax';
import { bracketOrComma } from './unpack';
import { stringOf } from './valueKind';

export interface Chain {
  readonly root?: string;
  readonly links: number;
  readonly attributes: readonly string[];
  readonly key?: string;
}

/** The name at the start of a chain such as `a.b[0].c`, and how many links follow it. */
export function chainOf(node: SyntaxNode, source: PythonSource): Chain {
  let links = 0;
  let key: string | undefined;
  const attributes: string[] = [];
  let seesCall = false;
  let at: SyntaxNode | null = node;
  while (at !== null) {
    if (at.name === 'VariableName') {
      return {
        root: textOf(at, source),
        links,
        attributes: attributes.reverse(),
        ...(key !== undefined && links === 1 && { key }),
      };
    }
    if (at.name === 'MemberExpression') {
      links += 1;
      const property: SyntaxNode | null = at.getChild('PropertyName');
      if (property !== null) {
        if (!seesCall) attributes.push(textOf(property, source));
      } else {
        const string = at.getChild('String');
        const isOnly = string !== null && at.lastChild?.prevSibling?.from === string.from;
        key = isOnly && indexesOf(at).length === 1 ? stringOf(textOf(string, source)) : undefined;
      }
      at = at.firstChild;
    } else if (at.name === 'CallExpression') {
      seesCall = true;
      links += 1;
      at = at.firstChild;
    } else if (at.name === 'ParenthesizedExpression') at = at.firstChild?.nextSibling ?? null;
    else if (at.name === 'AwaitExpression') at = at.lastChild;
    else break;
  }
  return { links, attributes: attributes.reverse() };
}

/** The call on whose result a chain goes on: `f(x)` of `f(x).a[0].b`. */
export function innermostCall(callee: SyntaxNode): SyntaxNode | undefined {
  for (let at = callee.firstChild; at !== null; at = at.firstChild) {
    if (at.name === 'CallExpression') return at;
    if (at.name !== 'MemberExpression') return undefined;
  }
  return undefined;
}

/** The expressions within the brackets of a chain of attributes and subscripts, down to a call. */
export function indexesOf(member: SyntaxNode): SyntaxNode[] {
  const indexes: SyntaxNode[] = [];
  for (let at: SyntaxNode | null = member; at?.name === 'MemberExpression'; at = at.firstChild) {
    for (const child of childrenOf(at).slice(1)) {
      if (!bracketOrComma.test(child.name) && !/^(?:\.|PropertyName)$/.test(child.name)) {
        indexes.push(child);
      }
    }
  }
  return indexes;
}
