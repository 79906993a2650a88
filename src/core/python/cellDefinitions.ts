import type { SyntaxNode } from '@lezer/common';
import { collectKeywordLiterals, type KeywordLiteral } from './keywordLiterals';
import { type LiteralAssignment, toLiterals } from './literalEntries';
import { literalValue } from './literalValue';
import {
  childrenOf,
  namesOf,
  type PythonSource,
  textOf,
  visitNodes,
  walkTree,
} from './pythonSyntax';

/** What one statement of a module binds, and on what that depends. */
export interface Definition {
  /** The names it binds: `config` also for `config.lr = 1`. */
  readonly names: readonly string[];
  /** It changes a part and leaves the rest as it was: `config["lr"] = 1`. */
  readonly isPartial: boolean;
  /** A function or class: what it uses is read later. */
  readonly isDeferred: boolean;
  readonly literals: readonly LiteralAssignment[];
  /** Literal keyword arguments of the objects made in its value: `MLPClassifier(alpha=1e-4)`. */
  readonly constructed: readonly KeywordLiteral[];
  readonly uses: ReadonlySet<string>;
  /** The statement as it is written. */
  readonly text: string;
}

/** Modules whose attributes are settings of the session, not params of a training. */
const settingsModules =
  /^(?:os|sys|plt|mpl|matplotlib|np|numpy|pd|pandas|sns|seaborn|warnings|logging)$/;
/** Attributes of tables and the like, which say nothing of a training. */
const dataAttribute = /\.(?:columns|index|name|names|shape|dtype)$/;
/** Methods that give an object its params. */
const configuringMethods: ReadonlySet<string> = new Set(['compile', 'set_params', 'configure']);

/**
 * The definitions on the top level of a module or cell, in order. Blocks that run once (`if`,
 * `with`) are looked into. What a loop or an update changes is a counter, and gives no literal.
 */
export function collectDefinitions(source: PythonSource): Definition[] {
  const definitions = collectFrom(source.tree.topNode, source);
  const changing = collectChanging(source);
  return definitions.map((definition) => ({
    ...definition,
    literals: definition.literals.filter(({ key }) => !changing.has(key) && !key.startsWith('_')),
  }));
}

function collectFrom(block: SyntaxNode, source: PythonSource): Definition[] {
  return childrenOf(block).flatMap((node): Definition[] => {
    switch (node.name) {
      case 'AssignStatement':
        return toDefinition(node, source);
      case 'ExpressionStatement':
        return configuringDefinition(node, source);
      case 'ClassDefinition':
      case 'FunctionDefinition':
        return [deferredDefinition(node, source)];
      case 'DecoratedStatement':
      case 'StatementGroup':
      case 'WithStatement':
      case 'TryStatement':
      case 'Body':
        return collectFrom(node, source);
      case 'IfStatement': {
        // Which branch runs is not known; of `if __name__ == "__main__"` it is the first.
        const body = node.getChild('Body');
        return body === null ? [] : collectFrom(body, source);
      }
      default:
        return [];
    }
  });
}

/** A function, or a class: `class CFG: lr = 1e-3` gives `CFG.lr`. */
function deferredDefinition(node: SyntaxNode, source: PythonSource): Definition {
  const named = node.getChild('VariableName');
  const name = named === null ? '' : textOf(named, source);
  const body = node.name === 'ClassDefinition' ? node.getChild('Body') : null;
  const literals = (body?.getChildren('AssignStatement') ?? [])
    .flatMap((child) => toDefinition(child, source))
    .flatMap((definition) => definition.literals)
    .map(({ key, value }) => ({ key: `${name}.${key}`, value }));
  return {
    names: [name],
    isPartial: false,
    isDeferred: true,
    literals,
    constructed: [],
    uses: collectUses(node, source),
    text: textOf(node, source),
  };
}

/** `model.compile(optimizer="adam")` and objects made in passing, such as `SVC(C=1).fit(x, y)`. */
function configuringDefinition(statement: SyntaxNode, source: PythonSource): Definition[] {
  const call = statement.firstChild;
  if (call?.name !== 'CallExpression') return [];
  const names = namesOf(call, source);
  const configures = names.length > 1 && configuringMethods.has(names.at(-1) ?? '');
  const constructed = collectKeywordLiterals(call, source, configures ? 'call' : 'constructors');
  if (constructed.length === 0) return [];
  return [
    {
      names: names.slice(0, 1),
      isPartial: true,
      isDeferred: false,
      literals: [],
      constructed,
      uses: collectUses(call, source),
      text: textOf(statement, source),
    },
  ];
}

function toDefinition(assignment: SyntaxNode, source: PythonSource): Definition[] {
  const { targets, values } = splitAssignment(assignment);
  const names = targets.flat().flatMap((node) => namesOf(node, source).slice(0, 1));
  const isPartial = targets.flat().every((node) => node.name === 'MemberExpression');
  if (isPartial && settingsModules.test(names[0] ?? '')) return [];
  const literals = targets.flatMap((target) => {
    const [only] = values;
    const parts =
      values.length === 1 && only !== undefined && target.length > 1 ? unpack(only) : values;
    if (target.length !== parts.length) return [];
    return target.flatMap((node, i) => {
      const [key, part] = [targetKey(node, source), parts[i]];
      return key === undefined || part === undefined ? [] : toLiterals(key, part, source);
    });
  });
  const uses = new Set<string>();
  for (const value of values) collectUses(value, source, uses);
  const constructed = values.flatMap((value) =>
    collectKeywordLiterals(value, source, 'constructors'),
  );
  const text = textOf(assignment, source);
  return [{ names, isPartial, isDeferred: false, literals, constructed, uses, text }];
}

/** `a = b, c = 1, 2` has the targets [a] and [b, c], and the values [1, 2]. */
function splitAssignment(assignment: SyntaxNode): {
  readonly targets: readonly (readonly SyntaxNode[])[];
  readonly values: readonly SyntaxNode[];
} {
  const parts: SyntaxNode[][] = [[]];
  for (const node of childrenOf(assignment)) {
    if (node.name === 'AssignOp') parts.push([]);
    else if (!/^(?:,|TypeDef|Comment)$/.test(node.name)) parts.at(-1)?.push(node);
  }
  const values = parts.pop() ?? [];
  return { targets: parts.map((part) => part.flatMap(unpack)), values };
}

function unpack(node: SyntaxNode): SyntaxNode[] {
  if (node.name !== 'TupleExpression' && node.name !== 'ArrayExpression') return [node];
  return childrenOf(node).filter((child) => !/^[()[\],]$|^Comment$/.test(child.name));
}

/** The key of an assigned place: `lr`, `config.lr`; none for `x[i]`. */
function targetKey(node: SyntaxNode, source: PythonSource): string | undefined {
  const names = namesOf(node, source);
  if (node.name === 'VariableName') return names[0];
  if (node.name !== 'MemberExpression' || names.length === 0) return undefined;
  if (node.getChild('PropertyName') !== null) {
    const key = names.join('.');
    return dataAttribute.test(key) ? undefined : key;
  }
  const index = node.getChild('String');
  const name = index === null ? undefined : literalValue(index, source);
  return name === undefined ? undefined : [...names, name].join('.');
}

/** Names that an update (`step += 1`) or an assignment within a loop changes. */
function collectChanging(source: PythonSource): Set<string> {
  const changing = new Set<string>();
  const note = (statement: SyntaxNode) => {
    for (const node of childrenOf(statement)) {
      if (node.name === 'AssignOp' || node.name === 'UpdateOp') return;
      for (const target of unpack(node)) {
        const key = targetKey(target, source);
        if (key !== undefined) changing.add(key);
      }
    }
  };
  let loops = 0;
  walkTree(
    source,
    (at) => {
      const { name } = at;
      // What a function assigns is its own.
      if (name === 'FunctionDefinition' || name === 'LambdaExpression') return false;
      if (name === 'ForStatement' || name === 'WhileStatement') loops += 1;
      if (name === 'UpdateStatement' || (name === 'AssignStatement' && loops > 0)) note(at.node);
      return true;
    },
    ({ name }) => {
      if (name === 'ForStatement' || name === 'WhileStatement') loops -= 1;
    },
  );
  return changing;
}

/** Every name that is read or called inside a node; attributes and keywords are no names. */
export function collectUses(
  node: SyntaxNode,
  source: PythonSource,
  uses: Set<string> = new Set(),
): Set<string> {
  visitNodes(node, (inner) => {
    if (inner.name === 'VariableName') {
      // Bound rather than read: `x = …`, `f(x=…)`. A comparison is another token.
      if (!/^\s*=(?!=)/.test(source.text.slice(inner.to, inner.to + 40))) {
        uses.add(source.text.slice(inner.from, inner.to));
      }
    }
    return true;
  });
  return uses;
}
