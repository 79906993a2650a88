import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type PythonSource, textOf } from '../pythonSyntax';

export interface ImportedName {
  /** What the module calls it from here on. */
  readonly name: string;
  /** Its full name; a relative one keeps its dots. */
  readonly path: string;
}

/** The names that an ImportStatement binds. */
export function readImports(node: SyntaxNode, source: PythonSource): ImportedName[] {
  const tokens = childrenOf(node)
    .map((child) => (child.name === 'VariableName' ? textOf(child, source) : `<${child.name}>`))
    .filter((token) => !/^<(?:[()]|Comment|⚠)>$/.test(token));
  const importAt = tokens.indexOf('<import>');
  const isFrom = tokens[0] === '<from>';
  const module = isFrom ? dotted(tokens.slice(1, importAt)) : '';
  const names: ImportedName[] = [];
  let item: string[] = [];
  for (const token of [...tokens.slice(importAt + 1), '<,>']) {
    if (token !== '<,>') {
      item.push(token);
      continue;
    }
    const asAt = item.indexOf('<as>');
    const path = dotted(asAt === -1 ? item : item.slice(0, asAt));
    const alias = asAt === -1 ? undefined : item[asAt + 1];
    item = [];
    if (path === '' || path.includes('*')) continue;
    if (isFrom) names.push({ name: alias ?? path, path: joined(module, path) });
    else if (alias !== undefined) names.push({ name: alias, path });
    else names.push({ name: path.split('.')[0] ?? path, path: path.split('.')[0] ?? path });
  }
  return names;
}

function dotted(tokens: readonly string[]): string {
  return tokens.map((token) => token.replace(/^<(.*)>$/, '$1')).join('');
}

function joined(module: string, name: string): string {
  return module === '' || module.endsWith('.') ? module + name : `${module}.${name}`;
}
