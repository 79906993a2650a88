import { useMemo } from 'preact/hooks';
import type { LineSpec } from '../../../../src/core/chart/chartSpec';
import { bucketsFor } from '../../../../src/core/chart/lineThinning';
import { isComputed } from '../../../../src/core/chart/lineView';
import { epochKey, type XAxisKind } from '../../../../src/core/chart/xAxis';
import type { CardContext } from '../../cardContext';
import { xAxisOf } from '../../state';
import { type LineModel, toLineModel } from './lineModel';
import { type RunLine, useLines } from './useLines';

export interface ShownLines {
  /** Undefined until the first answer. */
  readonly read: readonly RunLine[] | undefined;
  readonly model: LineModel;
  readonly xAxis: XAxisKind;
  readonly toModel: (lines: readonly RunLine[]) => LineModel;
}

const noKeys: readonly string[] = [];

/** What a card of lines shows of its metrics, as the page says how. */
export function useLineModel(spec: LineSpec, context: CardContext): ShownLines {
  const { runs, view, styleOf, groupStyleOf, shortNameOf, metrics } = context;
  const xAxis = xAxisOf(spec, view.xAxis);
  const lineCount = runs.length * spec.metrics.length;
  const buckets = bucketsFor(context.columnPx, lineCount, isComputed(view));
  const read = useLines(context, spec.metrics, buckets);
  const epochMetric = useMemo(
    () => (xAxis === 'epoch' ? epochKey(metrics.map(({ key }) => key)) : undefined),
    [metrics, xAxis],
  );
  const epochKeys = useMemo(
    () => (epochMetric === undefined ? noKeys : [epochMetric]),
    [epochMetric],
  );
  const readEpochs = useLines(context, epochKeys, buckets);
  const toModel = useMemo(() => {
    const epochs = new Map((readEpochs ?? []).map(({ run, series }) => [run.runId, series]));
    return (lines: readonly RunLine[]) =>
      toLineModel({ lines, xAxis, view, styleOf, groupStyleOf, shortNameOf, epochs });
  }, [xAxis, view, styleOf, groupStyleOf, shortNameOf, readEpochs]);
  const model = useMemo(() => toModel(read ?? []), [toModel, read]);
  return { read, model, xAxis, toModel };
}
