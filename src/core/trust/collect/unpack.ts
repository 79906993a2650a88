/** The parts of a target or of a list: `a` and `b` of `(a, b)`. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../python/pythonSyntax';

export const bracketOrComma = /^(?:[()[\]{},:]|Comment|\*\*?|⚠)$/;

export function unpack(node: SyntaxNode | undefined): SyntaxNode[] {
  if (node === undefined) return [];
  if (!/^(?:Tuple|Array|Parenthesized)Expression$/.test(node.name)) {
    return bracketOrComma.test(node.name) ? [] : [node];
  }
  return childrenOf(node).filter(({ name }) => !bracketOrComma.test(name));
}
