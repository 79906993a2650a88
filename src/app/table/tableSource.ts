import { isArchived } from '../../core/run/archived';
import type { Run, RunFile, RunId } from '../../core/run/run';
import type { RunOrder } from '../../core/search/runOrder';
import type { SearchField, SearchNode } from '../../core/search/searchNode';
import type { SeriesBatch } from '../../core/series/seriesBatch';
import { usualColumns } from '../../core/table/chooseColumns';
import { orderRuns, type TableOrder } from '../../core/table/orderRuns';
import { readCells } from '../../core/table/readCells';
import type { CellColumn } from '../../core/table/tableCells';
import { parseColumn, type TableColumn } from '../../core/table/tableColumn';
import type { FoundRows, RowCells, RowsQuery } from '../../core/table/tableRows';
import { createPause, inTurns } from '../pause';
import type { RecordCache } from '../recordCache';
import type { RecordReader } from '../recordReader';
import { RunSlots } from './runSlots';
import { TableCatalogue } from './tableCatalogue';

export interface TableRequest extends RowsQuery {
  /** Undefined: every run. */
  readonly search: SearchNode | undefined;
}

type TableReader = Pick<
  RecordReader,
  'listRunIds' | 'readFigures' | 'listInputs' | 'readSeriesBatch' | 'readDeleted'
>;

/**
 * What one table page asks for: order and search from the store, cells from the cache, as columns for the
 * rows and columns that are asked for. Holds nothing up for more than some milliseconds.
 */
/** Others have their turn after so much work. */
const turnMs = 4;

export class TableSource {
  readonly #slots = new RunSlots();
  readonly #catalogue = new TableCatalogue();
  /** The slots of runs that changed since the page was told last, and since the columns were counted. */
  readonly #untold = new Set<number>();
  readonly #uncounted = new Set<number>();
  readonly #cache: RecordCache;
  readonly #reader: TableReader;
  readonly #now: () => number;

  constructor(cache: RecordCache, reader: TableReader, now: () => number) {
    this.#cache = cache;
    this.#reader = reader;
    this.#now = now;
  }

  /** The slots of the runs that are not as they were when this was last asked. */
  changedSlots(): Uint32Array {
    this.#notice(this.#cache.runs());
    const changed = Uint32Array.from(this.#untold);
    this.#untold.clear();
    return changed;
  }

  /** Whoever looks first must not keep what changed from who looks next. */
  #notice(runs: readonly Run[]): void {
    for (const slot of this.#slots.update(runs)) {
      this.#untold.add(slot);
      this.#uncounted.add(slot);
    }
  }

  /** Those among the runs that the page was told of as they were before. */
  #takeStale(runs: readonly Run[], knownSlots: number): Uint32Array {
    const slots = runs.map((run) => this.#slots.slotOf(run));
    const stale = slots.filter((slot) => slot < knownSlots && this.#untold.has(slot));
    for (const slot of stale) this.#untold.delete(slot);
    return Uint32Array.from(stale);
  }

  async find(request: TableRequest): Promise<FoundRows> {
    await this.#cache.ready;
    const runs = this.#cache.runs();
    this.#notice(runs);
    const changed = [...this.#uncounted];
    this.#uncounted.clear();
    const [found, catalogue] = await Promise.all([
      this.#listRuns(request),
      this.#catalogue.read(
        runs,
        changed.flatMap((slot) => this.#slots.run(slot) ?? []),
      ),
    ]);
    const order = Uint32Array.from(found, (run) => this.#slots.slotOf(run));
    const columns = request.columns.length > 0 ? request.columns : usualColumns(catalogue);
    return {
      order,
      newIds: this.#slots.idsFrom(request.knownSlots),
      firstNewSlot: request.knownSlots,
      goneSlots: this.#slots.without(this.#cache.run),
      runCount: runs.reduce((count, run) => (isArchived(run) ? count : count + 1), 0),
      catalogue,
      cells: await this.readCells(order.slice(0, request.firstRows), columns),
      staleSlots: this.#takeStale(
        found.filter(({ deletedAtMs }) => deletedAtMs !== undefined),
        request.knownSlots,
      ),
    };
  }

  async readCells(slots: Uint32Array, ids: readonly string[]): Promise<RowCells> {
    const columns = ids.flatMap((id) => parseColumn(id) ?? []);
    const known = Array.from(slots).filter((slot) => this.#slots.run(slot) !== undefined);
    const asked = known.flatMap((slot) => this.#slots.run(slot) ?? []);
    const figures = await this.#readFigures(asked, columns);
    const hasInputs = columns.some(
      (column) => column.kind === 'field' && column.field.kind === 'dataset',
    );
    const inputs = hasInputs
      ? await this.#reader.listInputs(asked.map(({ id }) => id))
      : new Map<RunId, readonly RunFile[]>();
    // As they are now, not as they were before the store answered.
    const runs = known.flatMap((slot) => this.#slots.run(slot) ?? []);
    const cells = readCells(runs, columns, {
      nowMs: this.#now(),
      run: this.#cache.run,
      inputs: (runId) => inputs.get(runId) ?? [],
      figures: (field) => figures.get(field),
    });
    return {
      slots: Uint32Array.from(known),
      columns: columns.map(({ id }) => id),
      cells: cells.map(
        (each): CellColumn =>
          each.kind === 'number'
            ? { kind: 'number', values: each.values, present: each.present }
            : { kind: 'text', texts: each.texts, codes: each.codes },
      ),
    };
  }

  async readCurves(slots: Uint32Array, key: string, buckets: number): Promise<SeriesBatch> {
    const wanted = Array.from(slots, (slot) => ({
      // SAFETY: an id that is not there has no points.
      runId: this.#slots.run(slot)?.id ?? ('' as RunId),
      key,
    }));
    return this.#reader.readSeriesBatch(wanted, { buckets });
  }

  async #listRuns({ search, sort }: TableRequest): Promise<readonly Run[]> {
    const orders = sort.flatMap(({ column, direction }): readonly TableOrder[] => {
      const parsed = parseColumn(column);
      return parsed === undefined ? [] : [{ column: parsed, direction }];
    });
    const byField = orders.flatMap(({ column, direction }): readonly RunOrder[] =>
      column.kind === 'field' ? [{ field: column.field, direction }] : [],
    );
    const isByField = byField.length === orders.length;
    const ids = await this.#reader.listRunIds({
      ...(search ? { search } : {}),
      ...(isByField ? { orderBy: byField } : {}),
    });
    const runs = await this.#toRuns(ids);
    return isByField ? runs : this.#orderHere(runs, orders);
  }

  /** Those that the cache does not hold are deleted ones, which a search can ask for. */
  async #toRuns(ids: readonly RunId[]): Promise<readonly Run[]> {
    const { run } = this.#cache;
    const missing = ids.filter((id) => run(id) === undefined);
    if (missing.length === 0) return ids.flatMap((id) => run(id) ?? []);
    const { runs } = await this.#reader.readDeleted(missing);
    const deleted = new Map(runs.map((each) => [each.id, each]));
    this.#notice([...deleted.values()]);
    return ids.flatMap((id) => run(id) ?? deleted.get(id) ?? []);
  }

  async #orderHere(runs: readonly Run[], orders: readonly TableOrder[]): Promise<readonly Run[]> {
    const figures = await this.#readFigures(
      runs,
      orders.map(({ column }) => column),
    );
    const withFigures = orders.map((order): TableOrder => {
      const { column } = order;
      const read = column.kind === 'field' ? figures.get(column.field) : undefined;
      return read === undefined ? order : { ...order, figures: read };
    });
    return inTurns(
      orderRuns(runs, withFigures, {
        nowMs: this.#now(),
        valueAt: () => undefined,
        meanOf: () => undefined,
        scriptText: () => undefined,
        files: () => [],
      }),
      createPause(turnMs),
    );
  }

  /** Of the columns whose figures no summary has. */
  async #readFigures(
    runs: readonly Run[],
    columns: readonly TableColumn[],
  ): Promise<ReadonlyMap<SearchField, Float64Array>> {
    const fields = columns.flatMap((column) =>
      column.kind === 'field' &&
      (column.field.kind === 'metricAt' || column.field.kind === 'metricMean')
        ? [column.field]
        : [],
    );
    if (fields.length === 0) return new Map();
    const read = await this.#reader.readFigures(
      runs.map(({ id }) => id),
      fields,
    );
    return new Map(
      fields.flatMap((field, index) => {
        const figures = read[index];
        return figures === undefined ? [] : [[field, figures] as const];
      }),
    );
  }
}
