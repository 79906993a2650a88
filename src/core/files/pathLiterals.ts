import type { SyntaxNode } from '@lezer/common';
import { literalValue } from '../python/literalValue';
import {
  argumentsOf,
  childrenOf,
  namesOf,
  type PythonSource,
  parsePython,
  textOf,
  walkTree,
} from '../python/pythonSyntax';
import { keyUse, looksLikePath, type PathUse } from './keyUse';

/** A path that a source names, and what it does with it. */
export interface PathLiteral {
  readonly path: string;
  readonly use: PathUse;
}

const readers =
  /^(?:read\w*|load\w*|from_\w+|open|imread|imopen|genfromtxt|memmap|scan_\w+|glob|iglob|rglob|listdir|scandir|walk|iterdir|is_file|is_dir|exists|isfile|isdir|parse\w*|fetch\w*|(?:\w*(?:Dataset|Folder|Reader|Corpus|Loader|DataModule))|\w*_from_directory|flow_from_\w+|restore|COCO|File)$/;
const writers =
  /^(?:sav\w*|to_\w+|dump\w*|write\w*|export\w*|mkdir|makedirs|mkdtemp|imsave|imwrite|touch|unlink|remove|rmtree|rename|replace|move|copy\w*|\w*(?:Writer|Logger|Checkpoint\w*|Handler|Saver|TensorBoard)|init|log_\w+|Live|save_\w+)$/;
/** Those whose arguments are names of options, texts to show, or packages. */
const neither =
  /^(?:add_argument|option|argument|print|info|debug|warning|error|getLogger|import_module|get|pop|getenv|format|Option|Argument|Field|field)$/;

/** Those that only put a path together. */
const joiners =
  /^(?:Path|PurePath|PosixPath|join|joinpath|str|fspath|abspath|expanduser|resolve|absolute)$/;
/** Those whose arguments are what is written, not where. */
const contentWriters = /^write(?:_\w+|lines)?$/;

const maxDepth = 8;
const maxLiterals = 300;

/**
 * The paths that a Python source names in its literals, also joined (`Path("data") / "train.csv"`,
 * `os.path.join(ROOT, "x.npy")`) and through names that are assigned once. What is done with one is
 * read off the calls that take it; a path that any call writes is written.
 */
export function pathLiterals(text: string): readonly PathLiteral[] {
  const source = parsePython(text);
  const names = collectNames(source);
  const found = new Map<string, PathLiteral>();
  /** Paths that only stand beside a name. */
  const assigned = new Set<string>();
  const note = (literal: PathLiteral) => {
    const before = found.get(literal.path)?.use;
    if (before === undefined && found.size >= maxLiterals) return;
    if (before === 'write' || (before === 'read' && literal.use !== 'write')) return;
    found.set(literal.path, literal);
  };
  walkTree(source, ({ name, node }) => {
    if (name === 'AssignStatement') {
      const target = node.firstChild === null ? '' : textOf(node.firstChild, source);
      for (const value of valuesIn(node.lastChild)) {
        const path = pathOf(value, source, names, 0);
        if (path === undefined || !isNamed(path, target)) continue;
        if (!found.has(path)) assigned.add(path);
        note({ path, use: keyUse(target) });
      }
    }
    if (name === 'CallExpression') {
      for (const literal of pathsOfCall(node, source, names)) {
        if (literal.use !== 'unknown') assigned.delete(literal.path);
        note(literal);
      }
    }
    return true;
  });
  // A folder that others are only joined to is not read as a whole.
  const isJoinedTo = (folder: string) =>
    [...found.keys()].some((path) => path.startsWith(`${folder}/`));
  return [...found.values()].filter(({ path }) => !assigned.has(path) || !isJoinedTo(path));
}

/** A single word is a path only where its name says so: `split = "train"` is none. */
function isNamed(path: string, name: string): boolean {
  return (
    looksLikePath(path) ||
    (/(?:dir|path|folder|root|file)s?$/i.test(name) && /^[\w.-]+$/.test(path))
  );
}

/** Names that are assigned one path on the way, wherever they are. */
function collectNames(source: PythonSource): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const several = new Set<string>();
  walkTree(source, ({ name, node }) => {
    if (name !== 'AssignStatement') return true;
    const [target, value] = [node.firstChild, node.lastChild];
    if (target?.name !== 'VariableName' || value === null) return true;
    const key = textOf(target, source);
    const path = pathOf(value, source, names, 0);
    if (names.has(key) && names.get(key) !== path) several.add(key);
    if (path !== undefined) names.set(key, path);
    return true;
  });
  for (const each of several) names.delete(each);
  return names;
}

function pathsOfCall(
  call: SyntaxNode,
  source: PythonSource,
  names: ReadonlyMap<string, string>,
): readonly PathLiteral[] {
  const callee = call.firstChild;
  // `(Path("out") / "x").write_text(…)` does it to what it is called on.
  const method = callee?.getChild('PropertyName');
  const name = method ? textOf(method, source) : (namesOf(call, source).at(-1) ?? '');
  if (neither.test(name) || joiners.test(name)) return [];
  const { positional, keywords } = argumentsOf(call, source);
  const own = useOf(name, positional, keywords, source);
  const paths: PathLiteral[] = [];
  const add = (node: SyntaxNode | null, use: PathUse, isTaken: (path: string) => boolean) => {
    for (const value of valuesIn(node)) {
      const path = pathOf(value, source, names, 0);
      if (path !== undefined && path !== '' && isTaken(path)) paths.push({ path, use });
    }
  };
  const any = (path: string) => own !== 'unknown' || looksLikePath(path);
  if (own !== 'unknown' && callee?.name === 'MemberExpression') add(callee.firstChild, own, any);
  const taken = name === 'open' ? positional.slice(0, 1) : positional;
  if (!contentWriters.test(name)) for (const node of taken) add(node, own, any);
  for (const { name: key, value } of keywords) {
    const said = keyUse(key);
    const use = own === 'write' || said === 'unknown' ? own : said;
    add(value, use, (path) => isNamed(path, key));
  }
  return paths;
}

function useOf(
  name: string,
  positional: readonly SyntaxNode[],
  keywords: readonly { readonly name: string; readonly value: SyntaxNode }[],
  source: PythonSource,
): PathUse {
  if (name === 'open') {
    const mode =
      keywords.find((each) => each.name === 'mode')?.value ?? positional[1] ?? positional[0];
    const text = mode === undefined ? '' : (literalValue(mode, source) ?? '');
    return /^[rbt]*[wax+][rwabtx+]*$/.test(text) ? 'write' : 'read';
  }
  if (writers.test(name)) return 'write';
  return readers.test(name) ? 'read' : 'unknown';
}

/** The expressions in a list, a tuple or a set, and the values of a dict: a call may take paths in them. */
function valuesIn(node: SyntaxNode | null): readonly SyntaxNode[] {
  if (node === null) return [];
  const children = childrenOf(node);
  if (node.name === 'DictionaryExpression') {
    return children.filter((_, at) => children[at - 1]?.name === ':').flatMap(valuesIn);
  }
  return /^(?:Array|Tuple|Set)Expression$/.test(node.name) ? children.flatMap(valuesIn) : [node];
}

/** What an expression comes to, if it is a path that is written out. */
function pathOf(
  node: SyntaxNode,
  source: PythonSource,
  names: ReadonlyMap<string, string>,
  depth: number,
): string | undefined {
  if (depth > maxDepth) return undefined;
  const inner = (child: SyntaxNode) => pathOf(child, source, names, depth + 1);
  switch (node.name) {
    case 'String':
    case 'ContinuedString':
      return literalValue(node, source);
    case 'VariableName':
      return names.get(textOf(node, source));
    case 'ParenthesizedExpression': {
      const child = node.firstChild?.nextSibling;
      return child ? inner(child) : undefined;
    }
    case 'BinaryExpression': {
      const [left, operator, right] = childrenOf(node);
      if (left === undefined || operator === undefined || right === undefined) return undefined;
      const [first, second] = [inner(left), inner(right)];
      if (first === undefined || second === undefined) return undefined;
      const sign = textOf(operator, source);
      if (sign === '+') return first + second;
      return sign === '/' ? joined([first, second]) : undefined;
    }
    case 'CallExpression': {
      if (!joiners.test(namesOf(node, source).at(-1) ?? '')) return undefined;
      const callee = node.firstChild;
      const on =
        callee?.name === 'MemberExpression' && callee.firstChild !== null
          ? inner(callee.firstChild)
          : undefined;
      const parts = argumentsOf(node, source).positional.map(inner);
      const all = on === undefined ? parts : [on, ...parts];
      return all.length > 0 && all.every((part) => part !== undefined) ? joined(all) : undefined;
    }
    default:
      return undefined;
  }
}

function joined(parts: readonly string[]): string {
  return parts.reduce((path, part) =>
    part.startsWith('/') || path === '' ? part : `${path.replace(/\/$/, '')}/${part}`,
  );
}
