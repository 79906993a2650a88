import type { CellExecution } from '../notebook/cellExecution';
import type { NotebookCell } from '../notebook/notebook';
import type { CellPlace, CellSpan, HistoryCell } from './historyStep';

/** The outputs that a version gave, each set of them once. */
export interface CellResult extends CellSpan {
  readonly keys: readonly string[];
}

/** One distinct source of one cell. */
export interface CellVersion {
  readonly kind: NotebookCell['kind'];
  readonly source: string;
  /** When the cell had this source, oldest first; empty if it only ran and was never kept so. */
  readonly spans: readonly CellSpan[];
  /** By when they were first seen, oldest first. */
  readonly results: readonly CellResult[];
  /** Oldest first; the newest of them, where there are many. */
  readonly executions: readonly CellExecution[];
  readonly executionCount: number;
}

/** How a cell came to be, or went: as a part of another cell. */
export interface CellTransition {
  /** Number of the other cell's track. */
  readonly other: number;
  readonly at: CellPlace;
}

const maxExecutions = 50;

type Growing<T> = { -readonly [K in keyof T]: T[K] };
type GrowingSpan = Growing<CellSpan>;
interface GrowingVersion extends Growing<CellVersion> {
  readonly spans: GrowingSpan[];
  readonly results: Growing<CellResult>[];
  readonly executions: CellExecution[];
}

/** One cell through all checkpoints of a notebook, from the oldest to the newest. */
export class CellTrack {
  /** Every id that it had. */
  readonly ids = new Set<string>();
  /** When the notebook had the cell, oldest first: between two of these it was absent. */
  readonly lives: GrowingSpan[] = [];
  splitFrom: CellTransition | undefined;
  mergedInto: CellTransition | undefined;
  private readonly versionOf = new Map<string, GrowingVersion>();
  private readonly resultOf = new Map<string, Growing<CellResult>>();
  private now: GrowingVersion | undefined;
  private isAlive = false;

  constructor(readonly number: number) {}

  /** By when they were first seen, oldest first. */
  get versions(): readonly CellVersion[] {
    return [...this.versionOf.values()];
  }

  /** How many versions there are, without listing them. */
  get versionCount(): number {
    return this.versionOf.size;
  }

  /** The version that it has or, if it is gone, had last. */
  get latest(): CellVersion | undefined {
    return this.now;
  }

  get lastSeen(): CellPlace | undefined {
    return this.lives.at(-1)?.last;
  }

  /** The next checkpoint has the cell. */
  seen(cell: HistoryCell, place: CellPlace): void {
    if (cell.id !== undefined) this.ids.add(cell.id);
    const life = this.isAlive ? this.lives.at(-1) : undefined;
    if (life) life.last = place;
    else this.lives.push({ first: place, last: place });

    const isUnchanged =
      this.now !== undefined && this.now.source === cell.source && this.now.kind === cell.kind;
    const version = isUnchanged && this.now ? this.now : this.version(cell);
    const span = isUnchanged && life ? version.spans.at(-1) : undefined;
    if (span) span.last = place;
    else version.spans.push({ first: place, last: place });
    this.now = version;
    this.isAlive = true;
    this.gave(version, cell, place);
  }

  /** The next checkpoint does not have it. */
  ended(): void {
    this.isAlive = false;
  }

  ran(execution: CellExecution): void {
    const version = this.version({ kind: 'code', source: execution.source });
    version.executionCount += 1;
    version.executions.push(execution);
    if (version.executions.length > maxExecutions) version.executions.shift();
  }

  private gave(version: GrowingVersion, { outputs }: HistoryCell, place: CellPlace): void {
    if (outputs.length === 0) return;
    const latest = version.results.at(-1);
    if (latest && isKeys(latest.keys, outputs)) {
      latest.last = place;
      return;
    }
    const keys = outputs.map(({ key }) => key);
    const name = JSON.stringify([version.kind, version.source, ...keys]);
    const known = this.resultOf.get(name);
    if (known) {
      known.last = place;
      return;
    }
    const result = { keys, first: place, last: place };
    this.resultOf.set(name, result);
    version.results.push(result);
  }

  private version({ kind, source }: Pick<HistoryCell, 'kind' | 'source'>): GrowingVersion {
    const key = `${kind}\n${source}`;
    const known = this.versionOf.get(key);
    if (known) return known;
    const version: GrowingVersion = {
      ...{ kind, source, spans: [], results: [], executions: [], executionCount: 0 },
    };
    this.versionOf.set(key, version);
    return version;
  }
}

function isKeys(keys: readonly string[], outputs: HistoryCell['outputs']): boolean {
  return keys.length === outputs.length && outputs.every(({ key }, i) => key === keys[i]);
}
