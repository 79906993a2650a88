import type { ComponentChildren } from 'preact';
import type { TrialResult } from '../../src/core/extract/patterns/patternTrial';
import type { SavePlace, TeachData, TeachState } from '../../src/protocol/teachPage';
import { Button, RadioGroup, TextArea, TextField } from '../shared/controls';
import { needsName, type Role, roles } from './state';
import { TrialView } from './trialView';

interface MetricPanelProps {
  readonly data: TeachData;
  readonly state: TeachState;
  readonly role: Role;
  readonly trial: TrialResult | undefined;
  /** Why the pattern, or what was clicked, cannot be used. */
  readonly objection: string | undefined;
  /** Where the pattern as it stands was saved. */
  readonly saved: SavePlace | undefined;
  readonly onRole: (role: Role) => void;
  readonly onChange: (patch: Partial<TeachState>) => void;
  readonly onLine: (line: number) => void;
  readonly onSave: (place: SavePlace) => void;
  readonly onReread: (which: 'run' | 'script') => void;
}

const placeNames: Readonly<Record<SavePlace, string>> = { workspace: 'Workspace', user: 'User' };

/** What the clicked number is called, how it is found, and what that finds. */
export function MetricPanel(props: MetricPanelProps) {
  const { data, state, role, trial, objection, saved } = props;
  const { onRole, onChange, onLine, onSave } = props;
  const place = state.place ?? data.places[0] ?? 'user';
  if (state.pattern === '' && state.picks === undefined)
    return <Introduction objection={objection} />;
  const lacksName = needsName(state);
  return (
    <>
      <Field label="Name">
        <TextField
          label="Name of the metric"
          placeholder="val_score"
          value={state.name}
          onInput={(name) => onChange({ name })}
        />
      </Field>
      <RadioGroup label="A click chooses the" value={role} options={roles} onChange={onRole} />
      <Field label="Pattern">
        <TextArea
          label="Pattern"
          rows={4}
          value={state.pattern}
          onInput={(pattern) => onChange({ pattern })}
        />
      </Field>
      <p class="muted hint">
        A regular expression, looked for anywhere in a line. <code>{'{number}'}</code> is any
        number.
      </p>
      <div role="alert">{objection !== undefined && <p class="objection">{objection}</p>}</div>
      {trial !== undefined && <TrialView trial={trial} onLine={onLine} />}
      {data.places.length > 1 && (
        <RadioGroup
          label="Save in the settings of the"
          value={place}
          options={data.places.map((value) => ({ value, text: placeNames[value] }))}
          onChange={(next) => onChange({ place: next })}
        />
      )}
      <div class="actions">
        <Button
          look="primary"
          disabled={lacksName || trial === undefined || trial.lineCount === 0}
          onClick={() => onSave(place)}
        >
          Save Pattern
        </Button>
        {lacksName && <span class="muted">Give it a name first.</span>}
      </div>
      <div role="status">{saved !== undefined && <Saved {...props} place={saved} />}</div>
    </>
  );
}

function Introduction({ objection }: { readonly objection: string | undefined }) {
  return (
    <>
      <p>
        Click the number in the log that is your metric. You see at once where it is found in the
        whole log, and can save that for this and all later runs.
      </p>
      <div role="alert">{objection !== undefined && <p class="objection">{objection}</p>}</div>
    </>
  );
}

function Saved({ data, place, onReread }: MetricPanelProps & { readonly place: SavePlace }) {
  return (
    <div class="saved">
      <p>
        Saved in the settings of the {placeNames[place].toLowerCase()}: runs that start from now on
        have this metric.
        {data.isRunning && ' This one has it once it has ended and its log is read again.'}
      </p>
      {!data.isRunning && (
        <div class="actions">
          <Button onClick={() => onReread('run')}>Read This Log Again</Button>
          {data.scriptRunCount > 1 && (
            <Button onClick={() => onReread('script')}>
              Read All {data.scriptRunCount} Logs of Its Script Again
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Field({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="field">
      <span class="field-label" aria-hidden="true">
        {label}
      </span>
      {children}
    </div>
  );
}
