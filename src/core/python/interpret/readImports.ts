import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type PythonSource, textOf } from '../pythonSyntax';

export interface ImportedName {
  /** What the module calls it from here on; `*` where it takes all that there is. */
  readonly name: string;
  /** Its full name; a relative one keeps its dots. */
  readonly path: string;
  /** The module that is loaded for it, with the dots in front of a relative one. */
  readonly module: string;
  /** What `from` takes out of the module. */
  readonly item?: string;
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
    if (path === '') continue;
    if (isFrom) names.push({ name: alias ?? path, path: joined(module, path), module, item: path });
    else if (alias !== undefined) names.push({ name: alias, path, module: path });
    else {
      const first = path.split('.')[0] ?? path;
      names.push({ name: first, path: first, module: path });
    }
  }
  return names;
}

function dotted(tokens: readonly string[]): string {
  return tokens.map((token) => token.replace(/^<(.*)>$/, '$1')).join('');
}

/** `a` and `b` are `a.b`, `.` and `b` are `.b`. */
export function joined(module: string, name: string): string {
  return module === '' || module.endsWith('.') ? module + name : `${module}.${name}`;
}
