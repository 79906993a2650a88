import { useCallback, useMemo, useState } from 'preact/hooks';
import type { Run } from '../../src/core/run/run';
import type { RunTableHost, RunTableState } from '../../src/protocol/runTablePage';
import { Button, ProgressRing, TextField } from '../shared/controls';
import type { PageProps } from '../shared/mountPage';
import { ProblemBar } from '../shared/problemBar';
import { type Columns, collectColumns } from './columns';
import { type Command, toolbarCommands } from './commands';
import { Grid } from './grid';
import { RowMenu } from './rowMenu';
import { emptySelection, selectedInOrder } from './selection';
import { sortBy, visibleRuns } from './state';

export function RunTable(props: PageProps<RunTableHost, RunTableState, readonly Run[]>) {
  const { host, state, setState, data: runs, problem, attempt, dismissProblem } = props;
  const [selection, setSelection] = useState(emptySelection);
  const [menu, setMenu] = useState<{ readonly xPx: number; readonly yPx: number }>();
  const columns = useMemo<Columns>(() => collectColumns(runs ?? []), [runs]);
  const rows = useMemo(
    () => visibleRuns(runs ?? [], state, Date.now()),
    [runs, state.filter, state.sortKey, state.sortDescending],
  );
  const selected = useMemo(() => {
    const ids = new Set(
      selectedInOrder(
        selection,
        rows.map((run) => run.id),
      ),
    );
    return rows.filter((run) => ids.has(run.id));
  }, [selection, rows]);

  const onCommand = (command: Command, on: readonly Run[] = selected) => {
    if (command.enabled(on.length)) attempt(command.run(host, on));
  };
  const closeMenu = useCallback(() => {
    setMenu(undefined);
    document.querySelector<HTMLElement>('.grid')?.focus();
  }, []);

  return (
    <div class="page">
      <ProblemBar problem={problem} onDismiss={dismissProblem} />
      {runs === undefined ? (
        <div class="loading">{problem === undefined && <ProgressRing label="Reading runs" />}</div>
      ) : runs.length === 0 ? (
        <Empty />
      ) : (
        <>
          <div class="toolbar" role="toolbar" aria-label="Runs">
            <TextField
              label="Filter runs"
              placeholder="Filter by name, param, tag, experiment"
              value={state.filter}
              onInput={(filter) => setState({ filter })}
            />
            {toolbarCommands.map((command) => (
              <Button
                key={command.text}
                look={command === toolbarCommands[0] ? 'primary' : 'secondary'}
                disabled={!command.enabled(selected.length)}
                onClick={() => onCommand(command)}
              >
                {command.text}
              </Button>
            ))}
            <span class="spacer" />
            <span class="muted counts" role="status">
              {countText(rows.length, runs.length, selected.length)}
            </span>
          </div>
          <Grid
            runs={runs}
            rows={rows}
            columns={columns.shown}
            state={state}
            selection={selection}
            onSelect={setSelection}
            onSort={(column) => setState(sortBy(state, column))}
            onCommand={onCommand}
            onMenu={(xPx, yPx) => setMenu({ xPx, yPx })}
          />
          {rows.length === 0 && (
            <p class="no-match">
              No run matches “{state.filter}”.{' '}
              <Button onClick={() => setState({ filter: '' })}>Clear Filter</Button>
            </p>
          )}
          {columns.leftOut > 0 && (
            <p class="left-out muted">
              {columns.leftOut} rarer metrics and params have no column here; a run's charts and
              comparison show them all.
            </p>
          )}
          {menu !== undefined && (
            <RowMenu
              xPx={menu.xPx}
              yPx={menu.yPx}
              runCount={selected.length}
              onClose={closeMenu}
              onChoose={(command) => {
                closeMenu();
                onCommand(command);
              }}
            />
          )}
        </>
      )}
    </div>
  );
}

function countText(shown: number, all: number, selected: number): string {
  const runs = all === 1 ? 'run' : 'runs';
  const total = all.toLocaleString('en');
  const count =
    shown === all ? `${total} ${runs}` : `${shown.toLocaleString('en')} of ${total} ${runs}`;
  return selected === 0 ? count : `${count}, ${selected.toLocaleString('en')} selected`;
}

function Empty() {
  return (
    <main class="empty">
      <h1>No runs yet</h1>
      <p>
        Train as you always do, for example with <code>python train.py</code> in the terminal, or
        run a training cell of a notebook. Epochlog records it by itself and shows it here.
      </p>
    </main>
  );
}
