import { type Disposable, ProgressLocation, type QuickPickItem, window } from 'vscode';
import type { StoreCleaner } from '../app/storeCleaner';
import { formatBytes } from '../core/format/formatBytes';
import {
  type CleanUpItem,
  cleanUpItems,
  confirmCleanUp,
  describeCleanUp,
  describeNothing,
  describeUsage,
} from '../core/space/cleanUpItems';
import { Cancelled } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import type { Services } from './services';

interface PickItem extends QuickPickItem {
  readonly item: CleanUpItem;
}

/** "Clean Up Store…": what takes space, what of it goes, and how much that gave. */
export function registerCleanUpStore({ cleaner, register }: Services): Disposable {
  return register(commandIds.cleanUpStore, async () => {
    const usage = await cleaner.measure();
    const items = cleanUpItems(usage);
    if (items.length === 0) {
      void window.showInformationMessage(describeNothing(usage));
      return;
    }
    const chosen = await choose(
      items,
      `Clean Up Store: it takes ${formatBytes(usage.totalBytes)}`,
      describeUsage(usage),
    );
    const { message, detail } = confirmCleanUp(chosen);
    const remove = 'Remove';
    const answer = await window.showWarningMessage(message, { modal: true, detail }, remove);
    if (answer !== remove) throw new Cancelled();
    void window.showInformationMessage(await cleanUp(cleaner, chosen));
  });
}

async function choose(
  items: readonly CleanUpItem[],
  title: string,
  placeHolder: string,
): Promise<readonly CleanUpItem[]> {
  const chosen = await window.showQuickPick(
    items.map(
      (item): PickItem => ({
        label: item.label,
        description: formatBytes(item.bytes),
        detail: item.detail,
        picked: item.isPicked,
        item,
      }),
    ),
    { title, placeHolder, canPickMany: true, ignoreFocusOut: true },
  );
  if (!chosen || chosen.length === 0) throw new Cancelled();
  return chosen.map(({ item }) => item);
}

/** Resolves to what it came to, in words. */
async function cleanUp(cleaner: StoreCleaner, chosen: readonly CleanUpItem[]): Promise<string> {
  const { freedBytes, notes, wasCancelled } = await window.withProgress(
    { location: ProgressLocation.Notification, title: 'Cleaning up the store', cancellable: true },
    (progress, token) =>
      cleaner.cleanUp(
        chosen.map(({ part }) => part),
        {
          isCancelled: () => token.isCancellationRequested,
          onStep: (_, freed) => progress.report({ message: `${formatBytes(freed)} freed` }),
        },
      ),
  );
  return [describeCleanUp(freedBytes, wasCancelled), ...new Set(notes)].join(' ');
}
