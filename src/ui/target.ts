import type { RecordId } from '../app/recordEditor';
import type { RecordReader } from '../app/recordReader';
import type { Checkpoint } from '../core/checkpoint/checkpoint';
import type { CheckpointId, Run, RunId } from '../core/run/run';
import { UserError } from '../core/userError';

/** What a command acts upon. */
export type Target =
  | { readonly kind: 'run'; readonly run: Run }
  | { readonly kind: 'checkpoint'; readonly checkpoint: Checkpoint };

/** Given after the targets by a click in a tree, which shows and leaves the keyboard where it is. */
export const keepFocus = 'keepFocus';

export interface TargetFinder {
  run(id: RunId): Run | undefined;
  checkpoint(id: CheckpointId): Checkpoint | undefined;
  /** What is selected in a view, which a key binding names. */
  selected(viewId: string): readonly unknown[];
}

/** Finds what the arguments name where it is deleted too, as a page or a tree can show. */
export async function findDeletedToo(
  args: readonly unknown[],
  find: TargetFinder,
  reader: Pick<RecordReader, 'readDeleted'>,
): Promise<TargetFinder> {
  const ids = itemsOf(args, find).flatMap((item) => idOf(item) ?? []);
  // SAFETY: an id that is not there is found nowhere.
  const isKnown = (id: string) => find.run(id as RunId) ?? find.checkpoint(id as CheckpointId);
  const missing = ids.filter((id) => isKnown(id) === undefined);
  if (missing.length === 0) return find;
  const { runs, checkpoints } = await reader.readDeleted(missing);
  const deletedRuns = new Map(runs.map((run) => [run.id, run]));
  const deletedCheckpoints = new Map(checkpoints.map((each) => [each.id, each]));
  return {
    ...find,
    run: (id) => find.run(id) ?? deletedRuns.get(id),
    checkpoint: (id) => find.checkpoint(id) ?? deletedCheckpoints.get(id),
  };
}

/**
 * What the arguments of a command name: a tree's node (with the selection after it), targets, or
 * plain ids from a page, a lens or a tooltip. Empty if they name nothing, as from the palette: then the
 * command asks.
 *
 * @throws UserError if all that they name is gone: to ask would end at another run.
 */
export function readTargets(args: readonly unknown[], find: TargetFinder): readonly Target[] {
  const items = itemsOf(args, find);
  const targets = items.flatMap((item): readonly Target[] => {
    if (isTarget(item)) return [freshest(item)];
    if (typeof item !== 'string') return [];
    // SAFETY: an id that is not there is found nowhere.
    const run = find.run(item as RunId);
    if (run) return [{ kind: 'run', run }];
    const checkpoint = find.checkpoint(item as CheckpointId);
    return checkpoint ? [{ kind: 'checkpoint', checkpoint }] : [];
  });
  if (targets.length === 0 && items.some((item) => typeof item === 'string')) {
    throw new UserError(
      'This is deleted, or gone for good: a search for “deleted” in the run table shows what can be restored.',
    );
  }
  return targets;

  /** A node can be older than the record. */
  function freshest(target: Target): Target {
    if (target.kind === 'run') return { kind: 'run', run: find.run(target.run.id) ?? target.run };
    const { checkpoint } = target;
    return { kind: 'checkpoint', checkpoint: find.checkpoint(checkpoint.id) ?? checkpoint };
  }
}

function itemsOf(args: readonly unknown[], find: TargetFinder): readonly unknown[] {
  const viewId = args[0] instanceof Object && 'view' in args[0] ? args[0].view : undefined;
  if (typeof viewId === 'string') return itemsOf([find.selected(viewId)], find);
  // A tree gives the clicked node, then the whole selection if it is part of one.
  const [first, selection] = args;
  const given = Array.isArray(selection) && selection.length > 0 ? selection : first;
  return Array.isArray(given) ? given : [given];
}

function idOf(item: unknown): RecordId['id'] | undefined {
  if (isTarget(item)) return toRecordId(item).id;
  // SAFETY: an id that is not there is found nowhere.
  return typeof item === 'string' ? (item as RunId) : undefined;
}

/** Whether they are ids in an order that means something, and not what happens to be selected. */
export function isOrdered([first]: readonly unknown[]): boolean {
  return Array.isArray(first) && first.every((item) => typeof item === 'string');
}

function isTarget(item: unknown): item is Target {
  return (
    typeof item === 'object' &&
    item !== null &&
    'kind' in item &&
    ((item.kind === 'run' && 'run' in item) || (item.kind === 'checkpoint' && 'checkpoint' in item))
  );
}

export function toRecordId(target: Target): RecordId {
  return target.kind === 'run'
    ? { kind: 'run', id: target.run.id }
    : { kind: 'checkpoint', id: target.checkpoint.id };
}
