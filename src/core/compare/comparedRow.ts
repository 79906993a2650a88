import type { WordSpan } from '../notebook/wordSpans';

/** What of the runs is held against each other, in the order in which it is shown. */
export type SectionId =
  | 'metrics'
  | 'params'
  | 'code'
  | 'data'
  | 'environment'
  | 'command'
  | 'hardware'
  | 'run'
  | 'artifacts'
  | 'log';

export const sectionTitles: Readonly<Record<SectionId, string>> = {
  metrics: 'Metrics',
  params: 'Params',
  code: 'Code',
  data: 'Data files',
  environment: 'Environment',
  command: 'Command',
  hardware: 'Hardware',
  run: 'Run',
  artifacts: 'Artifacts',
  log: 'Log',
};

export interface Delta {
  /** With its sign: `+0.012`; of a param the factor: `×0.1`. */
  readonly text: string;
  /** Which way the value went; undefined where it did not move. */
  readonly arrow?: '▲' | '▼';
  /** Undefined where nobody says what is better, or nothing changed. */
  readonly verdict?: 'better' | 'worse';
}

/** What a run has of something, against the base. */
export type CellChange = 'base' | 'same' | 'changed' | 'added' | 'removed';

export interface ComparedCell {
  /** Empty where the run has no such thing. */
  readonly text: string;
  /** A second line, such as the best value. */
  readonly detail?: string;
  readonly delta?: Delta;
  readonly change: CellChange;
  /** The text in pieces, where it is compared word by word. */
  readonly spans?: readonly WordSpan[];
}

export interface ComparedRow {
  readonly label: string;
  /** One for each run, the base first. */
  readonly cells: readonly ComparedCell[];
  readonly differs: boolean;
}

export interface RowsSection {
  readonly id: SectionId;
  readonly rows: readonly ComparedRow[];
}

/** What a run has against what the base has; `undefined` is to have no such thing. */
export function changeOf(
  base: string | undefined,
  other: string | undefined,
  isBase: boolean,
): CellChange {
  if (isBase) return 'base';
  if (base === other) return 'same';
  if (base === undefined) return 'added';
  return other === undefined ? 'removed' : 'changed';
}

/** A row of plain texts, one for each run, the base first. */
export function textRow(label: string, texts: readonly (string | undefined)[]): ComparedRow {
  const [base] = texts;
  const cells = texts.map((text, index) => ({
    text: text ?? '',
    change: changeOf(base, text, index === 0),
  }));
  return { label, cells, differs: texts.some((text) => text !== base) };
}

/** The same of what no two runs have alike, such as when they began: shown, and no difference. */
export function plainRow(label: string, texts: readonly (string | undefined)[]): ComparedRow {
  const cells = texts.map((text, index) => ({
    text: text ?? '',
    change: index === 0 ? ('base' as const) : ('same' as const),
  }));
  return { label, cells, differs: false };
}

export function hasText({ cells }: ComparedRow): boolean {
  return cells.some(({ text }) => text !== '');
}
