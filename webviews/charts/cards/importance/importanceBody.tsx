import { useEffect, useMemo } from 'preact/hooks';
import type { ImportanceSpec } from '../../../../src/core/chart/chartSpec';
import { describeImportance } from '../../../../src/core/plot/paramsImportance';
import type { CardBodyProps } from '../../cardContext';
import { PlotEmpty, PlotLoading } from '../../plot/plotState';
import { PlotView } from '../../plot/plotView';
import { titleOfField } from '../../plot/specTitle';
import { createImportanceScene, importanceHeight } from './importanceScene';
import { useImportance } from './useImportance';

const maxPictureParams = 18;

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
    const picture =
      result && result.params.length > 0
        ? createImportanceScene(result.params.slice(0, maxPictureParams), theme.font)
        : undefined;
    onPicture(
      picture && {
        legend: [],
        draw: (pen, widthPx, height) => picture.draw(pen, widthPx, height, theme),
      },
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
