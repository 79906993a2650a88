import { useEffect, useMemo, useState } from 'preact/hooks';
import type { FieldChoices } from '../../../src/core/plot/fieldChoices';
import { type RunColumn, takeRows } from '../../../src/core/plot/runColumn';
import type { ChartedRun } from '../../../src/protocol/chartsPage';
import type { CardContext } from '../cardContext';

/** What the shown runs have of some fields. */
export interface PlotData {
  readonly runs: readonly ChartedRun[];
  /** One a field; each as long as there are runs. */
  readonly columns: readonly RunColumn[];
}

/** Undefined until the host has answered; what it said last stays while it is asked again. */
export function usePlotData(
  context: CardContext,
  fields: readonly string[] | undefined,
): PlotData | undefined {
  const { runs } = context;
  const key = fields && JSON.stringify(fields);
  const [read, setRead] = useState<{ readonly key: string; readonly data: PlotData }>();
  useEffect(() => {
    if (fields === undefined || key === undefined) return;
    let isGone = false;
    context.attemptRead(
      readPlotData(context, fields).then((data) => {
        if (!isGone) setRead({ key, data });
      }),
    );
    return () => {
      isGone = true;
    };
  }, [runs, key]);
  return read !== undefined && read.key === key ? read.data : undefined;
}

/** The columns of the runs that are shown, in their order. */
export async function readPlotData(
  { host, runs }: Pick<CardContext, 'host' | 'runs'>,
  fields: readonly string[],
): Promise<PlotData> {
  const { runIds, columns } = await host.readColumns(fields);
  const rowOf = new Map(runIds.map((runId, row) => [runId, row]));
  const known = runs.filter(({ runId }) => rowOf.has(runId));
  const rows = Int32Array.from(known, ({ runId }) => rowOf.get(runId) ?? 0);
  return { runs: known, columns: columns.map((column) => takeRows(column, rows)) };
}

/** What there is to choose from; undefined until the host has answered. */
export function useChoices({ host, runs, attemptRead }: CardContext): FieldChoices | undefined {
  const [choices, setChoices] = useState<FieldChoices>();
  useEffect(() => {
    let isGone = false;
    attemptRead(
      host.readFieldChoices().then((read) => {
        if (!isGone) setChoices(read);
      }),
    );
    return () => {
      isGone = true;
    };
  }, [runs]);
  // The same object as long as it says the same, so that what is made of it stays.
  const text = JSON.stringify(choices);
  return useMemo(() => choices, [text]);
}
