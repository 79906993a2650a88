import type { NotebookCell } from './notebook';
import type { WorkBudget } from './workBudget';

/** What of a cell tells which one it is. */
export type MatchedCell = Pick<NotebookCell, 'kind' | 'id' | 'source'>;

/** What the matching looks at in one cell. Texts are numbered, so that comparing them is cheap. */
export interface CellFeatures {
  /** Equal for two cells if and only if type and source are equal. */
  readonly key: number;
  readonly kind: NotebookCell['kind'];
  readonly id: string | undefined;
  readonly isBlank: boolean;
  readonly length: number;
  /** How much it matters that this cell is matched: long cells are better evidence. */
  readonly weight: number;
  /** Sorted numbers of its non-blank lines and of its tokens, with repeats; made when first asked. */
  readonly lines: () => Int32Array;
  readonly tokens: () => Int32Array;
}

const maxLines = 4_000;
const maxTokens = 3_000;
const maxLength = 100_000;
const token = /[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu;

/** The features of the cells of two notebooks, numbered by one dictionary. */
export function collectFeatures(
  oldCells: readonly MatchedCell[],
  newCells: readonly MatchedCell[],
): readonly [readonly CellFeatures[], readonly CellFeatures[]] {
  const keys = createNumbering();
  const words = createNumbering();
  const toFeatures = (cell: MatchedCell): CellFeatures => {
    const { source } = cell;
    const isBlank = source.trim() === '';
    return {
      key: keys(`${cell.kind}\n${source}`),
      kind: cell.kind,
      id: cell.id,
      isBlank,
      length: source.length,
      weight: isBlank ? 0.1 : 1 + Math.min(source.length, 400) / 100,
      lines: once(() =>
        toSortedNumbers(
          source.slice(0, maxLength).split('\n', maxLines).map(trim).filter(isText),
          // The prefix keeps a line of one word apart from that word as a token.
          (line) => words(`\n${line}`),
        ),
      ),
      tokens: once(() =>
        toSortedNumbers((source.slice(0, maxLength).match(token) ?? []).slice(0, maxTokens), words),
      ),
    };
  };
  return [oldCells.map(toFeatures), newCells.map(toFeatures)];
}

/**
 * How alike two cells are, from 0 to 1: shared lines and shared tokens. Gives 0 where it cannot
 * reach `atLeast`, or where the budget does not allow to look.
 */
export function measureSimilarity(
  a: CellFeatures,
  b: CellFeatures,
  atLeast: number,
  budget: WorkBudget,
): number {
  if (a.key === b.key) return 1;
  if (a.isBlank || b.isBlank) return 0;
  const shorter = Math.min(a.length, b.length);
  // A token cannot be shared more often than the shorter cell has room for it.
  if (shorter * 20 < Math.max(a.length, b.length) * atLeast) return 0;
  const [aTokens, bTokens] = [a.tokens(), b.tokens()];
  const [aLines, bLines] = [a.lines(), b.lines()];
  const bound =
    tokenShare * maxDice(aTokens.length, bTokens.length) +
    (1 - tokenShare) * maxDice(aLines.length, bLines.length);
  if (bound < atLeast) return 0;
  if (!budget.spend(20 + aTokens.length + bTokens.length + aLines.length + bLines.length)) return 0;
  const byToken = dice(aTokens, bTokens);
  const byLine = dice(aLines, bLines);
  // In a cell of a line or two no line survives an edit, so that tokens alone must tell.
  const share = Math.min(aLines.length, bLines.length) <= 2 ? shortTokenShare : tokenShare;
  const similarity = Math.max(share * byToken, tokenShare * byToken + (1 - tokenShare) * byLine);
  if (a.kind !== b.kind) return similarity >= 0.8 ? similarity * 0.9 : 0;
  return similarity >= atLeast ? similarity : 0;
}

const tokenShare = 0.55;
const shortTokenShare = 0.75;

function maxDice(a: number, b: number): number {
  return a + b === 0 ? 1 : (2 * Math.min(a, b)) / (a + b);
}

/** Twice what two sorted lists share, by the length of both. */
function dice(a: Int32Array, b: Int32Array): number {
  if (a.length + b.length === 0) return 1;
  let shared = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const difference = (a[i] ?? 0) - (b[j] ?? 0);
    if (difference === 0) shared += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return (2 * shared) / (a.length + b.length);
}

function createNumbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}

function toSortedNumbers(texts: readonly string[], number: (text: string) => number): Int32Array {
  return Int32Array.from(texts, number).sort();
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

const trim = (line: string): string => line.trim();
const isText = (line: string): boolean => line !== '';
