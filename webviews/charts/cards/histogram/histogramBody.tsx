import { useEffect, useMemo } from 'preact/hooks';
import type { HistogramSpec } from '../../../../src/core/chart/chartSpec';
import { describeBins } from '../../../../src/core/plot/histogram';
import type { CardBodyProps } from '../../cardContext';
import { PlotEmpty, PlotLoading } from '../../plot/plotState';
import { PlotView } from '../../plot/plotView';
import { scenePicture } from '../../plot/scenePicture';
import { SelectionBar } from '../../plot/selectionBar';
import { createHistogramScene } from './histogramScene';
import { maxPointRuns, runsInBin, useHistogram } from './useHistogram';

/** How a figure is spread over the runs, or all values of a metric over its points. */
export function HistogramBody(props: CardBodyProps<HistogramSpec>) {
  const { spec, context, title, heightPx, onSpec, onPicture } = props;
  const { theme } = context;
  const read = useHistogram(spec, context);
  const { chosen, ...unchosen } = spec;
  const scene = useMemo(() => {
    if (read?.histogram === undefined) return undefined;
    return createHistogramScene({ ...read, histogram: read.histogram, font: theme.font });
  }, [read, theme]);
  useEffect(() => {
    onPicture(scene && scenePicture(scene, theme));
  }, [scene, theme]);
  if (read === undefined) return <PlotLoading heightPx={heightPx} />;
  const { histogram, counted } = read;
  if (histogram === undefined || scene === undefined) {
    return <PlotEmpty heightPx={heightPx}>No shown run has a finite {read.title}.</PlotEmpty>;
  }
  // A live histogram comes anew with each change: what was chosen is there as long as its bin is.
  const { edges } = histogram;
  const bin = chosen === undefined ? -1 : edges.lastIndexOf(chosen.from, edges.length - 2);
  const isThere = read.runs !== undefined && bin >= 0 && edges[bin + 1] === chosen?.to;
  const choose = (next: number) => {
    const [from, to] = [edges[next], edges[next + 1]];
    if (from !== undefined && to !== undefined) onSpec({ ...spec, chosen: { from, to } });
  };
  const notes = [
    `${describeBins(histogram)}${read.isLog ? ', on a log axis' : ''}.`,
    ...(histogram.leftOut > 0
      ? [
          `${histogram.leftOut} ${counted} left out: none, NaN or infinite${read.isLog ? ', or not above 0' : ''}.`,
        ]
      : []),
    ...(spec.of === 'points' && context.runs.length > maxPointRuns
      ? [`Of the first ${maxPointRuns} runs.`]
      : []),
  ];
  return (
    <>
      <PlotView
        label={`Histogram of ${title}, ${histogram.counts.length} bins`}
        scene={scene}
        theme={theme}
        heightPx={heightPx}
        {...(read.runs && { openHint: 'selects the runs in it', onOpen: choose })}
      />
      <p class="note muted">{notes.join(' ')}</p>
      {isThere && (
        <SelectionBar
          runs={runsInBin(read, bin)}
          reason={`${read.title} from ${scene.describe(bin)[0]}`}
          context={context}
          onClear={() => onSpec(unchosen)}
        />
      )}
    </>
  );
}
