/** What can be told of a value from its syntax alone. */

import type { SyntaxNode } from '@lezer/common';
import { type PythonSource, textOf } from '../../python/pythonSyntax';

export function isSet(node: SyntaxNode, source: PythonSource): boolean {
  if (node.name === 'SetExpression' || node.name === 'SetComprehensionExpression') return true;
  const callee = node.name === 'CallExpression' ? node.firstChild : null;
  return callee?.name === 'VariableName' && /^(?:set|frozenset)$/.test(textOf(callee, source));
}

const immutableCall =
  /^(?:len|int|float|str|bool|round|abs|sum|repr|ord|chr|hash|type|isinstance|any|all|format|id|hex|bin)$/;

export function isImmutable(node: SyntaxNode, source: PythonSource): boolean {
  switch (node.name) {
    case 'Number':
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
    case 'Boolean':
    case 'None':
      return true;
    case 'UnaryExpression':
      return node.lastChild !== null && isImmutable(node.lastChild, source);
    case 'BinaryExpression': {
      const [left, right] = [node.firstChild, node.lastChild];
      return (
        left !== null && right !== null && isImmutable(left, source) && isImmutable(right, source)
      );
    }
    case 'ParenthesizedExpression': {
      const inner = node.firstChild?.nextSibling;
      return inner != null && isImmutable(inner, source);
    }
    case 'CallExpression': {
      const callee = node.firstChild;
      return callee?.name === 'VariableName' && immutableCall.test(textOf(callee, source));
    }
    default:
      return false;
  }
}

/** The text of a plain literal, without its quotes. */
export function stringOf(literal: string): string {
  return literal.replace(/^[A-Za-z]*('''|"""|'|")/, '').replace(/('''|"""|'|")$/, '');
}
