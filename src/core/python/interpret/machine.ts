import type { PythonSource } from '../pythonSyntax';
import type { LocalModules } from './localModules';
import { createScope, type Scope } from './scope';
import { type PyFunction, type PyValue, unknown } from './value';

/** Gives what a library's name stands for, by its full name: `argparse.ArgumentParser`. */
export type Library = (path: string) => PyValue | undefined;

/** Code that runs together: the module, a function or a class body. */
export interface Frame {
  readonly machine: Machine;
  readonly source: PythonSource;
  readonly scope: Scope;
  readonly function?: PyFunction;
  /** What its `return` statements gave so far. */
  readonly returns: PyValue[];
}

/** Thrown when the work that may be spent on one source is spent. */
export class BudgetSpent extends Error {}

const maxSteps = 200_000;
const maxDepth = 250;
const maxCalls = 24;
const maxSameCalls = 3;

type Names = Map<string, PyValue>;
/** What a name was before code that may or may not run changed it. */
type Journal = Map<Names, Map<string, PyValue | undefined>>;

/**
 * The state of one partial evaluation. All work is counted, so that the time for any source is
 * bounded; names that are changed by code that may not run become unknown.
 */
export class Machine {
  readonly module: Scope = createScope('module');
  /** Functions that were called, by their source and where they begin in it. */
  private readonly called = new Map<PythonSource, Set<number>>();
  private journals: Journal[] = [];
  private readonly calls: PyFunction[] = [];
  private steps = 0;
  private stepsAllowed = maxSteps;
  private depth = 0;

  /** @param modules the user's own ones; none where nobody can read them. */
  constructor(
    private readonly libraries: readonly Library[],
    readonly modules?: LocalModules,
  ) {}

  /** Gives leave for more work, such as to describe what was found when the budget was spent. */
  refill(): void {
    this.steps = 0;
  }

  /** Does work until it is done or the budget is spent: what was found by then counts. */
  within(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof BudgetSpent)) throw error;
    }
  }

  imported(path: string): PyValue {
    for (const library of this.libraries) {
      const value = library(path);
      if (value !== undefined) return value;
    }
    return { kind: 'imported', path };
  }

  /** Does a part of the work one level deeper; unknown if that is too deep. */
  deeper<T>(work: () => T, otherwise: T): T {
    this.steps += 1;
    if (this.steps > this.stepsAllowed) throw new BudgetSpent();
    if (this.depth >= maxDepth) return otherwise;
    this.depth += 1;
    try {
      return work();
    } finally {
      this.depth -= 1;
    }
  }

  /** Runs a function's body; unknown where it calls itself or others without end. */
  inCall(called: PyFunction, run: () => PyValue): PyValue {
    const { source, node } = called;
    const same = this.calls.filter(
      (each) => each.source === source && each.node.from === node.from,
    ).length;
    if (this.calls.length >= maxCalls || same >= maxSameCalls) return unknown;
    const known = this.called.get(source);
    if (known === undefined) this.called.set(source, new Set([node.from]));
    else known.add(node.from);
    this.calls.push(called);
    try {
      return run();
    } finally {
      this.calls.pop();
    }
  }

  wasCalled({ source, node }: PyFunction): boolean {
    return this.called.get(source)?.has(node.from) === true;
  }

  /**
   * Runs code that has its own work to spend, and that surely runs wherever it is asked for: a module.
   *
   * @returns the work that it took.
   */
  apart(steps: number, run: () => void): number {
    const before = { steps: this.steps, allowed: this.stepsAllowed, journals: this.journals };
    this.steps = 0;
    this.stepsAllowed = steps;
    this.journals = [];
    this.within(run);
    const spent = this.steps;
    this.steps = before.steps;
    this.stepsAllowed = before.allowed;
    this.journals = before.journals;
    return spent;
  }

  /** Whether what runs now may not run in truth. */
  get isUncertain(): boolean {
    return this.journals.length > 0;
  }

  set(names: Names, name: string, value: PyValue): void {
    const journal = this.journals.at(-1);
    if (journal !== undefined) {
      let before = journal.get(names);
      if (before === undefined) {
        before = new Map();
        journal.set(names, before);
      }
      if (!before.has(name)) before.set(name, names.get(name));
    }
    names.set(name, value);
  }

  /**
   * Runs branches of which one will run in truth. Each answers whether the code behind them goes on
   * from it; a name that they leave with different values is unknown from there on.
   */
  branch(branches: readonly (() => boolean)[]): void {
    const ends: Journal[] = [];
    const touched: Journal = new Map();
    for (const run of branches) {
      const journal: Journal = new Map();
      this.journals.push(journal);
      let goesOn = false;
      try {
        goesOn = run();
      } finally {
        this.journals.pop();
      }
      const end: Journal = new Map();
      for (const [names, before] of journal) {
        end.set(names, new Map([...before.keys()].map((name) => [name, names.get(name)])));
        for (const [name, value] of before) {
          if (value === undefined) names.delete(name);
          else names.set(name, value);
          const known = touched.get(names) ?? new Map();
          known.set(name, value);
          touched.set(names, known);
        }
      }
      if (goesOn) ends.push(end);
    }
    if (ends.length === 0) return;
    for (const [names, before] of touched) {
      for (const [name, original] of before) {
        const values = ends.map((end) => {
          const changed = end.get(names);
          return changed?.has(name) ? changed.get(name) : original;
        });
        const joined = values.slice(1).reduce<PyValue | undefined>(joinValues, values[0]);
        if (joined !== original) this.set(names, name, joined ?? unknown);
      }
    }
  }
}

/** The value that two ways lead to, if it is one. */
export function joinValues(a: PyValue | undefined, b: PyValue | undefined): PyValue | undefined {
  if (a === b) return a;
  if (a === undefined || b === undefined) return unknown;
  if (a.kind !== b.kind) return unknown;
  const isSame = 'value' in a && 'value' in b && Object.is(a.value, b.value);
  return isSame ? a : unknown;
}
