import type { SyntaxNode } from '@lezer/common';
import { argumentsOf, namesOf, type PythonSource, textOf, walkTree } from './pythonSyntax';
import { type CallRole, type CallShape, classifyCall } from './trainingCall';

/** A call that trains, or may do so through a function of the same source. */
export interface TrainingCall {
  /** The callee as its names: `model.fit`. */
  readonly callee: string;
  readonly role: CallRole;
  /** The function of this source that it calls, if its name is that of one. */
  readonly local: string | undefined;
  readonly isInLoop: boolean;
  readonly node: SyntaxNode;
}

/** The module or one function: code that runs together. */
export interface Scope {
  readonly calls: TrainingCall[];
}

export interface TrainingScopes {
  readonly module: Scope;
  readonly functions: ReadonlyMap<string, readonly Scope[]>;
  readonly all: readonly Scope[];
}

/** Code without such a call has nothing to find, and need not be parsed. Bounded, hence linear. */
export const worthParsing =
  /(?:fit|train|fine_?tune|learn|cross_val|validation_curve|backward|apply_|step|search|optimize|\.cv|tune\.run)\w{0,40}\s{0,9}\(/i;

/** The calls of a source that matter for training, by the function in which they stand. */
export function collectScopes(source: PythonSource): TrainingScopes {
  const names = new Set<string>();
  const constructors = new Map<string, string>();
  // `at.node` is made when asked for, which costs more than the visit itself.
  walkTree(source, (at) => {
    if (at.name === 'FunctionDefinition') names.add(functionName(at.node, source));
    if (at.name === 'AssignStatement') noteConstructor(at.node, source, constructors);
    return true;
  });

  const module: Scope = { calls: [] };
  const all = [module];
  const functions = new Map<string, Scope[]>();
  const open: { readonly scope: Scope; loops: number }[] = [{ scope: module, loops: 0 }];
  walkTree(
    source,
    (at) => {
      const { name } = at;
      const current = open.at(-1);
      if (name === 'LambdaExpression') return false;
      if (name === 'FunctionDefinition') {
        const scope: Scope = { calls: [] };
        open.push({ scope, loops: 0 });
        all.push(scope);
        const named = functionName(at.node, source);
        functions.set(named, [...(functions.get(named) ?? []), scope]);
      } else if (current !== undefined && isLoop(name)) {
        current.loops += 1;
      } else if (current !== undefined && name === 'CallExpression') {
        const call = toTrainingCall(at.node, source, constructors, names, current.loops > 0);
        if (call !== undefined) current.scope.calls.push(call);
      }
      return true;
    },
    ({ name }) => {
      const current = open.at(-1);
      if (name === 'FunctionDefinition') open.pop();
      else if (current !== undefined && isLoop(name)) current.loops -= 1;
    },
  );
  return { module, functions, all };
}

function isLoop(nodeName: string): boolean {
  return nodeName === 'ForStatement' || nodeName === 'WhileStatement';
}

function functionName(definition: SyntaxNode, source: PythonSource): string {
  const name = definition.getChild('VariableName');
  return name === null ? '' : textOf(name, source);
}

/** `scaler = preprocessing.StandardScaler()` tells what `scaler.fit` is. The last one counts. */
function noteConstructor(
  assignment: SyntaxNode,
  source: PythonSource,
  constructors: Map<string, string>,
): void {
  const [target, value] = [assignment.firstChild, assignment.lastChild];
  if (target === null || value?.name !== 'CallExpression') return;
  const made = namesOf(value, source).at(-1);
  if (made !== undefined) constructors.set(namesOf(target, source).join('.'), made);
}

function toTrainingCall(
  node: SyntaxNode,
  source: PythonSource,
  constructors: ReadonlyMap<string, string>,
  functionNames: ReadonlySet<string>,
  isInLoop: boolean,
): TrainingCall | undefined {
  const callee = node.firstChild;
  const names = callee === null ? [] : namesOf(callee, source);
  const name = names.at(-1);
  if (name === undefined) return undefined;
  const { positional, keywords } = argumentsOf(node, source);
  const [first] = positional;
  const constructorName = constructors.get(names.slice(0, -1).join('.'));
  const shape: CallShape = {
    names,
    positionalCount: positional.length,
    keywords: keywords.map((keyword) => keyword.name),
    ...(constructorName === undefined ? {} : { constructorName }),
    ...(first === undefined ? {} : { firstArgument: textOf(first, source).slice(0, 80) }),
  };
  const role = classifyCall(shape);
  const local = functionNames.has(name) ? name : undefined;
  if (role === 'other' && local === undefined) return undefined;
  return { callee: names.join('.'), role, local, isInLoop, node };
}

/** Whether this call itself trains, without a look into the functions of the source. */
export function trainsDirectly(call: TrainingCall, scopes: TrainingScopes): boolean {
  if (call.role === 'step') return call.isInLoop;
  // A function of one's own that is named `train` is judged by what it does, if that is known.
  if (call.role === 'training' && call.local !== undefined) {
    return !isTrainingFunction(call.local, scopes, true);
  }
  return call.role === 'training';
}

/** Whether a call of this function trains, itself or through others; `isInLoop`: called repeatedly. */
export function isTrainingFunction(
  name: string,
  scopes: TrainingScopes,
  isInLoop: boolean,
  visited: Set<string> = new Set(),
): boolean {
  const visit = `${name} ${isInLoop}`;
  if (visited.has(visit)) return false;
  visited.add(visit);
  return (scopes.functions.get(name) ?? []).some(({ calls }) =>
    calls.some(({ role, local, isInLoop: isLooped }) => {
      const repeats = isInLoop || isLooped;
      if (role === 'step') return repeats;
      if (role === 'training') return true;
      return local !== undefined && isTrainingFunction(local, scopes, repeats, visited);
    }),
  );
}
