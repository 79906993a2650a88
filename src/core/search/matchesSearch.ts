import type { Run } from '../run/run';
import { compareNumbers, compareTexts } from './compareSearchValues';
import { codeOf, type FieldValue, fieldValues, type SearchPorts } from './fieldValues';
import { isLike } from './likePattern';
import type {
  CompareOp,
  SearchComparison,
  SearchField,
  SearchFlag,
  SearchList,
  SearchNode,
  SearchPattern,
  SearchRange,
} from './searchNode';
import { createRegexTest } from './searchRegex';
import { foldText, searchableText } from './searchText';
import { type PlainValue, plainValue, spanTest } from './searchValue';

/**
 * Whether a search finds a run; the store finds the same in SQL. A condition holds if some value of its
 * field is as it says, so none holds of what a run does not have: `!=`, `NOT IN` and `NOT LIKE` are of
 * those that have it, as in MLflow, while `NOT (…)` holds wherever the rest does not. A number is
 * compared with values that are one, text with what is written. NaN is equal to `nan` alone.
 * Deleted and archived runs are for who lists them to leave out, unless `asksForDeleted`, `asksForArchived`.
 */
export function matchesSearch(node: SearchNode, run: Run, ports: SearchPorts): boolean {
  switch (node.kind) {
    case 'and':
      return node.parts.every((part) => matchesSearch(part, run, ports));
    case 'or':
      return node.parts.some((part) => matchesSearch(part, run, ports));
    case 'not':
      return !matchesSearch(node.part, run, ports);
    case 'flag':
      return hasFlag(run, node.flag);
    case 'text': {
      const wanted = foldText(node.text);
      const isIn = (text: string) => text.includes(wanted);
      return isIn(searchableText(run)) || codeOf(run, ports).some((code) => isIn(foldText(code)));
    }
    case 'has':
      return fieldValues(run, node.field, ports).length > 0 !== node.isNegated;
    case 'compare':
    case 'in':
    case 'between':
    case 'pattern': {
      const test = createValueTest(node, ports.nowMs);
      return fieldValues(run, node.field, ports).some(test);
    }
  }
}

function hasFlag(run: Run, flag: SearchFlag['flag']): boolean {
  switch (flag) {
    case 'starred':
      return run.starred;
    case 'archived':
      return run.archivedAtMs !== undefined;
    case 'deleted':
      return run.deletedAtMs !== undefined;
  }
}

export type SearchCondition = SearchComparison | SearchList | SearchRange | SearchPattern;

/** Whether one value of the field of a condition is as it says. */
export function createValueTest(
  node: SearchCondition,
  nowMs: number,
): (value: FieldValue) => boolean {
  switch (node.kind) {
    case 'compare': {
      const wanted = ofField(node.field, plainValue(node.value, nowMs));
      return (value) => compares(value, node.op, wanted);
    }
    case 'in': {
      const wanted = node.values.map((value) => ofField(node.field, plainValue(value, nowMs)));
      return (value) => wanted.some((each) => compares(value, '=', each)) !== node.isNegated;
    }
    case 'between': {
      const low = ofField(node.field, plainValue(node.low, nowMs));
      const high = ofField(node.field, plainValue(node.high, nowMs));
      return (value) =>
        (compares(value, '>=', low) && compares(value, '<=', high)) !== node.isNegated;
    }
    case 'pattern': {
      const test = createPatternTest(node);
      return ({ text }) => (text !== undefined && test(text)) !== node.isNegated;
    }
  }
}

/** The states of a run are meant in any case: MLflow writes FINISHED. */
export function ofField(field: SearchField, value: PlainValue): PlainValue {
  const isStatus = field.kind === 'attribute' && field.name === 'status';
  return isStatus && value.kind === 'text' ? { ...value, text: foldText(value.text) } : value;
}

function compares({ text, number }: FieldValue, op: CompareOp, value: PlainValue): boolean {
  if (value.kind === 'text') {
    return text === undefined ? op === '!=' : compareTexts(text, op, value.text);
  }
  if (number === undefined) return op === '!=';
  if (value.kind === 'number') return compareNumbers(number, op, value.number);
  const { all, isNegated } = spanTest(op, value.span);
  return all.every((each) => compareNumbers(number, each.op, each.ms)) !== isNegated;
}

/** Without what negates it. */
export function createPatternTest({ field, syntax, pattern, flags }: SearchPattern) {
  if (syntax === 'regex') return createRegexTest(pattern, flags);
  const isStatus = field.kind === 'attribute' && field.name === 'status';
  if (syntax === 'like' && !isStatus) return (text: string) => isLike(text, pattern);
  return (text: string) => isLike(foldText(text), foldText(pattern));
}
