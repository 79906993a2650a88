import { Disposable, type QuickPickItem, window } from 'vscode';
import { checkpointTitle } from '../core/present/describeCheckpoint';
import { tagTexts } from '../core/present/describeRun';
import { runName } from '../core/run/runName';
import { parseTag } from '../core/run/tag';
import { Cancelled, UserError } from '../core/userError';
import { setContextKey } from '../platform/contextKeys';
import { commandIds, contextKeyIds } from '../platform/contributionIds';
import { pickTarget } from './pick';
import type { Services } from './services';
import { readTargets, type Target, toRecordId } from './target';

/** What the user says of runs and checkpoints: tag, star, rename, note, delete. */
export function registerEditCommands(services: Services): Disposable {
  const { cache, editor, edits, find, register, guard } = services;
  const targetsOf = async (args: readonly unknown[], title: string): Promise<readonly Target[]> => {
    const targets = readTargets(args, find);
    return targets.length > 0 ? targets : [await pickTarget(cache, title)];
  };
  const undo = async () => {
    const count = await editor.undoDelete();
    setContextKey(contextKeyIds.canUndoDelete, editor.canUndoDelete());
    if (count === 0) throw new UserError('There is no delete to undo.');
  };

  return Disposable.from(
    register(commandIds.tag, async (...args) => {
      const targets = await targetsOf(args, 'Tag');
      await askTags(targets, services);
    }),
    register(commandIds.toggleStar, async (...args) => {
      const targets = await targetsOf(args, 'Star or Remove Star');
      const starred = !targets.every((target) => subjectOf(target).starred);
      await edits.editRecords(targets.map(toRecordId), { field: 'starred', value: starred });
    }),
    register(commandIds.rename, async (...args) => {
      const runs = readTargets(args, find).filter(({ kind }) => kind === 'run');
      const [target] = runs.length > 0 ? runs : await targetsOf([], 'Rename');
      if (target?.kind !== 'run') throw new UserError('A checkpoint has no name; give it a note.');
      const shown = runName(target.run);
      const value = (await ask('Rename Run', 'Empty gives it its own name back', shown)).trim();
      // Its own name, taken as it is, is not given to it for good.
      if (value === shown) return;
      await edits.editRecords([toRecordId(target)], { field: 'name', value: value || undefined });
    }),
    register(commandIds.editNote, async (...args) => {
      const [target] = await targetsOf(args, 'Edit Note');
      if (!target) throw new Cancelled();
      const value = await ask(
        'Note',
        'What should be remembered of it?',
        subjectOf(target).note ?? '',
      );
      await edits.editRecords([toRecordId(target)], {
        field: 'note',
        value: value.trim() || undefined,
      });
    }),
    register(commandIds.delete, async (...args) => {
      const targets = await targetsOf(args, 'Delete');
      const deletion = await edits.delete(targets.map(toRecordId));
      const ids = new Set<string>(deletion.targets.map(({ id }) => id));
      const deleted = targets.filter((target) => ids.has(subjectOf(target).id));
      setContextKey(contextKeyIds.canUndoDelete, true);
      // Not waited for: the deletion is done, and the offer stays as long as VS Code shows it.
      void guard('Undoing the delete', async () => {
        const label = 'Undo';
        const what =
          deleted.length === 1 && deleted[0] ? titleOf(deleted[0]) : `${deleted.length} items`;
        const answer = await window.showInformationMessage(`Deleted ${what}.`, label);
        if (answer !== label) return;
        await editor.undelete(deletion);
        setContextKey(contextKeyIds.canUndoDelete, editor.canUndoDelete());
      });
    }),
    register(commandIds.undoDelete, undo),
  );
}

function subjectOf(target: Target) {
  return target.kind === 'run' ? target.run : target.checkpoint;
}

function titleOf(target: Target): string {
  return target.kind === 'run' ? runName(target.run) : checkpointTitle(target.checkpoint);
}

interface TagItem extends QuickPickItem {
  readonly action:
    | { readonly kind: 'new' }
    | { readonly kind: 'remove' | 'add'; readonly tag: string };
}

/** Offers the tags that are in use; a new one is typed. */
async function askTags(targets: readonly Target[], { cache, edits }: Services): Promise<void> {
  const own = new Set(targets.flatMap((target) => tagTexts(subjectOf(target).tags)));
  const known = new Set(
    [...cache.runs(), ...cache.checkpoints()].flatMap(({ tags }) => tagTexts(tags)),
  );
  const items: readonly TagItem[] = [
    { label: '$(add) New Tag…', action: { kind: 'new' }, alwaysShow: true },
    ...[...own].map(
      (tag): TagItem => ({
        label: `$(close) Remove ${tag}`,
        action: { kind: 'remove', tag },
      }),
    ),
    ...[...known]
      .filter((tag) => !own.has(tag))
      .map((tag): TagItem => ({ label: `$(tag) ${tag}`, action: { kind: 'add', tag } })),
  ];
  const action =
    items.length === 1
      ? { kind: 'new' as const }
      : (await window.showQuickPick(items, { title: 'Tag' }))?.action;
  if (!action) throw new Cancelled();
  const text =
    action.kind === 'new'
      ? await ask('New Tag', 'Such as baseline, or data=v2', '', (typed) =>
          parseTag(typed) ? undefined : 'Type a word, or name=value.',
        )
      : action.tag;
  const tag = parseTag(text);
  if (!tag) throw new Cancelled();
  await edits.editRecords(targets.map(toRecordId), {
    field: 'tag',
    key: tag.key,
    value: action.kind === 'remove' ? undefined : tag.value,
  });
}

async function ask(
  title: string,
  prompt: string,
  value: string,
  validateInput?: (typed: string) => string | undefined,
): Promise<string> {
  const typed = await window.showInputBox({
    title,
    prompt,
    value,
    ...(validateInput ? { validateInput } : {}),
  });
  if (typed === undefined) throw new Cancelled();
  return typed;
}
