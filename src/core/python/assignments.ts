import { collectDefinitions, collectUses, type Definition } from './cellDefinitions';
import { collectKeywordLiterals, type KeywordLiteral } from './keywordLiterals';
import type { LiteralAssignment } from './literalEntries';
import { type PythonSource, parsePython } from './pythonSyntax';
import { collectScopes, trainsDirectly } from './trainingScopes';

const maxParams = 50;

/**
 * The literals that a cell or module assigns on its top level, and the literal keyword arguments of
 * the objects it makes and of its training calls. In order of first mention; of one key the last
 * value stays. At most 50, of at most 200 characters each.
 */
export function literalAssignments(source: string): LiteralAssignment[] {
  const parsed = parsePython(source);
  return collectParams(collectDefinitions(parsed), collectTrainingKeywords(parsed)).slice(
    0,
    maxParams,
  );
}

/**
 * The params of the training in cell `trainingIndex`: what that cell assigns, then what earlier
 * cells assign to a name on which it depends, also through functions and objects made in between.
 * At most 50, of at most 200 characters each.
 * @param cells sources of code cells in the order in which they ran.
 */
export function collectCellParams(
  cells: readonly string[],
  trainingIndex: number,
): LiteralAssignment[] {
  const training = cells[trainingIndex];
  if (training === undefined) return [];
  const parsed = parsePython(training);
  const own = collectDefinitions(parsed);
  const ownNames = own.flatMap(({ names, isPartial, uses }) =>
    isPartial ? [] : names.filter((name) => !uses.has(name)),
  );
  const needed = collectUses(parsed.tree.topNode, parsed);
  for (const name of ownNames) needed.delete(name);

  const earlier = cells.slice(0, trainingIndex).flatMap((cell) => readDefinitions(cell));
  const params = new Map(
    collectParams(own, collectTrainingKeywords(parsed)).map(({ key, value }) => [key, value]),
  );
  for (const { key, value } of collectParams(selectReaching(earlier, needed), [])) {
    if (!params.has(key)) params.set(key, value);
  }
  return toList(params).slice(0, maxParams);
}

/**
 * The source of cell `index`, behind the statements of earlier cells on which it depends, in order.
 * @param cells sources of code cells in the order in which they ran.
 */
export function reachingSource(cells: readonly string[], index: number): string {
  const cell = cells[index] ?? '';
  const parsed = parsePython(cell);
  const earlier = cells.slice(0, index).flatMap((each) => readDefinitions(each));
  const reaching = selectReaching(earlier, collectUses(parsed.tree.topNode, parsed));
  return [...reaching.map(({ text }) => text), cell].join('\n');
}

/** The names that the cell at `trainingIndex` assigns or depends on, those of earlier cells included. */
export function collectCellNames(cells: readonly string[], trainingIndex: number): Set<string> {
  const training = cells[trainingIndex];
  if (training === undefined) return new Set();
  const parsed = parsePython(training);
  const needed = collectUses(parsed.tree.topNode, parsed);
  const earlier = cells.slice(0, trainingIndex).flatMap((cell) => readDefinitions(cell));
  const reaching = [...collectDefinitions(parsed), ...selectReaching(earlier, needed)];
  return new Set(reaching.flatMap(({ names, isDeferred }) => (isDeferred ? [] : names)));
}

/** Parsing is nearly all of the cost, and most cells are the same from one training to the next. */
const definitionsBySource = new Map<string, readonly Definition[]>();
const maxRemembered = 1_000;

function readDefinitions(source: string): readonly Definition[] {
  const known = definitionsBySource.get(source);
  if (known !== undefined) return known;
  const definitions = collectDefinitions(parsePython(source));
  if (definitionsBySource.size >= maxRemembered) definitionsBySource.clear();
  definitionsBySource.set(source, definitions);
  return definitions;
}

/** Of definitions in order, those that a later use of the `needed` names depends on, in order. */
function selectReaching(
  definitions: readonly Definition[],
  needed: ReadonlySet<string>,
): Definition[] {
  const byName = new Map<string, number[]>();
  for (const [index, { names }] of definitions.entries()) {
    for (const name of names) {
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [index]);
      else list.push(index);
    }
  }
  const reaching = new Set<number>();
  const pending = [...needed].map((name) => ({ name, before: definitions.length }));
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { name, before } = next;
    for (const index of (byName.get(name) ?? []).toReversed()) {
      const definition = definitions[index];
      if (definition === undefined || index >= before) continue;
      if (!reaching.has(index)) {
        reaching.add(index);
        // A function reads its globals when it is called, a value when it is made.
        const reads = definition.isDeferred ? definitions.length : index;
        pending.push(...[...definition.uses].map((used) => ({ name: used, before: reads })));
      }
      if (!definition.isPartial) break;
    }
  }
  return definitions.filter((_, index) => reaching.has(index));
}

function collectTrainingKeywords(source: PythonSource): KeywordLiteral[] {
  const scopes = collectScopes(source);
  return scopes.module.calls
    .filter((call) => trainsDirectly(call, scopes))
    .flatMap(({ node }) => collectKeywordLiterals(node, source, 'call'));
}

/** Assigned names first; a keyword argument whose name is taken is named after its function too. */
function collectParams(
  definitions: readonly Definition[],
  keywords: readonly KeywordLiteral[],
): LiteralAssignment[] {
  const params = new Map<string, string>();
  for (const { key, value } of definitions.flatMap(({ literals }) => literals)) {
    params.set(key, value);
  }
  for (const { key, value, callee } of [
    ...definitions.flatMap(({ constructed }) => constructed),
    ...keywords,
  ]) {
    const isTaken = params.has(key) && params.get(key) !== value;
    params.set(isTaken ? `${callee}.${key}` : key, value);
  }
  return toList(params);
}

function toList(params: ReadonlyMap<string, string>): LiteralAssignment[] {
  return [...params].map(([key, value]) => ({ key, value }));
}
