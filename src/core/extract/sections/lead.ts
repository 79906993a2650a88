import type { ExtractedParam } from '../extraction';
import type { Heading } from './heading';

/** What was said since the last point: it may belong to the next training. */
export interface Lead {
  /** Whether nothing was said. */
  isEmpty(): boolean;
  announce(heading: Heading): void;
  /** The last heading; undefined if there is none, or if several of a kind came together. */
  heading(): Heading | undefined;
  hold(params: readonly ExtractedParam[]): void;
  params(): readonly ExtractedParam[];
  /** Remembers the names of params. */
  know(params: readonly ExtractedParam[]): void;
  /** Whether params are said again that were said before: a program that starts anew does that. */
  repeatsParams(): boolean;
  /** Forgets what is not kept beyond the next point. */
  clear(): void;
  /** The params of the headings that the given one stands below, such as the seed of a fold. */
  outerParams(heading: Heading | undefined): readonly ExtractedParam[];
  /** What a training below this heading is called. */
  title(heading: Heading | undefined): string | undefined;
}

/** One or two params said again may be a report. */
const LEAST_REPEATED = 3;

export function createLead(): Lead {
  let heading: Heading | undefined;
  /** Of headings that came together, such as a list of all folds. */
  let listed: Heading | undefined;
  let held: ExtractedParam[] = [];
  let repeated = 0;
  const known = new Set<string>();
  const outer = new Map<string, Heading>();

  return {
    isEmpty: () => heading === undefined && listed === undefined && held.length === 0,
    announce(next) {
      const before = heading ?? listed;
      if (before !== undefined && before.kind === next.kind && next.number !== undefined) {
        // Many in a row are a list, or jobs that run at once; one that counts anew begins.
        const goesOn = next.number > (before.number ?? 0);
        heading = goesOn ? undefined : next;
        listed = goesOn ? next : undefined;
      } else if (heading !== undefined && !heading.isWeak && next.isWeak) {
        return;
      } else {
        if (heading !== undefined && heading.kind !== next.kind) outer.set(heading.kind, heading);
        heading = next;
        listed = undefined;
      }
      if (heading !== undefined) outer.delete(heading.kind);
    },
    heading: () => heading,
    hold(params) {
      held.push(...params);
      repeated += params.filter(({ key }) => known.has(key)).length;
    },
    params: () => held,
    know(params) {
      for (const { key } of params) known.add(key);
    },
    repeatsParams: () => repeated >= LEAST_REPEATED,
    clear() {
      heading = undefined;
      listed = undefined;
      held = [];
      repeated = 0;
    },
    outerParams: (inner) => outerOf(inner).flatMap(({ params }) => params),
    title(inner) {
      const names = outerOf(inner).flatMap(({ name }) => name ?? []);
      return inner?.name === undefined ? undefined : [...names, inner.name].join(', ');
    },
  };

  function outerOf(inner: Heading | undefined): readonly Heading[] {
    return inner === undefined ? [] : [...outer.values()].filter(({ kind }) => kind !== inner.kind);
  }
}
