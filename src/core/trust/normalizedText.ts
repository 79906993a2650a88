import type { SyntaxNode } from '@lezer/common';
import type { PythonSource } from '../python/pythonSyntax';

/** The code of a node without comments and with spaces alike: what makes no difference to a run. */
export function normalizedText(node: SyntaxNode, { text }: PythonSource): string {
  const tokens: string[] = [];
  node.cursor().iterate(
    (inner) => {
      if (inner.name === 'Comment') return false;
      if (
        inner.name === 'String' ||
        inner.name === 'FormatString' ||
        inner.name === 'ContinuedString'
      ) {
        tokens.push(text.slice(inner.from, inner.to));
        return false;
      }
      if (inner.node.firstChild === null) {
        if (inner.to > inner.from) tokens.push(text.slice(inner.from, inner.to));
      } else if (inner.name === 'Body') tokens.push('{');
      return true;
    },
    (inner) => {
      if (inner.name === 'Body') tokens.push('}');
      // Where a statement ends no bracket says.
      if (inner.name.endsWith('Statement') || inner.name.endsWith('Definition')) tokens.push(';');
    },
  );
  return tokens.join(' ');
}
