import type { IdentifiedCell, Replay, Replayed } from './judge';
import type { Observation, Trace } from './kernel/trace';
import type { Producer } from './kernelObject';

/** One reason why a result may not come again, with the cell that is at fault. */
export interface CellFault {
  /**
   * `edited`: the cell itself was. `upstreamEdited`, `upstreamRan`, `upstreamNotRun`: a cell on which it
   * depends was edited, ran again, or has not run. `deleted`, `earlierSource`: a value is from a cell, or
   * a source, that is gone. `order`: a value is from a cell that comes later, or was replaced since.
   * `repeated`: cells that change it ran more than once or in another order. `missing`: nothing above
   * defines the name. `outside`: it depends on the clock and the like. `unseen`, `interrupted`: what ran
   * is not known.
   */
  readonly kind:
    | 'edited'
    | 'upstreamEdited'
    | 'upstreamRan'
    | 'upstreamNotRun'
    | 'deleted'
    | 'earlierSource'
    | 'order'
    | 'repeated'
    | 'missing'
    | 'outside'
    | 'unseen'
    | 'interrupted';
  /** The name that carries it, or what else does: `the file a.csv`. */
  readonly name?: string;
  readonly isName?: boolean;
  /** The cell at fault: its place among all cells. */
  readonly cellIndex?: number;
  readonly cellId?: string;
  /** The source that made the value, where that is no longer in the notebook. */
  readonly source?: string;
  /** The cell through which it comes, if that is another. */
  readonly throughIndex?: number;
}

const rank: readonly CellFault['kind'][] = [
  ...(['edited', 'deleted', 'earlierSource', 'missing', 'order', 'repeated'] as const),
  ...(['upstreamEdited', 'upstreamNotRun', 'upstreamRan'] as const),
  ...(['interrupted', 'outside', 'unseen'] as const),
];
const maxFaults = 6;

/** Why the result of a cell may not come again; empty if it will. */
export function explain(cell: IdentifiedCell, replay: Replay): CellFault[] {
  const at = replay.last.get(cell.key);
  const ran = at === undefined ? undefined : replay.executions[at];
  const clean = replay.clean.get(cell.key);
  if (at === undefined || ran === undefined || clean === undefined) return [{ kind: 'unseen' }];
  const context: Context = {
    replay,
    places: new Map(replay.cells.map((each) => [each.key, each])),
    visited: new Set(),
  };
  if (ran.trace.identity === clean.identity) return ran.trace.isAssumed ? [{ kind: 'unseen' }] : [];
  // An edit that changes no code, such as a comment, changes no identity.
  const isEdited = ran.source !== cell.cell.source;
  const faults: CellFault[] = isEdited
    ? [{ kind: 'edited', cellIndex: cell.index, ...idOf(cell) }]
    : reasonsOf(ran, at, cell, clean, context);
  const sorted = unique(faults).sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind));
  if (sorted.length === 0)
    return [{ kind: ran.trace.outside === undefined ? 'unseen' : 'outside' }];
  return sorted.slice(0, maxFaults);
}

interface Context {
  readonly replay: Replay;
  readonly places: ReadonlyMap<string, IdentifiedCell>;
  readonly visited: Set<number>;
}

function reasonsOf(
  ran: Replayed,
  at: number,
  reader: IdentifiedCell,
  clean: Trace,
  context: Context,
): CellFault[] {
  if (context.visited.has(at)) return [];
  context.visited.add(at);
  const faults: CellFault[] = [];
  if (ran.outcome === 'interrupted') faults.push({ kind: 'interrupted' });
  else if (ran.trace.outside !== undefined)
    faults.push({ kind: 'outside', name: ran.trace.outside });
  for (const { name, isCertain } of clean.missing) {
    if (ran.trace.missing.some((each) => each.name === name)) continue;
    const giver = ran.trace.observations.find((each) => each.isName && each.name === name);
    const fault = giver && worstOf([...giver.producers], giver, reader, undefined, at, context);
    faults.push(fault ?? { kind: isCertain ? 'missing' : 'unseen', name, isName: true });
  }
  const expected = new Map(clean.observations.map((each) => [each.name, each]));
  for (const observed of ran.trace.observations) {
    const fresh = expected.get(observed.name);
    if (fresh?.token === observed.token) continue;
    faults.push(...compare(observed, fresh, reader, at, context));
  }
  const seen = new Set(ran.trace.observations.map(({ name }) => name));
  for (const fresh of clean.observations) {
    if (seen.has(fresh.name)) continue;
    for (const producer of fresh.producers) {
      faults.push(notYet(fresh, producer, reader, at, context));
    }
  }
  return faults;
}

function compare(
  observed: Observation,
  fresh: Observation | undefined,
  reader: IdentifiedCell,
  at: number,
  context: Context,
): CellFault[] {
  const producers = [...observed.producers];
  const direct = worstOf(producers, observed, reader, fresh, at, context);
  if (direct !== undefined) return [direct];
  const given = new Set(producers.map(({ cellId }) => cellId));
  const notRun = [...(fresh?.producers ?? [])].filter(({ cellId }) => !given.has(cellId));
  if (notRun.length > 0) {
    return notRun.map((producer) => notYet(observed, producer, reader, at, context));
  }
  // The same cells gave it; then what these read was not the same.
  const deeper = producers.flatMap(({ cellId, execution }) => {
    const [cell, ran] = [context.places.get(cellId), context.replay.executions[execution]];
    const clean = context.replay.clean.get(cellId);
    if (!cell || !ran || !clean || cellId === reader.key || ran.trace.identity === clean.identity)
      return [];
    return reasonsOf(ran, execution, cell, clean, context).map((fault) => ({
      throughIndex: cell.index,
      ...fault,
    }));
  });
  if (deeper.length > 0) return deeper;
  const last = context.places.get(producers.at(-1)?.cellId ?? '');
  return [
    {
      ...{
        kind: fresh === undefined ? 'order' : 'repeated',
        name: observed.name,
        isName: observed.isName,
      },
      ...(last && { cellIndex: last.index, ...idOf(last) }),
    },
  ];
}

/** What the cells that gave a value themselves are guilty of. */
function worstOf(
  producers: readonly Producer[],
  { name, isName }: Pick<Observation, 'name' | 'isName'>,
  reader: IdentifiedCell,
  fresh: Observation | undefined,
  at: number,
  context: Context,
): CellFault | undefined {
  const expected = new Set([...(fresh?.producers ?? [])].map(({ cellId }) => cellId));
  const faults = producers.flatMap(({ cellId, source, execution }): CellFault[] => {
    const named = { name, isName };
    const cell = context.places.get(cellId);
    if (cell === undefined) return [{ kind: 'deleted', ...named, source }];
    const at_ = { cellIndex: cell.index, ...idOf(cell) };
    const isSame = cell.cell.source === source;
    if (!isSame && cellId !== reader.key) {
      const isGone = !expected.has(cellId);
      if (isGone) return [{ kind: 'earlierSource', ...named, ...at_, source }];
      const ranSince = (context.replay.last.get(cellId) ?? -1) > at;
      return [{ kind: ranSince ? 'upstreamRan' : 'upstreamEdited', ...named, ...at_, source }];
    }
    if (!expected.has(cellId) && (cell.index >= reader.index || execution >= 0)) {
      return [{ kind: 'order', ...named, ...at_ }];
    }
    return [];
  });
  return faults.sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind))[0];
}

/** A cell that gives the value from top to bottom had not given it. */
function notYet(
  { name, isName }: Pick<Observation, 'name' | 'isName'>,
  { cellId }: Producer,
  _reader: IdentifiedCell,
  at: number,
  context: Context,
): CellFault {
  const cell = context.places.get(cellId);
  const last = context.replay.last.get(cellId);
  return {
    kind:
      last !== undefined && last > at
        ? 'upstreamRan'
        : last === undefined
          ? 'upstreamNotRun'
          : 'order',
    ...{ name, isName },
    ...(cell && { cellIndex: cell.index, ...idOf(cell) }),
  };
}

function idOf({ cell }: IdentifiedCell): { readonly cellId?: string } {
  return cell.id === undefined ? {} : { cellId: cell.id };
}

function unique(faults: readonly CellFault[]): CellFault[] {
  return [
    ...new Map(
      faults.map((fault) => [`${fault.kind} ${fault.name ?? ''} ${fault.cellIndex ?? ''}`, fault]),
    ).values(),
  ];
}
