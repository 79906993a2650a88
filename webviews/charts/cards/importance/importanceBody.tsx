import { useEffect, useMemo } from 'preact/hooks';
import type { ImportanceSpec } from '../../../../src/core/chart/chartSpec';
import { describeImportance } from '../../../../src/core/plot/paramsImportance';
import type { CardBodyProps } from '../../cardContext';
import { PlotEmpty, PlotLoading } from '../../plot/plotState';
import { PlotView } from '../../plot/plotView';
import { scenePicture } from '../../plot/scenePicture';
import { titleOfField } from '../../plot/specTitle';
import { createImportanceScene, importanceHeight } from './importanceScene';
import { useImportance } from './useImportance';

const maxPictureParams = 60;

/** Which params go with a metric, and how that was computed. */
export function ImportanceBody(props: CardBodyProps<ImportanceSpec>) {
  const { spec, context, title, heightPx, onPicture } = props;
  const { theme } = context;
  const result = useImportance(spec, context);
  const scene = useMemo(
    () => result && createImportanceScene(result.params, theme.font),
    [result, theme],
  );
  useEffect(() => {
    if (result === undefined || result.params.length === 0) return onPicture(undefined);
    const { length } = result.params;
    const drawn = result.params.slice(0, maxPictureParams);
    onPicture(
      scenePicture(createImportanceScene(drawn, theme.font), theme, {
        heightPx: importanceHeight(drawn.length),
        ...(length > drawn.length
          ? { note: `The first ${drawn.length} of ${length} params; the CSV has more.` }
          : {}),
      }),
    );
  }, [result, theme]);
  if (result === undefined || scene === undefined) return <PlotLoading heightPx={heightPx} />;
  const { params, leftOutParams } = result;
  const said = describeImportance(result, titleOfField(spec.value));
  if (params.length === 0) return <PlotEmpty heightPx={heightPx}>{said}</PlotEmpty>;
  const together = params.filter(({ sameAs }) => sameAs.length > 0);
  const notes = [
    ...together.map(
      ({ name, sameAs }) =>
        `${name} always changes together with ${sameAs.join(', ')}: they count as one.`,
    ),
    ...(leftOutParams.length > 0
      ? [`Left out, as they differ in nearly every run: ${leftOutParams.join(', ')}.`]
      : []),
  ];
  return (
    <>
      <div class="plot-scroll" style={{ maxHeight: `${heightPx}px` }}>
        <PlotView
          label={`${title}, ${params.length} params`}
          scene={scene}
          theme={theme}
          heightPx={importanceHeight(params.length)}
        />
      </div>
      <p class="note muted">{[said, ...notes].join(' ')}</p>
    </>
  );
}
