import type { SyntaxNode } from '@lezer/common';
import { literalValue } from './literalValue';
import { argumentsOf, namesOf, type PythonSource, textOf } from './pythonSyntax';

export interface LiteralAssignment {
  /** The name as it is written, an entry of a dict or an attribute behind a dot: `config.lr`. */
  readonly key: string;
  /** A string without its quotes, another literal as Python writes it. At most 200 characters. */
  readonly value: string;
}

/** Calls that only hold values: what they give is named after the variable. */
const record =
  /^(?:dict|Namespace|SimpleNamespace|\w*Dict|\w*Config|\w*Args|\w*Params|\w*Arguments)$/;
const maxNesting = 4;

export function isRecordCall(node: SyntaxNode, source: PythonSource): boolean {
  return node.name === 'CallExpression' && record.test(namesOf(node, source).at(-1) ?? '');
}

/** A literal under its key, or the entries of a dict or record each under a key of its own. */
export function toLiterals(
  key: string,
  node: SyntaxNode,
  source: PythonSource,
  nesting = 0,
): LiteralAssignment[] {
  if (nesting < maxNesting) {
    const entries = isRecordCall(node, source)
      ? argumentsOf(node, source).keywords.map(({ name, value }) => [name, value] as const)
      : dictionaryEntries(node, source);
    if (entries.length > 0) {
      return entries.flatMap(([name, value]) =>
        toLiterals(`${key}.${name}`, value, source, nesting + 1),
      );
    }
  }
  // An empty list or dict is there to be filled.
  if (/^[[({]\s*[\])}]$/.test(textOf(node, source))) return [];
  const value = literalValue(node, source);
  return value === undefined ? [] : [{ key, value }];
}

/** Only where every key is a string that could be a name: a dict of other keys is a table. */
function dictionaryEntries(
  node: SyntaxNode,
  source: PythonSource,
): (readonly [string, SyntaxNode])[] {
  if (node.name !== 'DictionaryExpression') return [];
  const entries: (readonly [string, SyntaxNode])[] = [];
  for (const colon of node.getChildren(':')) {
    const [key, value] = [colon.prevSibling, colon.nextSibling];
    const name = key === null ? undefined : literalValue(key, source);
    if (key?.name !== 'String' || name === undefined || value === null) return [];
    if (!/^[\w.:/-]{1,60}$/.test(name)) return [];
    entries.push([name, value]);
  }
  return entries;
}
