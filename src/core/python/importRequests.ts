import type { SyntaxNode } from '@lezer/common';
import { keepRelevant } from './keepRelevant';
import {
  childrenOf,
  namesOf,
  type PythonSource,
  parsePython,
  textOf,
  walkTree,
} from './pythonSyntax';

/** One module that a source asks for, wherever in it: at its top, in a function, under a condition. */
export interface ImportRequest {
  /** How many dots stand before: 0 for `import a`, 1 for `from . import a`. */
  readonly level: number;
  /** Such as `a.b`; empty for `from . import a`. */
  readonly module: string;
  /** What `from` takes, each of which may be a module too; `*` stands for what `__all__` lists. */
  readonly names: readonly string[];
}

export interface SourceImports {
  readonly requests: readonly ImportRequest[];
  /** Literal folders that the source adds to `sys.path`, as written. */
  readonly addedPaths: readonly string[];
  /** Whether it adds anything to `sys.path`, such as a folder that it computes. */
  readonly changesPath: boolean;
  /** The literal `__all__` of the module. */
  readonly exported: readonly string[];
}

const relevant = /\b(?:import|import_module|sys\.path)\b/;
/** Names of a module are ASCII in all but jest; text that is none names no file. */
const moduleName = /^[\p{L}_][\p{L}\p{M}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{M}\p{N}_]*)*$/u;

/** Reads the imports of a module or a cell. Never throws; runs nothing. */
export function readImportRequests(text: string): SourceImports {
  const source = parsePython(keepRelevant(text, relevant));
  const requests: ImportRequest[] = [];
  const addedPaths: string[] = [];
  let changesPath = false;
  const exported: string[] = [];
  walkTree(source, ({ name, node }) => {
    if (name === 'ImportStatement') requests.push(...readStatement(node, source));
    else if (name === 'CallExpression') {
      const called = namesOf(node.firstChild ?? node, source).join('.');
      if (/^(?:importlib\.)?(?:import_module|__import__)$/.test(called)) {
        requests.push(...readLiterals(stringsIn(node.getChild('ArgList'), source)));
      } else if (/^sys\.path\.(?:append|insert|extend)$/.test(called)) {
        changesPath = true;
        addedPaths.push(...stringsIn(node.getChild('ArgList'), source));
      }
    } else if (name === 'AssignStatement' || name === 'UpdateStatement') {
      const target = node.firstChild === null ? '' : textOf(node.firstChild, source);
      if (target === '__all__') exported.push(...stringsIn(node, source));
      if (target === 'sys.path') {
        changesPath = true;
        addedPaths.push(...stringsIn(node, source));
      }
    }
    return true;
  });
  return { requests, addedPaths, changesPath, exported };
}

function readStatement(node: SyntaxNode, source: PythonSource): ImportRequest[] {
  const children = childrenOf(node);
  // A syntax error: Python runs nothing of such a file.
  if (children.some(({ name }) => name === '⚠')) return [];
  const tokens = children
    .filter(({ name }) => !/^(?:[()]|Comment)$/.test(name))
    .map((child) => textOf(child, source));
  const importAt = tokens.indexOf('import');
  const items = splitItems(tokens.slice(importAt + 1));
  if (tokens[0] !== 'from') {
    return items.filter((item) => moduleName.test(item)).map((module) => request(0, module, []));
  }
  const from = tokens.slice(1, importAt).join('');
  const module = from.replace(/^\.+/, '');
  if (module !== '' && !moduleName.test(module)) return [];
  return [request(from.length - module.length, module, items)];
}

/** `a . b as c, d` gives `a.b` and `d`. */
function splitItems(tokens: readonly string[]): string[] {
  const items: string[] = [''];
  let isAlias = false;
  for (const token of tokens) {
    if (token === ',') {
      items.push('');
      isAlias = false;
    } else if (token === 'as') isAlias = true;
    else if (!isAlias) items.push(`${items.pop() ?? ''}${token}`);
  }
  return items.filter((item) => item !== '');
}

/** The module that `import_module` is given; a package behind it says where a relative one begins. */
function readLiterals([literal]: readonly string[]): ImportRequest[] {
  const module = literal?.replace(/^\.+/, '') ?? '';
  return literal !== undefined && moduleName.test(module)
    ? [request(literal.length - module.length, module, [])]
    : [];
}

function request(level: number, module: string, names: readonly string[]): ImportRequest {
  return { level, module, names };
}

/** The plain string literals in a node, as written between their quotes. */
function stringsIn(node: SyntaxNode | null, source: PythonSource): string[] {
  const strings: string[] = [];
  node?.cursor().iterate((inner) => {
    if (inner.name !== 'String') return true;
    const plain = /^[rRuU]?(['"])([^'"\\\n]*)\1$/.exec(textOf(inner.node, source));
    if (plain) strings.push(plain[2] ?? '');
    return false;
  });
  return strings;
}
