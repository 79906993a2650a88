import type { ConfusionSpec } from '../../../../src/core/chart/chartSpec';
import { normalizeMatrix } from '../../../../src/core/media/confusionMatrix';
import type { CardViewProps } from '../../cardContext';
import { PlotLoading } from '../../plot/plotState';
import { PlotTable } from '../../plot/plotTable';
import { StepSlider } from '../../plot/stepSlider';
import { useSlides } from '../../plot/useSlides';
import { cellText } from './matrixScene';
import { normalizationOf } from './normalizationOf';

/** More columns no screen reader goes through; the CSV has all. */
const maxColumns = 60;

export function ConfusionTable(props: CardViewProps<ConfusionSpec>) {
  const read = useSlides('matrix', props);
  if (read === undefined) return <PlotLoading heightPx={160} />;
  const by = normalizationOf(props.spec);
  return (
    <>
      <StepSlider steps={read.steps} at={read.at} onChange={read.setAt} />
      {read.shown.map(({ run, item: { matrix } }) => {
        const values = normalizeMatrix(matrix, by);
        const { labels } = matrix;
        return (
          <PlotTable
            key={run.runId}
            label={`Confusion matrix of ${run.name}`}
            note={`${run.name}: a row for each true class, a column for each predicted one.`}
            head={['True', ...labels.slice(0, maxColumns)]}
            rows={labels.map((label, row) => ({
              ...{ key: label, name: label },
              cells: labels
                .slice(0, maxColumns)
                .map((_, column) =>
                  cellText(values[row * labels.length + column] ?? Number.NaN, by),
                ),
            }))}
          />
        );
      })}
    </>
  );
}
