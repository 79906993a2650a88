import type { SyntaxNode } from '@lezer/common';
import { keepRelevant } from './keepRelevant';
import { type PythonSource, parsePython, textOf } from './pythonSyntax';
import {
  collectScopes,
  isTrainingFunction,
  type TrainingCall,
  type TrainingScopes,
  trainsDirectly,
  worthParsing,
} from './trainingScopes';

/** A stretch of code that trains; lines are 0-based and both belong to it. */
export interface TrainingPlace {
  readonly line: number;
  readonly endLine: number;
  /** The function, as `fit_all` or `Trainer.run`; none for code of the module itself. */
  readonly name?: string;
  /** The first call in it that trains, by the names of its callee. */
  readonly call: string;
}

const maxPlaces = 5;

/**
 * Where a Python file trains: the function or method that does so itself, or the statement of the
 * module. Callers of such a function are no place of their own. The first few, in file order.
 */
export function findTrainingPlaces(source: string): TrainingPlace[] {
  if (!worthParsing.test(source)) return [];
  const parsed = parsePython(keepRelevant(source, worthParsing));
  const scopes = collectScopes(parsed);
  const places = new Map<number, { readonly node: SyntaxNode; readonly call: TrainingCall }>();
  const calls = scopes.all
    .flatMap((scope) => scope.calls)
    .sort((a, b) => a.node.from - b.node.from);
  for (const call of calls) {
    if (!trainsDirectly(call, scopes) && !loopsOverSteps(call, scopes)) continue;
    const node = findPlace(call.node);
    if (!places.has(node.from)) places.set(node.from, { node, call });
    if (places.size === maxPlaces) break;
  }
  const lineAt = createLineLookup(parsed.text);
  return [...places.values()].map(({ node, call }) => {
    const name = qualifiedName(node, parsed);
    return {
      line: lineAt(node.from),
      endLine: lineAt(node.from + textOf(node, parsed).trimEnd().length),
      ...(name === undefined ? {} : { name }),
      call: call.callee,
    };
  });
}

/** The loop is here, the single step in a function that it calls. */
function loopsOverSteps({ local, isInLoop }: TrainingCall, scopes: TrainingScopes): boolean {
  return (
    local !== undefined &&
    isInLoop &&
    isTrainingFunction(local, scopes, true) &&
    !isTrainingFunction(local, scopes, false)
  );
}

/** The outermost function around a call; else the outermost loop; else its statement. */
function findPlace(call: SyntaxNode): SyntaxNode {
  let [outerFunction, outerLoop, statement]: (SyntaxNode | undefined)[] = [];
  for (let node = call.parent; node !== null; node = node.parent) {
    if (node.name === 'FunctionDefinition') outerFunction = node;
    if (node.name === 'ForStatement' || node.name === 'WhileStatement') outerLoop = node;
    if (node.name.endsWith('Statement')) statement ??= node;
  }
  return outerFunction ?? outerLoop ?? statement ?? call;
}

function qualifiedName(node: SyntaxNode, source: PythonSource): string | undefined {
  if (node.name !== 'FunctionDefinition') return undefined;
  const names: string[] = [];
  for (let at: SyntaxNode | null = node; at !== null; at = at.parent) {
    if (at.name !== 'FunctionDefinition' && at.name !== 'ClassDefinition') continue;
    const name = at.getChild('VariableName');
    if (name !== null) names.unshift(textOf(name, source));
  }
  return names.join('.');
}

function createLineLookup(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}
