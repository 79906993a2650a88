import type { FieldValue } from '../../../core/search/fieldValues';
import { createValueTest, type SearchCondition } from '../../../core/search/matchesSearch';
import type { SearchField, SearchNode } from '../../../core/search/searchNode';
import type { FieldColumn } from './fieldColumn';
import type { FieldColumns } from './fieldColumns';
import type { RunTable } from './runTable';
import type { RunTexts, ScriptTexts } from './runTexts';

/** What a search is answered from. */
export interface RowSources {
  readonly table: RunTable;
  readonly columns: FieldColumns;
  readonly texts: RunTexts;
  readonly scripts: ScriptTexts;
  readonly nowMs: number;
}

export type RowTest = (row: number) => boolean;

/** Texts that many runs share are tested once, up to so many. */
const maxRemembered = 10_000;
const maxRememberedChars = 200;

/** A search as a test of the row of a run; it finds what `matchesSearch` does. */
export function createRowTest(node: SearchNode, sources: RowSources): RowTest {
  switch (node.kind) {
    case 'and':
    case 'or': {
      // What costs much is asked of the runs that are left alone.
      const parts = node.parts.toSorted((a, b) => costOf(a) - costOf(b));
      const tests = parts.map((part) => createRowTest(part, sources));
      return node.kind === 'and'
        ? (row) => tests.every((test) => test(row))
        : (row) => tests.some((test) => test(row));
    }
    case 'not': {
      const test = createRowTest(node.part, sources);
      return (row) => !test(row);
    }
    case 'flag': {
      const { table } = sources;
      if (node.flag === 'starred') return (row) => table.isStarred(row);
      return node.flag === 'deleted'
        ? (row) => table.isDeleted(row)
        : (row) => table.isArchived(row);
    }
    case 'text':
      return sources.texts.wordTest(node.text, sources.scripts);
    case 'has': {
      const test = fieldTest(node.field, sources, () => true);
      return node.isNegated ? (row) => !test(row) : test;
    }
    case 'compare':
    case 'in':
    case 'between':
    case 'pattern':
      return fieldTest(node.field, sources, conditionTest(node, sources.nowMs));
  }
}

function conditionTest(node: SearchCondition, nowMs: number): (value: FieldValue) => boolean {
  const test = createValueTest(node, nowMs);
  return node.kind === 'pattern' ? remembering(test) : test;
}

function remembering(test: (value: FieldValue) => boolean): (value: FieldValue) => boolean {
  const known = new Map<string, boolean>();
  return (value) => {
    const { text } = value;
    if (text === undefined || text.length > maxRememberedChars) return test(value);
    let answer = known.get(text);
    if (answer === undefined) {
      answer = test(value);
      if (known.size < maxRemembered) known.set(text, answer);
    }
    return answer;
  };
}

function fieldTest(
  field: SearchField,
  sources: RowSources,
  test: (value: FieldValue) => boolean,
): RowTest {
  if (field.kind === 'attribute' && field.name === 'code') {
    return sources.texts.codeTest(test, sources.scripts);
  }
  const column = createFieldReader(field, sources);
  return (row) => column(row)?.some(row, test) ?? false;
}

/** Which column has what a run has of a field; not of code. */
export function createFieldReader(
  field: SearchField,
  { columns, nowMs }: RowSources,
): (row: number) => FieldColumn | undefined {
  const { at } = field;
  switch (field.kind) {
    case 'metricAt':
    case 'metricMean': {
      const column = columns.ofPoints(field);
      return () => column;
    }
    case 'named': {
      const { key } = field;
      const params = columns.stored({ kind: 'param', key, at });
      const metrics = columns.stored({ kind: 'metric', key, figure: 'last', at });
      const tags = columns.stored({ kind: 'tag', key, at });
      return (row) => (params.has(row) ? params : metrics.has(row) ? metrics : tags);
    }
    case 'attribute': {
      if (field.name === 'duration') {
        const durations = columns.durations(nowMs);
        return () => durations;
      }
      const column = columns.stored(field);
      return () => column;
    }
    default: {
      const column = columns.stored(field);
      return () => column;
    }
  }
}

function costOf(node: SearchNode): number {
  switch (node.kind) {
    case 'and':
    case 'or':
      return Math.max(0, ...node.parts.map(costOf));
    case 'not':
      return costOf(node.part);
    case 'flag':
      return 0;
    case 'text':
      return 3;
    default:
      if (node.field.kind === 'attribute' && node.field.name === 'code') return 3;
      return node.kind === 'pattern' ? 2 : 1;
  }
}
