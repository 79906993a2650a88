import { useMemo, useState } from 'preact/hooks';
import type { Catalogue } from '../../src/core/table/catalogue';
import {
  columnGroups,
  type OfferedColumn,
  offeredColumns,
} from '../../src/core/table/chooseColumns';
import { figureLabel, parseColumn, type TableColumn } from '../../src/core/table/tableColumn';
import type { TableState } from '../../src/core/table/tableState';
import { Button } from '../shared/controls';
import { Popover } from './popover';

interface ColumnChooserProps {
  readonly catalogue: Catalogue;
  /** Those that are chosen, in their order. */
  readonly columns: readonly TableColumn[];
  readonly place: { readonly xPx: number; readonly yPx: number };
  readonly state: Pick<TableState, 'marksDifferences' | 'onlyDifferences'>;
  /** Empty: those that suit the runs there are. */
  readonly onChange: (ids: readonly string[]) => void;
  readonly onSet: (patch: Partial<TableState>) => void;
  readonly onClose: () => void;
}

/** More nobody reads; the search finds the others. */
const maxListed = 400;

/** Which columns there are, to be searched and ticked. */
export function ColumnChooser(props: ColumnChooserProps) {
  const { catalogue, columns, place, state, onChange, onSet, onClose } = props;
  const [typed, setTyped] = useState('');
  const offered = useMemo(() => offeredColumns(catalogue), [catalogue]);
  const chosenIds = columns.map(({ id }) => id);
  const chosen = new Set(chosenIds);
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const found = offered.filter(({ id, label }) =>
    words.every((word) => `${id} ${label}`.toLowerCase().includes(word)),
  );
  const listed = found.slice(0, maxListed);
  const written = parseColumn(typed.trim());
  const isNew = written !== undefined && !offered.some(({ id }) => id === written.id);
  const set = (ids: readonly string[], isOn: boolean) => {
    const changed = new Set(ids);
    const others = chosenIds.filter((id) => !changed.has(id));
    onChange(isOn ? [...chosenIds, ...ids.filter((id) => !chosen.has(id))] : others);
  };
  return (
    <Popover
      label="Columns"
      class="column-chooser"
      xPx={place.xPx}
      yPx={place.yPx}
      onClose={onClose}
    >
      <input
        class="field"
        aria-label="Search columns"
        placeholder="Search, or write best(metrics.loss)"
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          const first = isNew ? written.id : listed[0]?.id;
          if (first !== undefined) set([first], !chosen.has(first));
        }}
      />
      <div class="chooser-options">
        <label class="choice">
          <input
            type="checkbox"
            checked={state.marksDifferences}
            onChange={() => onSet({ marksDifferences: !state.marksDifferences })}
          />
          Mark what differs
        </label>
        <label class="choice">
          <input
            type="checkbox"
            checked={state.onlyDifferences}
            onChange={() => onSet({ onlyDifferences: !state.onlyDifferences })}
          />
          Only columns that differ
        </label>
      </div>
      <div class="column-list">
        {isNew && (
          <Choice
            column={{ id: written.id, label: written.id, group: 'metric' }}
            isOn={chosen.has(written.id)}
            onSet={(isOn) => set([written.id], isOn)}
          />
        )}
        {columnGroups.map(({ group, title }) => {
          const own = listed.filter((each) => each.group === group);
          if (own.length === 0) return undefined;
          const isAll = own.every(({ id }) => chosen.has(id));
          return (
            <fieldset key={group}>
              <legend>
                {title}{' '}
                <button
                  type="button"
                  class="link"
                  onClick={() =>
                    set(
                      own.map(({ id }) => id),
                      !isAll,
                    )
                  }
                >
                  {isAll ? 'None' : 'All'}
                  <span class="visually-hidden"> of {title}</span>
                </button>
              </legend>
              {own.map((column) => (
                <Choice
                  key={column.id}
                  column={column}
                  isOn={chosen.has(column.id)}
                  onSet={(isOn) => set([column.id], isOn)}
                />
              ))}
            </fieldset>
          );
        })}
        {found.length === 0 && !isNew && <p class="muted">No column has this name.</p>}
        {found.length > listed.length && (
          <p class="muted">{found.length - listed.length} more: write a part of the name.</p>
        )}
      </div>
      <div class="popover-actions">
        <span class="muted">{columns.length} chosen</span>
        <span class="spacer" />
        <Button onClick={() => onChange([])}>Usual Columns</Button>
      </div>
    </Popover>
  );
}

interface ChoiceProps {
  readonly column: OfferedColumn;
  readonly isOn: boolean;
  readonly onSet: (isOn: boolean) => void;
}

function Choice({ column, isOn, onSet }: ChoiceProps) {
  const parsed = parseColumn(column.id);
  const figure = parsed && column.label !== column.id ? figureLabel(parsed) : undefined;
  return (
    <label class="choice" title={column.id}>
      <input type="checkbox" checked={isOn} onChange={() => onSet(!isOn)} />
      <span class="choice-name">{column.label}</span>
      {figure !== undefined && <span class="muted">{figure}</span>}
      {column.runCount !== undefined && (
        <span class="muted count">
          {column.runCount.toLocaleString('en')}
          <span class="visually-hidden"> runs</span>
        </span>
      )}
    </label>
  );
}
