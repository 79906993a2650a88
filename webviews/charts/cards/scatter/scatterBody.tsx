import { useEffect, useMemo } from 'preact/hooks';
import type { ScatterSpec } from '../../../../src/core/chart/chartSpec';
import type { CardBodyProps } from '../../cardContext';
import { ColorLegend } from '../../plot/colorLegend';
import { describeLeftOut } from '../../plot/describeLeftOut';
import { PlotEmpty, PlotLoading } from '../../plot/plotState';
import { PlotView } from '../../plot/plotView';
import { pictureColors, scenePicture } from '../../plot/scenePicture';
import { SelectionBar } from '../../plot/selectionBar';
import { createScatterScene } from './scatterScene';
import { useScatter } from './useScatter';

/** One field against another, a point for each run. */
export function ScatterBody(props: CardBodyProps<ScatterSpec>) {
  const { spec, context, title, heightPx, onSpec, onPicture } = props;
  const { theme, host, attempt, setHighlighted } = context;
  const read = useScatter(spec, context);
  const chosen = useMemo(() => new Set(spec.chosen), [spec.chosen]);
  const choose = (runIds: ReadonlySet<string>) => {
    const { chosen: _before, ...unchosen } = spec;
    if (runIds.size > 0) onSpec({ ...spec, chosen: [...runIds] });
    else if (chosen.size > 0) onSpec(unchosen);
  };
  const scene = useMemo(
    () => read && createScatterScene({ ...read, runs: read.data.runs, font: theme.font }),
    [read, theme],
  );
  useEffect(() => {
    const colors = read?.color;
    onPicture(
      scene && scenePicture(scene, theme, { legend: colors ? pictureColors(colors, theme) : [] }),
    );
  }, [scene, theme]);
  if (read === undefined || scene === undefined) return <PlotLoading heightPx={heightPx} />;
  const { runs } = read.data;
  const { x, y, color } = read;
  if (scene.order.length === 0) {
    return (
      <PlotEmpty heightPx={heightPx}>
        No shown run has both {x.title} and {y.title}. Choose other fields by Edit…
      </PlotEmpty>
    );
  }
  const selected = new Set(runs.flatMap(({ runId }, row) => (chosen.has(runId) ? [row] : [])));
  const note = describeLeftOut(runs.length, scene.order.length, [x, y]);
  return (
    <>
      <PlotView
        label={`Scatter chart of ${title}, ${scene.order.length} runs`}
        scene={scene}
        theme={theme}
        heightPx={heightPx}
        selected={selected}
        onPoint={(row) => setHighlighted(row === undefined ? undefined : runs[row]?.runId)}
        onOpen={(row) => {
          const run = runs[row];
          if (run !== undefined) attempt(host.openRun(run.runId));
        }}
        onSelect={(rows, how) => {
          const next = new Set(how === 'toggle' ? chosen : []);
          for (const row of rows) {
            const id = runs[row]?.runId;
            if (id === undefined) continue;
            if (how === 'toggle' && next.has(id)) next.delete(id);
            else next.add(id);
          }
          choose(next);
        }}
      />
      {color && <ColorLegend {...color} theme={theme} />}
      {note !== undefined && <p class="note muted">{note}</p>}
      {selected.size > 0 && (
        <SelectionBar
          runs={runs.filter(({ runId }) => chosen.has(runId))}
          context={context}
          onClear={() => choose(new Set())}
        />
      )}
    </>
  );
}
