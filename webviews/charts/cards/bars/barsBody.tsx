import { useEffect, useMemo } from 'preact/hooks';
import type { BarsSpec } from '../../../../src/core/chart/chartSpec';
import type { CardBodyProps } from '../../cardContext';
import { PlotEmpty, PlotLoading } from '../../plot/plotState';
import { PlotView } from '../../plot/plotView';
import { scenePicture } from '../../plot/scenePicture';
import { SelectionBar } from '../../plot/selectionBar';
import { barsHeight, createBarScene } from './barScene';
import { useBars } from './useBars';

/** A canvas can be no higher everywhere, and nobody scrolls through more bars. */
const maxBars = 300;
const maxPictureBars = 60;

/** A figure of each run or group, as bars. */
export function BarsBody(props: CardBodyProps<BarsSpec>) {
  const { spec, context, title, heightPx, onSpec, onPicture } = props;
  const { theme, host, attempt } = context;
  const read = useBars(spec, context);
  const { chosen, ...unchosen } = spec;
  const shown = useMemo(() => read?.rows.slice(0, maxBars) ?? [], [read]);
  const scene = useMemo(
    () => read && createBarScene(shown, read.axis.title, read.axis.format, theme.font),
    [read, theme],
  );
  useEffect(() => {
    if (read === undefined || shown.length === 0) return onPicture(undefined);
    const drawn = shown.slice(0, maxPictureBars);
    const picture = createBarScene(drawn, read.axis.title, read.axis.format, theme.font);
    const { length } = read.rows;
    onPicture(
      scenePicture(picture, theme, {
        heightPx: barsHeight(drawn.length),
        ...(length > drawn.length
          ? { note: `The first ${drawn.length} of ${length} bars; the CSV has more.` }
          : {}),
      }),
    );
  }, [read, theme]);
  if (read === undefined || scene === undefined) return <PlotLoading heightPx={heightPx} />;
  const { rows, axis, runCount } = read;
  if (rows.length === 0) {
    return <PlotEmpty heightPx={heightPx}>No shown run has a finite {axis.title}.</PlotEmpty>;
  }
  const drawn = rows.reduce((sum, { runs }) => sum + runs.length, 0);
  const notes = [
    ...(rows.length > shown.length
      ? [`The first ${shown.length} of ${rows.length} bars; the table and the CSV have more.`]
      : []),
    ...(drawn < runCount
      ? [`${runCount - drawn} of ${runCount} runs without a finite ${axis.title}.`]
      : []),
    ...(rows.some(({ std }) => std !== undefined) ? ['Error bars: one standard deviation.'] : []),
  ];
  const group = spec.groupBy === undefined ? undefined : rows.find(({ name }) => name === chosen);
  return (
    <>
      <div class="plot-scroll" style={{ maxHeight: `${heightPx}px` }}>
        <PlotView
          label={`Bar chart of ${title}, ${shown.length} bars`}
          scene={scene}
          theme={theme}
          heightPx={barsHeight(shown.length)}
          {...(spec.groupBy === undefined ? {} : { openHint: 'selects the runs of the group' })}
          onOpen={(mark) => {
            const row = shown[mark];
            const [run] = row?.runs ?? [];
            if (spec.groupBy !== undefined) onSpec(row ? { ...spec, chosen: row.name } : unchosen);
            else if (run !== undefined) attempt(host.openRun(run.runId));
          }}
        />
      </div>
      {notes.length > 0 && <p class="note muted">{notes.join(' ')}</p>}
      {group !== undefined && (
        <SelectionBar
          runs={group.runs}
          reason={group.name}
          context={context}
          onClear={() => onSpec(unchosen)}
        />
      )}
    </>
  );
}
