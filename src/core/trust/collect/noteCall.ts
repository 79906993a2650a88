/** Calls: what they are called on, what they are given, and where they may find a path. */

import type { SyntaxNode } from '@lezer/common';
import { argumentsOf } from '../../python/pythonSyntax';
import type { CodeCall, HeldName } from '../effects';
import { normalizedText } from '../normalizedText';
import { chainOf, indexesOf, innermostCall } from './chainOf';
import type { CodeScope } from './codeScope';
import { comprehendsIn, walkComprehension } from './comprehension';
import { heldBy } from './heldBy';
import { pathHint } from './pathHint';
import { isSet, stringOf } from './valueKind';
import { walkExpression } from './walkExpression';

/** Notes a call once, and reads all that it is given. @returns its index in the calls. */
export function noteCall(scope: CodeScope, node: SyntaxNode): number {
  const known = scope.callOf.get(node.from * 7919 + node.to);
  if (known !== undefined) return known;
  const callee = node.firstChild;
  const list = node.getChild('ArgList');
  let onCall: number | undefined;
  if (callee !== null) {
    if (callee.name === 'MemberExpression') {
      const receiver = innermostCall(callee);
      if (receiver !== undefined) onCall = noteCall(scope, receiver);
      for (const index of indexesOf(callee)) walkExpression(scope, index);
      const { root } = chainOf(callee, scope.source);
      if (root !== undefined) scope.read(root);
      else if (onCall === undefined && callee.firstChild !== null)
        walkExpression(scope, callee.firstChild);
    } else walkExpression(scope, callee);
  }
  const { positional, keywords } = argumentsOf(node, scope.source);
  let args: HeldName[];
  if (list !== null && comprehendsIn(list)) {
    walkComprehension(scope, list);
    args = heldBy(scope, list, 'maybe');
  } else {
    const values = [...positional, ...keywords.map(({ value }) => value)];
    for (const value of values) walkExpression(scope, value);
    args = values.flatMap((value) => heldBy(scope, value, 'maybe'));
  }
  const chain = callee === null ? undefined : chainOf(callee, scope.source);
  const [first, second] = positional;
  const modeNode = keywords.find(({ name }) => name === 'mode')?.value ?? second;
  const receiver = callee?.name === 'MemberExpression' ? callee.firstChild : null;
  const mode = modeNode?.name === 'String' ? stringOf(scope.text(modeNode)) : undefined;
  const call: CodeCall = {
    ...(chain?.root !== undefined && { root: chain.root }),
    receivers: chain?.root === undefined ? [] : [...scope.originsOf(chain.root)],
    attributes: chain?.attributes ?? [],
    ...(onCall !== undefined && { onCall }),
    isOnPart: (chain?.links ?? 0) > 1,
    args,
    positionalCount: positional.length,
    ...(positional.some((value) => isSet(value, scope.source)) && { takesSet: true }),
    keywords: new Map(keywords.map(({ name, value }) => [name, scope.text(value).slice(0, 100)])),
    ...(mode !== undefined && { mode }),
    ...(first !== undefined && { path: pathHint(first, scope.source) }),
    ...(receiver !== null && { receiverPath: pathHint(receiver, scope.source) }),
    text: normalizedText(node, scope.source),
  };
  scope.calls.push(call);
  scope.callOf.set(node.from * 7919 + node.to, scope.calls.length - 1);
  return scope.calls.length - 1;
}
