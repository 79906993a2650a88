import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import { maskMagics } from './maskMagics';

/** A parsed source; offsets and lines of `text` are those of the source as it was given. */
export interface PythonSource {
  readonly tree: Tree;
  readonly text: string;
}

/** Longer sources are data rather than code, and not worth the time to parse. */
const maxLength = 2_000_000;

/** Parses Python or a notebook's cell. Never fails: what is no Python becomes an error node. */
export function parsePython(source: string): PythonSource {
  const text = maskMagics(source.slice(0, maxLength));
  try {
    return { tree: parser.parse(text), text };
  } catch (error) {
    // Brackets within brackets, many thousand deep, exhaust the parser's stack.
    if (error instanceof RangeError) return { tree: parser.parse(''), text: '' };
    throw error;
  }
}

/** Beyond this many calls and attributes in a row a name would mean nothing. */
const maxChain = 40;

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}

export function textOf(node: SyntaxNode, { text }: PythonSource): string {
  return text.slice(node.from, node.to);
}

/**
 * The names that lead to an expression: `self.model.fit` gives three, `GridSearchCV(x).fit` two,
 * `models[0].fit` two. Empty if it starts with something that has no name, such as a literal.
 */
export function namesOf(expression: SyntaxNode, source: PythonSource): string[] {
  const names: string[] = [];
  let node: SyntaxNode | null = expression;
  for (let depth = 0; node !== null && depth < maxChain; depth += 1) {
    if (node.name === 'VariableName') {
      names.push(textOf(node, source));
      return names.reverse();
    }
    const property: SyntaxNode | null = node.getChild('PropertyName');
    if (node.name === 'MemberExpression' && property !== null) names.push(textOf(property, source));
    const isTransparent =
      node.name === 'MemberExpression' ||
      node.name === 'CallExpression' ||
      node.name === 'AwaitExpression';
    if (isTransparent) node = node.name === 'AwaitExpression' ? node.lastChild : node.firstChild;
    else if (node.name === 'ParenthesizedExpression') node = node.firstChild?.nextSibling ?? null;
    else return [];
  }
  return [];
}

export interface KeywordArgument {
  readonly name: string;
  readonly value: SyntaxNode;
}

export interface CallArguments {
  readonly positional: readonly SyntaxNode[];
  readonly keywords: readonly KeywordArgument[];
}

/** The arguments of a CallExpression; those behind `*` and `**` count as positional. */
export function argumentsOf(call: SyntaxNode, source: PythonSource): CallArguments {
  const list = call.getChild('ArgList');
  const positional: SyntaxNode[] = [];
  const keywords: KeywordArgument[] = [];
  for (let node = list?.firstChild ?? null; node !== null; node = node.nextSibling) {
    const [after, value] = [node.nextSibling, node.nextSibling?.nextSibling];
    if (after?.name === 'AssignOp' && value != null) {
      keywords.push({ name: textOf(node, source), value });
      node = value;
    } else if (!/^[(),*⚠]|^Comment$/.test(node.name)) positional.push(node);
  }
  return { positional, keywords };
}

/** Visits a node and what is in it; `visit` says whether to look inside. */
export function visitNodes(root: SyntaxNode, visit: (node: SyntaxNodeRef) => boolean): void {
  root.cursor().iterate(visit);
}

/** Nodes are costly deep inside a tree, and no code by human hand is nested as deep as this. */
const maxTreeDepth = 250;

/** Visits every node down to a limit; `enter` may return false to look no further into a node. */
export function walkTree(
  { tree }: PythonSource,
  enter: (node: SyntaxNodeRef) => boolean,
  leave: (node: SyntaxNodeRef) => void = () => {},
): void {
  let depth = 0;
  tree.iterate({
    enter: (node) => {
      if (depth >= maxTreeDepth || !enter(node)) return false;
      depth += 1;
      return true;
    },
    leave: (node) => {
      depth -= 1;
      leave(node);
    },
  });
}
