/** What an import statement binds. */

import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type PythonSource, textOf } from '../../python/pythonSyntax';
import type { CodeScope } from './codeScope';

/** The names that an import statement binds, with what they are; `*` for all of a module. */
export function importedNames(
  node: SyntaxNode,
  source: PythonSource,
): { readonly name: string; readonly imported: string }[] {
  const tokens = childrenOf(node)
    .filter(({ name }) => !/^(?:[()]|Comment)$/.test(name))
    .map((child) => textOf(child, source));
  const at = tokens.indexOf('import');
  const from = tokens[0] === 'from' ? tokens.slice(1, at).join('') : undefined;
  const items: string[][] = [[]];
  for (const token of tokens.slice(at + 1)) {
    if (token === ',') items.push([]);
    else items.at(-1)?.push(token);
  }
  return items.flatMap((item) => {
    const asAt = item.indexOf('as');
    const path = (asAt === -1 ? item : item.slice(0, asAt)).join('');
    if (path === '') return [];
    const imported = from === undefined ? path : `${from}.${path}`;
    if (path === '*') return [{ name: '*', imported: from ?? '' }];
    const alias = asAt === -1 ? undefined : item[asAt + 1];
    // `import a.b` binds `a`.
    const first = path.split('.')[0] ?? path;
    if (alias !== undefined) return [{ name: alias, imported }];
    return from === undefined ? [{ name: first, imported: first }] : [{ name: path, imported }];
  });
}

export function importStatement(scope: CodeScope, node: SyntaxNode, isMaybe: boolean): void {
  for (const { name, imported } of importedNames(node, scope.source)) {
    if (name === '*') scope.stars.push(imported);
    else {
      scope.bind({
        ...{ name, isMaybe, isImmutable: true, isIterator: false, holds: [] },
        imported,
      });
    }
  }
}
