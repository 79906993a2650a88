/** Where an expression may name a file: a text at its end, or names that hold one. */

import type { SyntaxNode } from '@lezer/common';
import { type PythonSource, textOf } from '../../python/pythonSyntax';
import type { PathHint } from '../effects';
import { normalizedText } from '../normalizedText';
import { stringOf } from './valueKind';

export function pathHint(node: SyntaxNode, source: PythonSource): PathHint {
  const names: string[] = [];
  let literal: string | undefined;
  node.cursor().iterate((inner) => {
    if (inner.name === 'VariableName') names.push(textOf(inner.node, source));
    if (inner.name === 'String' || inner.name === 'FormatString') {
      literal = stringOf(textOf(inner.node, source));
    }
    return true;
  });
  return {
    ...(literal !== undefined && { literal }),
    names,
    text: normalizedText(node, source),
  };
}
