import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Edit } from '../../src/core/change/change';
import type { RunId } from '../../src/core/run/run';
import { chosenColumns } from '../../src/core/table/chooseColumns';
import { moveColumn } from '../../src/core/table/columnLayout';
import { curvePath, describeCurve } from '../../src/core/table/curvePath';
import { sortBy } from '../../src/core/table/sortColumns';
import { metricOf, rankedMetricOf, type TableColumn } from '../../src/core/table/tableColumn';
import {
  clampWidth,
  initialTableState,
  parseTableView,
  type TableState,
  type TableView,
} from '../../src/core/table/tableState';
import type { RunTableHost, RunTableState } from '../../src/protocol/runTablePage';
import { Button, ProgressRing } from '../shared/controls';
import { FirstRun } from '../shared/firstRun';
import type { PageProps } from '../shared/mountPage';
import { PopupMenu } from '../shared/popupMenu';
import { ProblemBar } from '../shared/problemBar';
import { RunSearch } from '../shared/runSearch';
import { useGoodSearch } from '../shared/search/useGoodSearch';
import { useMediaQuery } from '../shared/useMediaQuery';
import { ViewMenu } from '../shared/viewMenu';
import { type CellEdit, CellEditor } from './cellEditors';
import { ColumnChooser } from './columnChooser';
import {
  type Command,
  type CommandContext,
  type CommandTarget,
  keyCommands,
  menuCommands,
  openRun,
  star,
} from './commands';
import { CurveStore } from './curveStore';
import { exportMenu } from './exportMenu';
import { FigurePrompt } from './figurePrompt';
import { fitWidthPx } from './fitWidth';
import { Grid } from './grid';
import { groupMenu } from './groupMenu';
import type { HeaderActions } from './header';
import { figureColumnId, headerMenu, replaceColumn } from './headerMenu';
import { emptySelection, selectedInOrder } from './selection';
import { StatusLine } from './statusLine';
import type { TableModel, TableWish } from './tableModel';
import { type Opener, type PanelName, Toolbar } from './toolbar';
import { useModelVersions, useTable } from './useTable';

interface Place {
  readonly xPx: number;
  readonly yPx: number;
}

/** What is open over the table. */
type Opened =
  | ({ readonly kind: 'runs' } & Place)
  | ({ readonly kind: 'column'; readonly column: TableColumn } & Place)
  | ({
      readonly kind: 'figure';
      readonly column: TableColumn;
      readonly figure: 'at' | 'mean';
    } & Place)
  | ({ readonly kind: 'more'; readonly openers: readonly Opener[] } & Place)
  | ({ readonly kind: PanelName } & Place)
  | { readonly kind: 'edit'; readonly edit: CellEdit };

export function createRunTable(model: TableModel) {
  return (props: PageProps<RunTableHost, RunTableState, undefined>) => (
    <RunTable {...props} model={model} />
  );
}

type RunTableProps = PageProps<RunTableHost, RunTableState, undefined> & {
  readonly model: TableModel;
};

function RunTable({ model, host, state, setState, ...page }: RunTableProps) {
  const [selection, setSelection] = useState(emptySelection);
  const [opened, setOpened] = useState<Opened>();
  const [problem, setProblem] = useState<string>();
  const redraw = useRef<() => void>(() => undefined);
  const cellsVersion = useModelVersions(
    model,
    () => redraw.current(),
    (error) => setProblem(error instanceof Error ? error.message : String(error)),
  );
  const curves = useMemo(
    () =>
      new CurveStore(
        () => redraw.current(),
        (key, columns, index) => {
          const [start = 0, end = 0] = columns.starts.subarray(index, index + 2);
          return {
            path: curvePath(columns, start, end),
            text: describeCurve(key, columns, start, end, columns.pointCounts[index] ?? 0),
          };
        },
      ),
    [],
  );
  useMemo(() => {
    model.connect(host);
    curves.connect(host);
  }, [host]);
  useEffect(() => {
    model.onStale = (slots) => curves.forget(slots);
  }, [model, curves]);
  const search = useGoodSearch(state.search);
  const wish = useRef<TableWish>();
  wish.current = { search, sort: state.sort, columns: state.columns };
  // Asked before the next frame, which takes its time; and once for all that changes in one task.
  useLayoutEffect(
    () => queueMicrotask(() => wish.current && model.setWish(wish.current)),
    [search, state.sort, state.columns],
  );
  const table = useTable(model, state, cellsVersion, useMediaQuery('(max-width: 420px)'));
  const catalogue = table?.facts.catalogue;
  const chosenIds = useMemo(
    () =>
      catalogue
        ? chosenColumns(state, catalogue).flatMap(({ id, kind }) => (kind === 'curve' ? [] : id))
        : [],
    [catalogue, state.columns, state.pinned],
  );
  useEffect(
    () =>
      model.setColumns([
        ...new Set([...chosenIds, ...state.groupBy, ...state.sort.map(({ column }) => column)]),
      ]),
    [chosenIds, state.groupBy, state.sort],
  );

  const order = table?.facts.order;
  const target = useMemo<CommandTarget>(() => {
    const slots = order ? selectedInOrder(selection, order) : [];
    return { slots, ids: slots.flatMap((slot) => model.id(slot) ?? []) };
  }, [selection, order]);
  const focusGrid = useCallback(() => document.querySelector<HTMLElement>('.grid')?.focus(), []);
  const close = useCallback(() => {
    setOpened(undefined);
    focusGrid();
  }, []);

  const context: CommandContext = {
    ...{ host, cells: model.cells, baseline: table?.facts.baseline },
    followSoon: () => model.followSoon(),
    startEdit(kind, slots) {
      const open = () => {
        const focused = document.querySelector<HTMLElement>('.rows .row.focused');
        const name = kind === 'tags' ? 'tags' : 'name';
        const cell = focused?.querySelector(`[data-column="${name}"]`) ?? focused;
        const box = (cell ?? document.body).getBoundingClientRect();
        setOpened({ kind: 'edit', edit: { kind, slots, box } });
      };
      // What a run is called on show is more than the name that the user gave it.
      if (kind === 'name') page.attempt(model.load(slots, [givenName]).then(open));
      else open();
    },
  };
  const onCommand = (command: Command, on: CommandTarget = target) => {
    if (!command.isEnabled(on, context)) return;
    if (command.isShown && !command.isShown(on, context)) return;
    const done = command.run(on, context);
    if (done) page.attempt(done);
  };
  const onlySlot = (slot: number): CommandTarget => {
    const id = model.id(slot);
    return { slots: [slot], ids: id === undefined ? [] : [id] };
  };
  const edit = (slots: readonly number[], change: Edit) => {
    const ids = slots.flatMap((slot) => model.id(slot) ?? []);
    page.attempt(host.editRuns(ids, change));
  };
  // What is changed is what was chosen: columns without differences are left out for now alone.
  const columnIds = table?.chosen.map(({ id }) => id) ?? [];
  const onFit = (column: TableColumn) =>
    setState({ widthsPx: { ...state.widthsPx, [column.id]: fitWidthPx(column.id) } });
  const header: HeaderActions = {
    onSort(column, isAdded) {
      if (column.kind === 'curve') return;
      const metric = rankedMetricOf(column);
      const direction = metric === undefined ? undefined : table?.directionOf(metric);
      setState({ sort: sortBy(state.sort, column, isAdded, direction) });
    },
    onResize: (column, widthPx) =>
      setState({ widthsPx: { ...state.widthsPx, [column.id]: clampWidth(widthPx) } }),
    onFit,
    onMove: (id, before) => setState(moved(state, columnIds, id, before)),
    onMenu: (column, xPx, yPx) => setOpened({ kind: 'column', column, xPx, yPx }),
  };
  const hover = useRef<ReturnType<typeof setTimeout>>();
  const onHover = (cell: HTMLElement, slot: number, column: string) => {
    clearTimeout(hover.current);
    hover.current = setTimeout(async () => {
      const id = model.id(slot);
      if (id === undefined) return;
      // What cannot be told stays untold: the cell itself says the most.
      const detail = await host.readDetail(id, column).catch(() => '');
      if (cell.isConnected && cell.matches(':hover')) cell.title = detail;
    }, 150);
  };

  const shownProblem = problem ?? page.problem;
  const dismiss = () => {
    setProblem(undefined);
    page.dismissProblem();
  };
  if (table === undefined) {
    return (
      <div class="page">
        <ProblemBar
          problem={shownProblem}
          onDismiss={dismiss}
          onRetry={() => {
            dismiss();
            model.retry();
          }}
        />
        <div class="loading">
          {shownProblem === undefined && <ProgressRing label="Reading runs" />}
        </div>
      </div>
    );
  }
  const openView = (kept: unknown) => {
    const { baseline, ...view } = parseTableView(kept);
    setState(view);
    if (baseline !== undefined) page.attempt(host.setBaseline(baseline));
  };
  const isEmpty = table.facts.runCount === 0 && table.facts.order.length === 0 && !search;
  const baselineName =
    table.baseline === undefined ? undefined : model.cells.column('name').text(table.baseline);
  return (
    <div class="page">
      <ProblemBar problem={shownProblem} onDismiss={dismiss} />
      {isEmpty ? (
        <FirstRun title="No runs yet" host={host} attempt={page.attempt}>
          Each run is a row here, with its params and metrics to search, sort and compare.
        </FirstRun>
      ) : (
        <>
          <Toolbar
            search={
              <RunSearch
                host={host}
                version={table.facts}
                value={state.search}
                onChange={(search) => setState({ search })}
              />
            }
            views={
              <ViewMenu
                host={host}
                serialise={() => JSON.stringify(viewOf(state, table.facts.baseline))}
                onOpen={openView}
                attempt={page.attempt}
              />
            }
            groupCount={state.groupBy.length}
            onOpen={(kind, xPx, yPx) => setOpened({ kind, xPx, yPx })}
            onMore={(openers, xPx, yPx) => setOpened({ kind: 'more', openers, xPx, yPx })}
          />
          <StatusLine
            table={table}
            target={target}
            context={context}
            baselineName={baselineName}
            onCommand={onCommand}
            onShowFresh={() => model.showFresh()}
            onRemoveBaseline={() => page.attempt(host.setBaseline(undefined))}
          />
          <Grid
            {...{ model, curves, table, state, selection, header, onHover }}
            onRedraw={(draw) => {
              redraw.current = draw;
            }}
            onSelect={setSelection}
            onFold={(key, isOpen) => setState({ openGroups: folded(state, key, isOpen) })}
            onOpen={(slot) => onCommand(openRun, onlySlot(slot))}
            onStar={(slot) => onCommand(star, onlySlot(slot))}
            onKey={(key) => {
              const commands = keyCommands[key];
              for (const command of commands ?? []) onCommand(command);
              return commands !== undefined;
            }}
            onUndo={() => {
              model.followSoon();
              page.attempt(host.undoEdit().then(() => undefined));
            }}
            onMenu={(xPx, yPx) => setOpened({ kind: 'runs', xPx, yPx })}
          />
          {table.facts.order.length === 0 && (
            <p class="no-match">
              No run matches “{search}”.{' '}
              <Button onClick={() => setState({ search: '' })}>Clear Search</Button>
            </p>
          )}
          {opened === undefined ? undefined : drawOpened(opened)}
        </>
      )}
    </div>
  );

  function drawOpened(shown: Opened) {
    if (table === undefined) return undefined;
    const { facts, chosen } = table;
    switch (shown.kind) {
      case 'runs':
        return (
          <PopupMenu
            label="Run actions"
            {...{ xPx: shown.xPx, yPx: shown.yPx }}
            groups={menuCommands.map((group) =>
              group
                .filter((command) => command.isShown?.(target, context) ?? true)
                .map((command) => ({
                  text: command.text,
                  ...(command.keys === undefined ? {} : { keys: command.keys }),
                  isDisabled: !command.isEnabled(target, context),
                  onChoose: () => onCommand(command),
                })),
            )}
            onClose={close}
          />
        );
      case 'column': {
        const { column, xPx, yPx } = shown;
        return (
          <PopupMenu
            label={`Column ${column.id}`}
            {...{ xPx, yPx }}
            groups={headerMenu(column, {
              ...{ state, columnIds, setState },
              onFit: () => onFit(column),
              onAskFigure: (figure) => setOpened({ kind: 'figure', figure, column, xPx, yPx }),
            })}
            onClose={close}
          />
        );
      }
      case 'figure': {
        const { figure, column, xPx, yPx } = shown;
        const metric = metricOf(column) ?? '';
        return (
          <FigurePrompt
            {...{ figure, metric, place: { xPx, yPx } }}
            onChoose={(number) =>
              setState(
                replaceColumn(state, columnIds, column.id, figureColumnId(figure, metric, number)),
              )
            }
            onClose={close}
          />
        );
      }
      case 'more': {
        const { openers, xPx, yPx } = shown;
        return (
          <PopupMenu
            key="more"
            label="More of the table"
            {...{ xPx, yPx }}
            groups={[
              openers.map(({ panel, text }) => ({
                text: `${text}…`,
                onChoose: () => setOpened({ kind: panel, xPx, yPx }),
              })),
            ]}
            onClose={close}
          />
        );
      }
      case 'columns':
        return (
          <ColumnChooser
            catalogue={facts.catalogue}
            columns={chosen}
            place={shown}
            state={state}
            onChange={(ids) => setState(withColumns(ids))}
            onSet={setState}
            onClose={close}
          />
        );
      case 'group':
        return (
          <PopupMenu
            label="Group by"
            {...{ xPx: shown.xPx, yPx: shown.yPx }}
            groups={groupMenu(state, facts.catalogue, (groupBy) =>
              setState({ groupBy, openGroups: [] }),
            )}
            onClose={close}
          />
        );
      case 'export':
        return (
          <PopupMenu
            label="Export"
            {...{ xPx: shown.xPx, yPx: shown.yPx }}
            groups={exportMenu(model, table, state, target.slots, host, page.attempt)}
            onClose={close}
          />
        );
      case 'edit': {
        const { edit: what } = shown;
        const [slot = -1] = what.slots;
        return (
          <CellEditor
            edit={what}
            value={model.cells.column(cellOf[what.kind]).text(slot) ?? ''}
            name={model.cells.column('name').text(slot) ?? ''}
            readTags={async () => (await host.readVocabulary()).tags}
            onEdit={(change) => edit(what.slots, change)}
            onClose={close}
          />
        );
      }
    }
  }
}

const givenName = 'run_name';
const cellOf = { name: givenName, note: 'note', tags: 'tags' } as const;

function viewOf(state: TableState, baseline: RunId | undefined): TableView {
  return baseline === undefined ? state : { ...state, baseline };
}

function folded(
  { openGroups }: Pick<TableState, 'openGroups'>,
  key: string,
  isOpen: boolean | undefined,
): readonly string[] {
  const isNow = openGroups.includes(key);
  if (isNow === (isOpen ?? !isNow)) return openGroups;
  return isNow ? openGroups.filter((each) => each !== key) : [...openGroups, key];
}

/** A column that is put among pinned ones is pinned, one that is put among others is not. */
function moved(
  state: TableState,
  ids: readonly string[],
  id: string,
  before: string | undefined,
): Partial<TableState> {
  const columns = moveColumn(ids, id, before);
  const others = state.pinned.filter((each) => each !== id);
  const wasPinned = state.pinned.includes(id);
  const isPinned = before === undefined ? wasPinned : state.pinned.includes(before);
  const pins = new Set([...others, ...(isPinned ? [id] : [])]);
  return {
    columns,
    pinned: [
      ...columns.filter((each) => pins.has(each)),
      ...others.filter((each) => !columns.includes(each)),
    ],
  };
}

function withColumns(ids: readonly string[]): Partial<TableState> {
  return ids.length > 0 ? { columns: ids } : { columns: [], pinned: initialTableState.pinned };
}
