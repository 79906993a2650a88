import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type PythonSource, textOf } from './pythonSyntax';

/** A longer value is a text or a table, not a param. */
export const maxValueLength = 200;
const maxDepth = 6;

/**
 * The value of an expression made of literals alone, as text: a string without its quotes, simple
 * arithmetic as its result (`2**7` is `128`), a list or dict as it is written but on one line.
 * Undefined for anything that depends on a name, and for long values.
 */
export function literalValue(node: SyntaxNode, source: PythonSource): string | undefined {
  if (node.to - node.from > 4 * maxValueLength || !isLiteral(node, source, 0)) return undefined;
  const number = evaluate(node, source, 0);
  const value =
    number !== undefined && node.name === 'BinaryExpression'
      ? String(number)
      : (stringContent(node, source) ?? textOf(node, source).replace(/\s+/g, ' '));
  return value.length <= maxValueLength ? value : undefined;
}

function isLiteral(node: SyntaxNode, source: PythonSource, depth: number): boolean {
  switch (node.name) {
    case 'Number':
    case 'String':
    case 'ContinuedString':
    case 'Boolean':
    case 'None':
      return true;
    case 'UnaryExpression':
    case 'BinaryExpression':
      return evaluate(node, source, depth) !== undefined;
    case 'ParenthesizedExpression':
    case 'TupleExpression':
    case 'ArrayExpression':
    case 'SetExpression':
    case 'DictionaryExpression':
      return (
        depth < maxDepth &&
        childrenOf(node).every(
          (child) =>
            /^[()[\]{},:]$|^Comment$/.test(child.name) || isLiteral(child, source, depth + 1),
        )
      );
    default:
      return false;
  }
}

function evaluate(node: SyntaxNode, source: PythonSource, depth: number): number | undefined {
  if (depth > maxDepth) return undefined;
  const [first, second, third] = childrenOf(node);
  if (node.name === 'Number') return toNumber(textOf(node, source));
  if (node.name === 'ParenthesizedExpression') {
    return second === undefined ? undefined : evaluate(second, source, depth + 1);
  }
  if (node.name === 'UnaryExpression' && first !== undefined && second !== undefined) {
    const value = evaluate(second, source, depth + 1);
    const sign = textOf(first, source);
    if (value === undefined || (sign !== '-' && sign !== '+')) return undefined;
    return sign === '-' ? -value : value;
  }
  if (node.name !== 'BinaryExpression' || first === undefined || third === undefined)
    return undefined;
  const left = evaluate(first, source, depth + 1);
  const right = evaluate(third, source, depth + 1);
  if (left === undefined || right === undefined || second === undefined) return undefined;
  const result = calculate(left, textOf(second, source), right);
  return result !== undefined && Number.isFinite(result) ? result : undefined;
}

function calculate(left: number, operator: string, right: number): number | undefined {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '//':
      return Math.floor(left / right);
    case '**':
      return left ** right;
    default:
      return undefined;
  }
}

/** Python's numbers but the complex ones, which no arithmetic here is worth. */
function toNumber(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  const value = plain === '' ? Number.NaN : Number(plain);
  return Number.isNaN(value) ? undefined : value;
}

function stringContent(node: SyntaxNode, source: PythonSource): string | undefined {
  if (node.name === 'ParenthesizedExpression') {
    const inner = node.firstChild?.nextSibling;
    return inner == null ? undefined : stringContent(inner, source);
  }
  if (node.name === 'ContinuedString') {
    return childrenOf(node)
      .map((child) => stringContent(child, source) ?? '')
      .join('');
  }
  if (node.name !== 'String') return undefined;
  const found = /^[a-zA-Z]*("""|'''|"|')([\s\S]*)\1$/.exec(textOf(node, source));
  return found?.[2];
}
