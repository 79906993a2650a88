import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Run } from '../../core/run/run';
import { type Catalogue, CatalogueCollector } from '../../core/table/catalogue';

/** The longest that collecting keeps anything else from running. */
const turnMs = 4;
/** Counts may lag behind so long; a key that is new is there at once. */
const staleMs = 10_000;

/** What columns there are for the runs of a window, counted in turns and kept while they stay the same. */
export class TableCatalogue {
  #catalogue: Catalogue | undefined;
  #countedAtMs = 0;
  #counting: Promise<Catalogue> | undefined;
  #runs: readonly Run[] | undefined;
  #keys: ReadonlySet<string> = new Set();

  async read(runs: readonly Run[], changed: Iterable<Run>): Promise<Catalogue> {
    const isKnown =
      this.#runs === runs ||
      (performance.now() - this.#countedAtMs < staleMs && this.#knows(changed));
    if (this.#catalogue !== undefined && isKnown) return this.#catalogue;
    this.#counting ??= this.#count(runs).finally(() => {
      this.#counting = undefined;
    });
    return this.#counting;
  }

  #knows(changed: Iterable<Run>): boolean {
    for (const run of changed) {
      if (run.metrics.some(({ key }) => !this.#keys.has(`m${key}`))) return false;
      if (run.params.some(({ key }) => !this.#keys.has(`p${key}`))) return false;
      if (Object.keys(run.tags).some((key) => !this.#keys.has(`t${key}`))) return false;
    }
    return true;
  }

  async #count(runs: readonly Run[]): Promise<Catalogue> {
    const collector = new CatalogueCollector();
    let turnEndsAtMs = performance.now() + turnMs;
    for (const run of runs) {
      collector.add(run);
      if (performance.now() < turnEndsAtMs) continue;
      await nextTurn();
      turnEndsAtMs = performance.now() + turnMs;
    }
    const catalogue = collector.finish();
    this.#catalogue = catalogue;
    this.#runs = runs;
    this.#countedAtMs = performance.now();
    this.#keys = new Set([
      ...catalogue.metrics.map(({ key }) => `m${key}`),
      ...catalogue.params.map(({ key }) => `p${key}`),
      ...catalogue.tags.map(({ key }) => `t${key}`),
    ]);
    return catalogue;
  }
}
