import type { LineView } from '../../src/core/chart/lineView';
import { xAxisKinds } from '../../src/core/chart/xAxis';
import type { Remote } from '../../src/core/rpc';
import type { ChartsData, ChartsHost, ChartsState } from '../../src/protocol/chartsPage';
import { axisNames } from '../shared/chart/timeAxis';
import { Button, Checkbox, TextField } from '../shared/controls';
import { MenuButton } from '../shared/menuButton';
import { Select } from '../shared/select';
import { ViewMenu } from '../shared/viewMenu';
import { SmoothingField } from './smoothingField';

interface ChartsToolbarProps {
  readonly data: ChartsData;
  readonly state: ChartsState;
  readonly setState: (patch: Partial<ChartsState>) => void;
  readonly host: Remote<ChartsHost>;
  readonly attempt: (action: Promise<void>) => void;
  readonly onChooseRuns: () => void;
  readonly onFollowNewest: () => void;
  readonly onFollowSearch: () => void;
}

interface ChartsHeaderProps
  extends Pick<ChartsToolbarProps, 'data' | 'state' | 'setState' | 'host' | 'attempt'> {
  readonly onOpenView: (state: unknown) => void;
  readonly onAdd: () => void;
}

const bands = [
  { value: 'deviation', text: 'Mean ± deviation' },
  { value: 'range', text: 'Mean, least to greatest' },
] as const;

/** What is shown and how, for all charts of the page. */
export function ChartsToolbar(props: ChartsToolbarProps) {
  const { data, state, setState } = props;
  const { lines } = state;
  const setLines = (patch: Partial<LineView>) => setState({ lines: { ...lines, ...patch } });
  const setGroupBy = (groupBy: string) => {
    const { groupBy: _before, ...rest } = lines;
    setState({ lines: groupBy === '' ? rest : { ...rest, groupBy } });
  };
  return (
    <div class="toolbar" role="toolbar" aria-label="Charts">
      <MenuButton
        label="Which runs to show"
        text={data.search !== '' ? 'Runs: Search' : data.followsNewest ? 'Runs: Newest' : 'Runs'}
        items={[
          { text: 'Choose Runs…', onChoose: props.onChooseRuns },
          {
            text: 'Follow the Newest Run',
            checked: data.followsNewest,
            onChoose: props.onFollowNewest,
          },
          {
            text: 'Follow a Search',
            checked: data.search !== '',
            onChoose: props.onFollowSearch,
          },
        ]}
      />
      <Select
        label="X axis"
        value={lines.xAxis}
        options={xAxisKinds.map((value) => ({ value, text: axisNames[value] }))}
        onChange={(xAxis) => setLines({ xAxis })}
      />
      <Checkbox checked={lines.isLogX} onChange={(isLogX) => setLines({ isLogX })}>
        Log x
      </Checkbox>
      <Checkbox checked={lines.isLogY} onChange={(isLogY) => setLines({ isLogY })}>
        Log y
      </Checkbox>
      <SmoothingField value={lines.smoothing} onChange={(smoothing) => setLines({ smoothing })} />
      <Select
        label="Group by"
        value={lines.groupBy ?? ''}
        options={[
          { value: '', text: 'Nothing' },
          ...withChosen(data.groupFields, lines.groupBy).map((value) => ({ value, text: value })),
        ]}
        onChange={setGroupBy}
      />
      {lines.groupBy !== undefined && (
        <Select
          label="What a band shows"
          hidesLabel
          value={lines.band}
          options={bands}
          onChange={(band) => setLines({ band })}
        />
      )}
    </div>
  );
}

/** What of the charts is shown, above them. */
export function ChartsHeader(props: ChartsHeaderProps) {
  const { data, state, setState } = props;
  const { layout } = state;
  return (
    <div class="charts-head">
      <span class="muted" role="status">
        {statusText(data)}
      </span>
      <span class="spacer" />
      <TextField
        label="Filter charts"
        placeholder="Filter charts"
        value={state.filter}
        onInput={(filter) => setState({ filter })}
      />
      <Button onClick={props.onAdd}>Add Chart…</Button>
      <MenuButton
        label="Layout"
        items={[
          ...(['auto', 1, 2, 3] as const).map((columns) => ({
            text: columnTexts[columns],
            checked: layout.columns === columns,
            onChoose: () => setState({ layout: { ...layout, columns } }),
          })),
          {
            text: 'Show Hidden Charts',
            startsGroup: true,
            disabled: layout.hidden.length === 0,
            onChoose: () => setState({ layout: { ...layout, hidden: [] } }),
          },
        ]}
      />
      <ViewMenu
        host={props.host}
        serialise={() => serialise(state)}
        onOpen={props.onOpenView}
        attempt={props.attempt}
      />
    </div>
  );
}

/** What a view holds: all but which colours the runs happened to get. */
function serialise({ stylePlaces: _places, ...view }: ChartsState): string {
  return JSON.stringify(view);
}

function statusText({ runs, followsNewest, search, leftOut }: ChartsData): string {
  const running = runs.filter((run) => run.status === 'running').length;
  return [
    followsNewest && 'Following the newest run',
    search !== '' && `Following ${search}`,
    leftOut > 0 && `the newest ${runs.length} of ${runs.length + leftOut} runs`,
    running > 0 && (running === 1 ? '1 run is live' : `${running} runs are live`),
  ]
    .filter((part) => part !== false)
    .join(' · ');
}

const columnTexts = {
  auto: 'As Many Columns as Fit',
  1: 'One Column',
  2: 'Two Columns',
  3: 'Three Columns',
} as const;

/** A field that no shown run has any more stays chosen. */
function withChosen(fields: readonly string[], chosen: string | undefined): readonly string[] {
  return chosen === undefined || fields.includes(chosen) ? fields : [...fields, chosen];
}
