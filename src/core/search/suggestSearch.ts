import type { MetricDirection } from '../run/metricDirection';
import { fieldType } from './fieldType';
import { lexSearch } from './lexSearch';
import { parseWithExpectations } from './parseSearch';
import { quoteKey, quoteText } from './printSearch';
import { type SearchAttribute, searchAttributes } from './searchAttribute';
import type { Expectation } from './searchCursor';
import { keyPrefixes, searchFunctions } from './searchFunctions';
import type { Place, SearchField } from './searchNode';
import { foldText } from './searchText';

/** What there is to complete with, of the runs that are not deleted; what most runs have first. */
export interface SearchVocabulary {
  readonly metrics: readonly MetricWord[];
  readonly params: readonly ParamWord[];
  readonly tags: readonly KeyWord[];
  /** Values of some attributes, such as `experiment`; the states are known. */
  readonly attributes: Partial<Readonly<Record<SearchAttribute, readonly string[]>>>;
}

export interface MetricWord {
  readonly key: string;
  readonly runCount: number;
  /** Which values are better; undefined where neither its name nor the user says. */
  readonly direction?: MetricDirection;
}

export interface KeyWord {
  readonly key: string;
  readonly runCount: number;
  /** Some of its values, the most common first. */
  readonly values: readonly string[];
}

export interface ParamWord extends KeyWord {
  /** How many values there are. */
  readonly valueCount: number;
  /** Whether each of them is one. */
  readonly isNumber: boolean;
}

export type SuggestionKind =
  | 'metric'
  | 'param'
  | 'tag'
  | 'attribute'
  | 'function'
  | 'operator'
  | 'keyword'
  | 'value';

export interface SearchSuggestion {
  readonly kind: SuggestionKind;
  readonly label: string;
  /** Put in the place of `replaces`; for a function the cursor belongs before its `)`. */
  readonly insert: string;
  readonly replaces: Place;
}

type Candidate = Omit<SearchSuggestion, 'replaces'>;

const maxSuggestions = 50;

/**
 * What could be written where the cursor is, best first: what begins with what stands there, then what
 * contains it. Empty where nothing is known, as within a phrase.
 */
export function suggestSearch(
  text: string,
  cursor: number,
  vocabulary: SearchVocabulary,
): readonly SearchSuggestion[] {
  const { replaces, typed } = partAt(text, cursor);
  const replaced = text.slice(replaces.offset, replaces.offset + replaces.length);
  const { expected } = parseWithExpectations(text.slice(0, replaces.offset));
  const candidates = expected.flatMap((each) => candidatesFor(each, vocabulary));
  const wanted = plain(typed);
  const ranked = candidates.flatMap((candidate) => {
    const at = plain(candidate.label).indexOf(wanted);
    // A key may be begun without `metrics.`, and a whole word needs no completion.
    if (at < 0 || candidate.insert === typed || candidate.insert === replaced) return [];
    const isStart = at === 0 || /[.(/ _-]/.test(candidate.label[at - 1] ?? '');
    return [{ candidate, rank: at === 0 ? 0 : isStart ? 1 : 2 }];
  });
  ranked.sort((a, b) => a.rank - b.rank);
  const found = new Map<string, SearchSuggestion>();
  for (const { candidate } of ranked) {
    if (found.size >= maxSuggestions) break;
    if (!found.has(candidate.label)) found.set(candidate.label, { ...candidate, replaces });
  }
  return [...found.values()];
}

/** The word or quote that the cursor is in or after, with the prefix before a quoted key. */
function partAt(text: string, cursor: number): { replaces: Place; typed: string } {
  const none = { replaces: { offset: cursor, length: 0 }, typed: '' };
  const tokens = lexSearch(text.slice(0, cursor));
  const last = tokens.at(-2);
  if (last === undefined || last.at.offset + last.at.length < cursor) return none;
  if (last.kind !== 'word' && last.kind !== 'open') return none;
  const before = tokens.at(-3);
  const isKeyOf =
    last.kind === 'open' &&
    before?.kind === 'word' &&
    before.text.endsWith('.') &&
    keyPrefixes.has(before.text.slice(0, -1).toLowerCase()) &&
    before.at.offset + before.at.length === last.at.offset;
  const { offset } = isKeyOf ? before.at : last.at;
  // What follows within the same word or quotes goes too.
  const end =
    last.kind === 'word'
      ? cursor + (/^[^\s()'"`,=<>≠≤≥!]*/.exec(text.slice(cursor))?.[0].length ?? 0)
      : (closingEnd(text, last.at.offset) ?? cursor);
  return { replaces: { offset, length: end - offset }, typed: text.slice(offset, cursor) };
}

/**
 * Where the quotes that begin at `offset` end; undefined if nothing closes them. The next quote may begin
 * another text, as in `a = 'x AND b = 'y'`: then it is not followed as an end is, or one is left over.
 */
function closingEnd(text: string, offset: number): number | undefined {
  const tokens = lexSearch(text.slice(offset));
  const [first] = tokens;
  if (first?.kind !== 'quoted' || tokens.some(({ kind }) => kind === 'open')) return undefined;
  const end = offset + first.at.length;
  return /^[^\s(),=<>≠≤≥!]/.test(text.slice(end)) ? undefined : end;
}

/** As it is compared: without case and quotes. */
function plain(text: string): string {
  return foldText(text).replaceAll(/[`'"]/g, '');
}

function candidatesFor(expected: Expectation, vocabulary: SearchVocabulary): readonly Candidate[] {
  switch (expected.kind) {
    case 'condition':
      return [...fieldCandidates(vocabulary), ...functions, ...flags, keyword('NOT')];
    case 'field':
      return fieldCandidates(vocabulary);
    case 'connective':
      return ['AND', 'OR'].map(keyword);
    case 'metric':
      return vocabulary.metrics.map(({ key }) => metricCandidate(key));
    case 'operator':
      return operatorsOf(expected.field);
    case 'value':
      return valuesOf(expected.field, vocabulary).map((value) =>
        valueCandidate(expected.field, value),
      );
    case 'truth':
      return ['true', 'false'].map(keyword);
    case 'and':
      return [keyword('AND')];
    case 'null':
      return ['NULL', 'NOT NULL'].map(keyword);
    case 'step':
    case 'pattern':
      return [];
  }
}

function keyword(word: string): Candidate {
  return { kind: 'keyword', label: word, insert: word };
}

function metricCandidate(key: string): Candidate {
  const text = `metrics.${quoteKey(key)}`;
  return { kind: 'metric', label: text, insert: text };
}

function fieldCandidates({ metrics, params, tags }: SearchVocabulary): readonly Candidate[] {
  const keyed = (kind: 'param' | 'tag', words: readonly KeyWord[]) =>
    words.map(({ key }): Candidate => {
      const text = `${kind}s.${quoteKey(key)}`;
      return { kind, label: text, insert: text };
    });
  return [
    ...metrics.map(({ key }) => metricCandidate(key)),
    ...keyed('param', params),
    ...keyed('tag', tags),
    ...[...searchAttributes, ...fileFields].map(
      (name): Candidate => ({ kind: 'attribute', label: name, insert: name }),
    ),
  ];
}

const fileFields = [
  'dataset.name',
  'dataset.digest',
  'dataset.context',
  'artifact.name',
  'artifact.size',
];

const functions: readonly Candidate[] = searchFunctions.map((name) => ({
  kind: 'function',
  label: `${name}()`,
  insert: `${name}()`,
}));

const flags = ['starred', 'archived', 'deleted'].map(keyword);

const ordered = ['=', '!=', '<', '<=', '>', '>='];
const ofText = ['LIKE', 'ILIKE', 'NOT LIKE', 'NOT ILIKE', '=~', '!~'];
const ofAll = ['IN', 'NOT IN', 'BETWEEN', 'IS NULL', 'IS NOT NULL'];

function operatorsOf(field: SearchField): readonly Candidate[] {
  const type = fieldType(field);
  const first = type === 'text' ? ['=', '!='] : ordered;
  const text = type === 'text' || type === 'any' ? ofText : [];
  return [...first, ...text, ...ofAll].map((operator) => ({
    kind: 'operator',
    label: operator,
    insert: operator,
  }));
}

const states = ['running', 'finished', 'failed', 'killed', 'interrupted'];
const dates = [
  'today',
  'yesterday',
  'this week',
  'last week',
  '3 days ago',
  'last month',
  'monday',
];

function valuesOf(
  field: SearchField,
  { params, tags, attributes }: SearchVocabulary,
): readonly string[] {
  switch (field.kind) {
    case 'param':
      return valuesIn(params, field.key) ?? [];
    case 'tag':
      return valuesIn(tags, field.key) ?? [];
    case 'named':
      return valuesIn(params, field.key) ?? valuesIn(tags, field.key) ?? [];
    case 'attribute':
      if (field.name === 'status') return states;
      if (fieldType(field) === 'date') return dates;
      if (fieldType(field) === 'duration') return ['10m', '1h', '2h', '1d'];
      if (fieldType(field) === 'size') return ['1MB', '10MB', '1GB'];
      return attributes[field.name] ?? [];
    default:
      return [];
  }
}

function valuesIn(words: readonly KeyWord[], key: string): readonly string[] | undefined {
  return words.find((word) => word.key === key)?.values;
}

/** A param's number stays one, so that `<` compares it as such. */
function valueCandidate(field: SearchField, value: string): Candidate {
  const type = fieldType(field);
  const isBare = type !== 'text' && (type !== 'any' || /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(value));
  return { kind: 'value', label: value, insert: isBare ? value : quoteText(value) };
}
