import { type ComparedFigure, figureWords, isOfPoints } from '../../src/core/compare/metricRows';
import { Button, Checkbox } from '../shared/controls';
import { Icon } from '../shared/icon';
import { Select } from '../shared/select';
import { goToChange } from './changeKeys';
import { runsAtOnce } from './state';

interface CompareToolbarProps {
  readonly figure: ComparedFigure;
  readonly figureNumber: number;
  readonly onlyDifferences: boolean;
  /** Which columns are shown, from 0. */
  readonly page: number;
  readonly runCount: number;
  readonly onFigure: (figure: ComparedFigure) => void;
  readonly onFigureNumber: (figureNumber: number) => void;
  readonly onOnlyDifferences: (onlyDifferences: boolean) => void;
  readonly onPage: (page: number) => void;
  readonly onCharts: () => void;
  readonly onCopy: () => void;
}

export function CompareToolbar(props: CompareToolbarProps) {
  const { figure, onlyDifferences, page, runCount, onPage } = props;
  const pages = Math.ceil((runCount - 1) / runsAtOnce);
  const first = 2 + page * runsAtOnce;
  return (
    <div class="toolbar" role="toolbar" aria-label="Comparison">
      <Button
        look="icon"
        label="Previous change"
        title="Previous Change (Shift+F7)"
        onClick={() => goToChange(-1)}
      >
        <Icon name="up" />
      </Button>
      <Button
        look="icon"
        label="Next change"
        title="Next Change (F7)"
        onClick={() => goToChange(1)}
      >
        <Icon name="down" />
      </Button>
      <Checkbox checked={onlyDifferences} onChange={props.onOnlyDifferences}>
        Only differences
      </Checkbox>
      <Select label="Metrics by" value={figure} options={figureOptions} onChange={props.onFigure} />
      {isOfPoints(figure) && (
        <input
          class="figure-number"
          type="number"
          min={figure === 'mean' ? 1 : 0}
          aria-label={figure === 'mean' ? 'How many of the last values' : 'Step'}
          value={props.figureNumber}
          onInput={(event) => {
            const number = event.currentTarget.valueAsNumber;
            if (number >= (figure === 'mean' ? 1 : 0)) props.onFigureNumber(number);
          }}
        />
      )}
      {pages > 1 && (
        <span class="pager">
          <Button
            look="icon"
            label="Runs before"
            disabled={page === 0}
            onClick={() => onPage(page - 1)}
          >
            <Icon name="back" />
          </Button>
          <span class="muted">
            Runs {first}–{Math.min(runCount, first + runsAtOnce - 1)} of {runCount} against the base
          </span>
          <Button
            look="icon"
            label="Runs after"
            disabled={page === pages - 1}
            onClick={() => onPage(page + 1)}
          >
            <Icon name="forward" />
          </Button>
        </span>
      )}
      <span class="spacer" />
      <Button onClick={props.onCopy}>Copy as Markdown</Button>
      <Button onClick={props.onCharts}>Show Charts</Button>
    </div>
  );
}

// SAFETY: the keys of the record are its figures.
const figureOptions = (Object.keys(figureWords) as ComparedFigure[]).map((value) => ({
  value,
  text: figureWords[value],
}));
