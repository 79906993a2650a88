/** The names that are local to a function. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf } from '../../python/pythonSyntax';
import type { CodeScope } from './codeScope';
import { importedNames } from './importedNames';
import { unpack } from './unpack';

/** Names that a function assigns anywhere are its own everywhere in it. */
export function declareLocals(scope: CodeScope, body: SyntaxNode): void {
  const names = new Set<string>();
  const note = (node: SyntaxNode | null) => {
    if (node?.name === 'VariableName') names.add(scope.text(node));
    else if (node !== null && /^(?:Tuple|Array)Expression$/.test(node.name))
      unpack(node).forEach(note);
  };
  body.cursor().iterate(({ node }) => {
    const { name } = node;
    if (name === 'ScopeStatement') {
      for (const each of node.getChildren('VariableName')) scope.globals.add(scope.text(each));
    } else if (name === 'AssignStatement' || name === 'UpdateStatement') {
      const children = childrenOf(node);
      const last = children.findLastIndex((child) => /^(?:Assign|Update)Op$/.test(child.name));
      children.slice(0, last).forEach(note);
    } else if (name === 'NamedExpression') note(node.firstChild);
    else if (name === 'ForStatement' || name === 'WithStatement' || name === 'TryStatement') {
      let takes = name === 'ForStatement';
      for (const child of childrenOf(node)) {
        if (child.name === 'in' || child.name === 'Body') takes = false;
        else if (child.name === 'as') takes = true;
        else if (takes) note(child);
      }
    } else if (name === 'CapturePattern') note(node.firstChild);
    else if (name === 'FunctionDefinition' || name === 'ClassDefinition') {
      note(node.getChild('VariableName'));
      return false;
    } else if (name === 'ImportStatement') {
      for (const each of importedNames(node, scope.source)) names.add(each.name);
    } else if (name === 'YieldExpression' || name === 'YieldStatement') scope.yields = true;
    return name !== 'LambdaExpression';
  });
  for (const name of names) {
    if (!scope.globals.has(name) && !scope.locals.has(name)) scope.locals.set(name, []);
  }
}
