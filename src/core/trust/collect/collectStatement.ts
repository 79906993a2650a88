/** Walks statements in the order in which they run: the way into the static analysis. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type PythonSource } from '../../python/pythonSyntax';
import type { Effects } from '../effects';
import { assign, update } from './assign';
import { storePart } from './bindTarget';
import { ifStatement, tryStatement } from './branchStatement';
import { CodeScope, maxDepth } from './codeScope';
import { defineClass } from './defineClass';
import { defineFunction } from './defineFunction';
import { importStatement } from './importedNames';
import { forStatement, whileStatement, withStatement } from './loopStatement';
import { matchStatement } from './matchStatement';
import { walkExpressionsIn } from './walkExpression';

/** The effects of one statement of a module. */
export function collectStatement(node: SyntaxNode, source: PythonSource): Effects {
  const scope = new CodeScope(source);
  walkStatement(scope, node, false);
  return scope.finish();
}

function walkBlock(scope: CodeScope, node: SyntaxNode, isMaybe: boolean): void {
  for (const child of childrenOf(node)) walkStatement(scope, child, isMaybe);
}

function walkStatement(scope: CodeScope, node: SyntaxNode, isMaybe: boolean): void {
  scope.depth += 1;
  if (scope.depth > maxDepth) scope.isBroken = true;
  else walkInside(scope, node, isMaybe);
  scope.depth -= 1;
}

function walkInside(scope: CodeScope, node: SyntaxNode, isMaybe: boolean): void {
  switch (node.name) {
    case 'AssignStatement':
      assign(scope, node, isMaybe);
      return;
    case 'UpdateStatement':
      update(scope, node, isMaybe);
      return;
    case 'ForStatement':
      forStatement(scope, node, isMaybe, walkBlock);
      return;
    case 'WithStatement':
      withStatement(scope, node, isMaybe, walkBlock);
      return;
    case 'IfStatement':
      ifStatement(scope, node, isMaybe, walkBlock);
      return;
    case 'TryStatement':
      tryStatement(scope, node, walkBlock);
      return;
    case 'WhileStatement':
      whileStatement(scope, node, walkBlock);
      return;
    case 'MatchStatement':
      matchStatement(scope, node, walkBlock);
      return;
    case 'FunctionDefinition':
      defineFunction(scope, node, isMaybe, walkBlock);
      return;
    case 'ClassDefinition':
      defineClass(scope, node, isMaybe, walkBlock, walkStatement);
      return;
    case 'DecoratedStatement': {
      for (const decorator of node.getChildren('Decorator')) walkExpressionsIn(scope, decorator);
      const inner = node.lastChild;
      if (inner !== null) walkStatement(scope, inner, isMaybe);
      return;
    }
    case 'ImportStatement':
      importStatement(scope, node, isMaybe);
      return;
    case 'DeleteStatement':
      for (const target of childrenOf(node)) {
        if (target.name === 'VariableName') {
          scope.read(scope.text(target));
          scope.deletes.add(scope.text(target));
        } else if (target.name === 'MemberExpression') storePart(scope, target, 'update');
      }
      return;
    case 'ScopeStatement':
      for (const name of node.getChildren('VariableName')) {
        if (scope.text(node).startsWith('global')) scope.globals.add(scope.text(name));
      }
      return;
    case 'ReturnStatement':
      scope.returnsSelf ||= /^return\s+self\b\s*$/.test(scope.text(node));
      walkExpressionsIn(scope, node);
      return;
    case 'StatementGroup':
    case 'Body':
      walkBlock(scope, node, isMaybe);
      return;
    case 'Comment':
    case 'PassStatement':
      return;
    case '⚠':
      scope.isBroken = true;
      return;
    default:
      walkExpressionsIn(scope, node);
      return;
  }
}
