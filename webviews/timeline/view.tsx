import type { CheckpointKind } from '../../src/core/checkpoint/checkpoint';
import type { TimelineFilter } from '../../src/core/history/timelineLines';
import { checkpointKindWords } from '../../src/core/present/describeCheckpoint';
import type { TimelineData, TimelineHost, TimelineState } from '../../src/protocol/timelinePage';
import { Button, Checkbox, ProgressRing, RadioGroup, TextField } from '../shared/controls';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { Checkpoints } from './checkpoints';
import { Search } from './search';

export type TimelineProps = PageProps<TimelineHost, TimelineState, TimelineData> & {
  readonly data: TimelineData;
};

export function Timeline(props: PageProps<TimelineHost, TimelineState, TimelineData>) {
  const { host, data, problem, attempt, dismissProblem } = props;
  return (
    <div class="page">
      <ProblemBar problem={problem} onDismiss={dismissProblem} />
      {data === undefined ? (
        <div class="loading">
          {problem === undefined && <ProgressRing label="Reading the record" />}
        </div>
      ) : data.total === 0 ? (
        <main class="empty">
          <h1>No checkpoints are kept yet</h1>
          <p>Save a notebook: each save is kept, with what changed.</p>
          <div class="empty-actions">
            <Button onClick={() => attempt(host.openWalkthrough())}>Open Walkthrough</Button>
          </div>
        </main>
      ) : (
        <Modes {...props} data={data} />
      )}
    </div>
  );
}

// SAFETY: the keys of the record are the kinds.
const kinds = Object.keys(checkpointKindWords) as CheckpointKind[];

function Modes(props: TimelineProps) {
  const { state, setState, data } = props;
  const { filter, mode } = state;
  const change = (
    patch: { readonly [K in keyof TimelineFilter]?: TimelineFilter[K] | undefined },
  ) => {
    // What is undefined is not kept, so that it filters nothing.
    const entries = Object.entries({ ...filter, ...patch }).filter(
      ([, value]) => value !== undefined,
    );
    // SAFETY: the same fields, less those that may be left out.
    setState({ filter: Object.fromEntries(entries) as unknown as TimelineFilter });
  };
  return (
    <>
      <div class="toolbar" role="toolbar" aria-label="Timeline">
        <RadioGroup
          label="Show"
          value={mode}
          options={[
            { value: 'checkpoints', text: 'Checkpoints' },
            { value: 'search', text: 'Search in Sources' },
          ]}
          onChange={(next) => setState({ mode: next })}
        />
        <Select
          label="Notebook"
          value={filter.notebook ?? ''}
          options={[['', 'All notebooks'], ...data.notebooks.map((path) => [path, path] as const)]}
          onChange={(value) => change({ notebook: value === '' ? undefined : value })}
        />
        {mode === 'checkpoints' && (
          <>
            <Select
              label="Kind"
              value={filter.kind ?? ''}
              options={[
                ['', 'All kinds'],
                ...kinds.map((kind) => [kind, checkpointKindWords[kind]] as const),
              ]}
              onChange={(value) => change({ kind: kinds.find((kind) => kind === value) })}
            />
            <TextField
              label="Filter by name, tag or note"
              placeholder="Name, tag or note"
              value={filter.text}
              onInput={(text) => change({ text })}
            />
            <Checkbox checked={filter.starred} onChange={(starred) => change({ starred })}>
              Starred
            </Checkbox>
            <Checkbox checked={filter.withRuns} onChange={(withRuns) => change({ withRuns })}>
              With runs
            </Checkbox>
          </>
        )}
      </div>
      {mode === 'checkpoints' ? <Checkpoints {...props} /> : <Search {...props} />}
    </>
  );
}

interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [string, string])[];
  readonly onChange: (value: string) => void;
}

function Select({ label, value, options, onChange }: SelectProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      {options.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  );
}
