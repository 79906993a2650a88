import type { SearchAttribute } from './searchAttribute';
import type { SearchDate } from './searchDate';
import type { DurationUnit, SizeUnit } from './searchUnits';

/** Where something stands in the text of a search, in UTF-16 units. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

/** A search as a tree. What it means is said by `matchesSearch`; what it looks like by `parseSearch`. */
export type SearchNode =
  | SearchGroup
  | SearchNot
  | SearchComparison
  | SearchPattern
  | SearchList
  | SearchRange
  | SearchPresence
  | SearchText
  | SearchFlag;

/** Without parts, an `and` holds for every run. Its parts are never themselves of its kind. */
export interface SearchGroup {
  readonly kind: 'and' | 'or';
  readonly parts: readonly SearchNode[];
  readonly at: Place;
}

export interface SearchNot {
  readonly kind: 'not';
  readonly part: SearchNode;
  readonly at: Place;
}

export type CompareOp = '=' | '!=' | '<' | '<=' | '>' | '>=';

export interface SearchComparison {
  readonly kind: 'compare';
  readonly field: SearchField;
  readonly op: CompareOp;
  readonly value: SearchValue;
  readonly at: Place;
}

export interface SearchPattern {
  readonly kind: 'pattern';
  readonly field: SearchField;
  /** `like` and `ilike` know `%` and `_` and are of the whole text; `regex` is RE2's, of any part of it. */
  readonly syntax: 'like' | 'ilike' | 'regex';
  readonly pattern: string;
  /** Of a regex: some of `ims`, each once, in this order. */
  readonly flags: string;
  readonly isNegated: boolean;
  readonly at: Place;
}

export interface SearchList {
  readonly kind: 'in';
  readonly field: SearchField;
  readonly values: readonly SearchValue[];
  readonly isNegated: boolean;
  readonly at: Place;
}

/** Both ends included; of a date, all of it. */
export interface SearchRange {
  readonly kind: 'between';
  readonly field: SearchField;
  readonly low: SearchValue;
  readonly high: SearchValue;
  readonly isNegated: boolean;
  readonly at: Place;
}

/** Whether the run has it at all: `IS NOT NULL`, `has(…)`, or negated `IS NULL`. */
export interface SearchPresence {
  readonly kind: 'has';
  readonly field: SearchField;
  readonly isNegated: boolean;
  readonly at: Place;
}

/** A word or a phrase that stands by itself. */
export interface SearchText {
  readonly kind: 'text';
  readonly text: string;
  readonly at: Place;
}

export interface SearchFlag {
  readonly kind: 'flag';
  readonly flag: 'starred' | 'deleted' | 'archived';
  readonly at: Place;
}

export type MetricFigure = 'first' | 'last' | 'min' | 'max' | 'best' | 'count';

export type FilePart = 'name' | 'digest' | 'context' | 'size';

/** What a condition is about. A run has no value of it, one, or, of files and code, several. */
export type SearchField =
  | { readonly kind: 'attribute'; readonly name: SearchAttribute; readonly at: Place }
  | { readonly kind: 'param' | 'tag'; readonly key: string; readonly at: Place }
  /** A key alone: the run's param of this name, else its metric, else its tag. */
  | { readonly kind: 'named'; readonly key: string; readonly at: Place }
  | {
      readonly kind: 'metric';
      readonly key: string;
      readonly figure: MetricFigure;
      readonly at: Place;
    }
  /** The metric at a step, by `valueAtStep`. */
  | { readonly kind: 'metricAt'; readonly key: string; readonly step: number; readonly at: Place }
  /** The mean of the last so many values, by `meanOfLast` of the series. */
  | {
      readonly kind: 'metricMean';
      readonly key: string;
      readonly count: number;
      readonly at: Place;
    }
  /** The files that the run read (`dataset`) or wrote (`artifact`). */
  | {
      readonly kind: 'dataset' | 'artifact';
      readonly part: FilePart;
      readonly at: Place;
    };

export type SearchValue =
  | { readonly kind: 'text'; readonly text: string; readonly at: Place }
  | { readonly kind: 'number'; readonly number: number; readonly at: Place }
  | {
      readonly kind: 'duration';
      readonly amount: number;
      readonly unit: DurationUnit;
      readonly at: Place;
    }
  | { readonly kind: 'size'; readonly amount: number; readonly unit: SizeUnit; readonly at: Place }
  | { readonly kind: 'date'; readonly date: SearchDate; readonly at: Place };

/** The node for several that are joined alike; one alone is itself. */
export function joinNodes(kind: 'and' | 'or', nodes: readonly SearchNode[], at: Place): SearchNode {
  const parts = nodes.flatMap((node) => (node.kind === kind ? node.parts : [node]));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind, parts, at };
}

/** The node itself and all below it. */
export function* walkSearch(node: SearchNode): Generator<SearchNode, void> {
  yield node;
  if (node.kind === 'not') yield* walkSearch(node.part);
  else if (node.kind === 'and' || node.kind === 'or') {
    for (const part of node.parts) yield* walkSearch(part);
  }
}

/** Whether it speaks of deleted runs: only then are they looked at. */
export function asksForDeleted(node: SearchNode): boolean {
  return asksForFlag(node, 'deleted');
}

/** Whether it speaks of archived runs: only then are they looked at. */
export function asksForArchived(node: SearchNode): boolean {
  return asksForFlag(node, 'archived');
}

function asksForFlag(node: SearchNode, flag: SearchFlag['flag']): boolean {
  for (const each of walkSearch(node)) {
    if (each.kind === 'flag' && each.flag === flag) return true;
  }
  return false;
}

/** Whether the text of scripts is needed to answer it. */
export function asksForCode(node: SearchNode): boolean {
  for (const each of walkSearch(node)) {
    if (each.kind === 'text') return true;
    if ('field' in each && each.field.kind === 'attribute' && each.field.name === 'code')
      return true;
  }
  return false;
}
