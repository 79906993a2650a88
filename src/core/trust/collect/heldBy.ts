/** The names to which the value of an expression may refer. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../python/pythonSyntax';
import type { HeldName, Hold } from '../effects';
import { type CodeScope, maxDepth } from './codeScope';
import { comprehendsIn, heldByComprehension } from './comprehension';
import { lambdaEffects } from './lambdaEffects';
import { noteCall } from './noteCall';

/** The names to which the value of an expression may refer. */
export function heldBy(scope: CodeScope, node: SyntaxNode, hold: Hold): HeldName[] {
  const held: HeldName[] = [];
  const visit = (inner: SyntaxNode, how: Hold, depth: number, viaCall?: number): void => {
    if (depth > maxDepth || held.length > 200) return;
    switch (inner.name) {
      case 'VariableName': {
        const name = scope.text(inner);
        const via = viaCall === undefined ? {} : { viaCall };
        const local = scope.locals.get(name);
        if (local !== undefined && !scope.isFunction) {
          for (const each of local) held.push({ ...each, hold: 'contains', ...via });
        } else held.push({ name, hold: how, ...via });
        return;
      }
      case 'String':
      case 'FormatString':
      case 'Number':
      case 'Boolean':
      case 'None':
      case 'PropertyName':
        return;
      case 'UnaryExpression':
        return;
      case 'BinaryExpression':
        // Arithmetic makes a new value; `+` of lists contains the old ones' items.
        if (/^(?:and|or)$/.test(inner.firstChild?.nextSibling?.name ?? '')) break;
        if (scope.text(inner.firstChild?.nextSibling ?? inner) !== '+') return;
        for (const child of childrenOf(inner)) visit(child, 'contains', depth + 1, viaCall);
        return;
      case 'CallExpression': {
        const call = noteCall(scope, inner);
        for (const child of childrenOf(inner)) visit(child, 'maybe', depth + 1, viaCall ?? call);
        return;
      }
      case 'ArrayExpression':
      case 'TupleExpression':
      case 'SetExpression':
      case 'DictionaryExpression':
        for (const child of childrenOf(inner)) visit(child, 'contains', depth + 1, viaCall);
        return;
      case 'ArrayComprehensionExpression':
      case 'SetComprehensionExpression':
      case 'DictionaryComprehensionExpression':
      case 'ComprehensionExpression':
        for (const each of heldByComprehension(scope, inner)) {
          held.push(viaCall === undefined ? each : { ...each, viaCall });
        }
        return;
      case 'MemberExpression':
        if (inner.firstChild !== null) visit(inner.firstChild, 'maybe', depth + 1, viaCall);
        return;
      case 'LambdaExpression':
        for (const name of lambdaEffects(scope, inner).reads.keys())
          held.push({ name, hold: 'contains' });
        return;
      default:
        if (inner.name === 'ArgList' && comprehendsIn(inner)) {
          for (const each of heldByComprehension(scope, inner)) {
            held.push(viaCall === undefined ? each : { ...each, viaCall });
          }
          return;
        }
    }
    for (const child of childrenOf(inner)) visit(child, how, depth + 1, viaCall);
  };
  visit(node, hold, 0);
  return held;
}
