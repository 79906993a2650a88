import type { CellFault } from './explain';
import type { CellVerdict, TrustReport } from './judge';
import type { ResultVerdict } from './resultVerdict';

/** A verdict in a word or two. */
export const verdictWords: Readonly<Record<ResultVerdict, string>> = {
  fresh: 'Fresh',
  stale: 'Stale',
  outOfOrder: 'Out of order',
  hiddenState: 'Hidden state',
  failed: 'Failed',
  notRun: 'Not run',
  unknown: 'Cannot tell',
};

/** What a verdict means, in a sentence. */
export const verdictMeanings: Readonly<Record<ResultVerdict, string>> = {
  fresh: 'Running the notebook from top to bottom would give this again.',
  stale: 'This cell, or one it depends on, was changed or ran since.',
  outOfOrder: 'It used a value that it would not have had from top to bottom.',
  hiddenState: 'It used a value of code that is no longer in the notebook.',
  failed: 'It raised an error.',
  notRun: 'It shows no result.',
  unknown: 'What is known does not suffice to tell.',
};

/** One reason, as a sentence. Cells are counted from 1, as people do. */
export function describeFault(fault: CellFault): string {
  const cell = fault.cellIndex === undefined ? 'a cell' : `cell ${fault.cellIndex + 1}`;
  const through =
    fault.throughIndex === undefined ? '' : `, through cell ${fault.throughIndex + 1}`;
  const value = fault.name ?? 'a value';
  switch (fault.kind) {
    case 'edited':
      return 'This cell was edited since it ran.';
    case 'upstreamEdited':
      return `It used ${value} of ${cell}, which was edited since${through}.`;
    case 'upstreamRan':
      return `It used ${value} as it was before ${cell} ran again${through}.`;
    case 'upstreamNotRun':
      return `From top to bottom it would use ${value} of ${cell}, which had not run${through}.`;
    case 'deleted':
      return `It used ${value} of a cell that is no longer in the notebook${through}.`;
    case 'earlierSource':
      return `It used ${value} of an earlier version of ${cell}, which no longer gives it${through}.`;
    case 'order':
      return `It used ${value} as ${cell} left it, which from top to bottom it would not be${through}.`;
    case 'repeated':
      return `It used ${value} after the cells that change it, such as ${cell}, ran more than once or in another order${through}.`;
    case 'missing':
      return `Nothing above defines ${value}.`;
    case 'outside':
      return `It depends on ${fault.name ?? 'something outside of the notebook'}${through}.`;
    case 'unseen':
      return fault.name === undefined
        ? 'What ran before was not seen, so only the counts in the file could tell.'
        : `Where ${value} comes from was not seen.`;
    case 'interrupted':
      return `It was interrupted, or its end was not seen${through}.`;
  }
}

/** What a fresh kernel would make of a cell, if that is not what it shows. */
export function describeFresh({ missing }: Pick<CellVerdict, 'missing'>): string | undefined {
  const certain = missing.find(({ isCertain }) => isCertain);
  if (certain !== undefined) return `NameError: ${certain.name} is not defined`;
  const [possible] = missing;
  return possible && `${possible.name} may not be defined`;
}

/** The answer to the question whether a notebook can be reproduced. */
export function describeReport({ reproducible, basis, cells }: TrustReport): string {
  const known =
    basis === 'counts'
      ? ' Nobody watched this notebook run, so only its execution counts can tell.'
      : basis === 'some'
        ? ' Not all that ran was seen.'
        : '';
  const not = cells.filter(({ verdict }) => verdict !== 'fresh' && verdict !== 'notRun').length;
  const some = `${not} of ${cells.length} ${cells.length === 1 ? 'cell' : 'cells'}`;
  switch (reproducible) {
    case 'yes':
      return `On a fresh kernel, all cells that ran would give again what they gave.${known}`;
    case 'no':
      return not === 0
        ? `On a fresh kernel, not all cells would run.${known}`
        : `On a fresh kernel, ${some} would, or may, give something else.${known}`;
    case 'unknown':
      return cells.every(({ verdict }) => verdict === 'notRun')
        ? `No cell has run.${known}`
        : `Of ${some} it cannot be told.${known}`;
  }
}

/** How far the result of a run could be trusted when it was made, with the first reason. */
export function describeRunTrust({
  verdict,
  faults: [first],
}: {
  readonly verdict: ResultVerdict;
  readonly faults: readonly string[];
}): string {
  const word = verdictWords[verdict].toLowerCase();
  return first === undefined ? word : `${word}: ${first}`;
}
