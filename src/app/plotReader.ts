import { type ColumnBuilder, createColumnBuilder } from '../core/plot/columnBuilder';
import { createChoiceBuilder, type FieldChoices, varyingParams } from '../core/plot/fieldChoices';
import type { ParamsImportance } from '../core/plot/paramsImportance';
import { parsePlotField } from '../core/plot/parsePlotField';
import { type PlotField, toSearchField } from '../core/plot/plotField';
import type { RunColumn } from '../core/plot/runColumn';
import type { Remote } from '../core/rpc';
import type { Run } from '../core/run/run';
import { UserError } from '../core/userError';
import type { Store } from '../store/store';
import type { PlotService } from './plotService';

/** Reads what charts of many runs show, without holding up the window. */
export interface PlotReader {
  fieldChoices(runs: readonly Run[]): Promise<FieldChoices>;
  /** One a field; what is no field has no value. */
  columns(runs: readonly Run[], fields: readonly string[]): Promise<readonly RunColumn[]>;
  importance(runs: readonly Run[], value: string): Promise<ParamsImportance>;
}

export interface PlotPorts {
  readonly store: Pick<Store, 'readFigures'>;
  readonly service: Remote<PlotService>;
  readonly now: () => number;
}

/** So many runs are gone through at a stretch: a few milliseconds. */
const sliceRuns = 500;
/** More text params than that are not asked of a forest, and nobody could read them. */
const maxImportanceParams = 200;

export function createPlotReader({ store, service, now }: PlotPorts): PlotReader {
  async function inSlices(
    runs: readonly Run[],
    { add }: Pick<ColumnBuilder, 'add'>,
  ): Promise<void> {
    for (let start = 0; start < runs.length; start += sliceRuns) {
      if (start > 0) await new Promise((resolve) => setImmediate(resolve));
      add(runs.slice(start, start + sliceRuns));
    }
  }

  async function columnsOf(
    runs: readonly Run[],
    fields: readonly PlotField[],
  ): Promise<readonly RunColumn[]> {
    const builder = createColumnBuilder(fields, now());
    await inSlices(runs, builder);
    const columns = builder.end();
    return Promise.all(
      fields.map(async (field, at) => {
        const column = columns[at] ?? noValues(runs.length);
        const isOfPoints = field.kind === 'metricAt' || field.kind === 'metricMean';
        return isOfPoints ? readFigure(runs, field) : column;
      }),
    );
  }

  /** What only the points know, in the store's thread. */
  async function readFigure(runs: readonly Run[], field: PlotField): Promise<RunColumn> {
    const runIds = runs.map(({ id }) => id);
    const [numbers = noNumbers(runs.length)] = await store.readFigures(runIds, [
      toSearchField(field),
    ]);
    // Whether there is none or it is NaN is not said.
    const isPresent = Uint8Array.from(numbers, (value) => Number(!Number.isNaN(value)));
    return { kind: 'number', isPresent, numbers };
  }

  async function fieldChoices(runs: readonly Run[]): Promise<FieldChoices> {
    const builder = createChoiceBuilder();
    await inSlices(runs, builder);
    return builder.end();
  }

  return {
    fieldChoices,
    async columns(runs, fields) {
      const parsed = fields.map(parsePlotField);
      const known = parsed.filter((field) => field !== undefined);
      const columns = await columnsOf(runs, known);
      let next = 0;
      return parsed.map((field) =>
        field === undefined ? noValues(runs.length) : (columns[next++] ?? noValues(runs.length)),
      );
    },
    async importance(runs, value) {
      const field = parsePlotField(value);
      if (field === undefined) throw new UserError('Choose a metric to explain.');
      const params = varyingParams(await fieldChoices(runs)).slice(0, maxImportanceParams);
      const [target, ...columns] = await columnsOf(runs, [
        field,
        ...params.map(({ key }) => ({ kind: 'param', key }) as const),
      ]);
      const named = params.flatMap(({ key }, at) => {
        const column = columns[at];
        return column === undefined ? [] : [{ name: key, column }];
      });
      const numbers = target?.kind === 'number' ? target.numbers : noNumbers(runs.length);
      return service.paramsImportance(named, numbers);
    },
  };
}

function noNumbers(count: number): Float64Array {
  return new Float64Array(count).fill(Number.NaN);
}

function noValues(count: number): RunColumn {
  return { kind: 'number', isPresent: new Uint8Array(count), numbers: noNumbers(count) };
}
