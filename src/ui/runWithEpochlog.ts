import { type Disposable, type QuickPickItem, ThemeIcon, Uri, window, workspace } from 'vscode';
import type { LaunchRequest } from '../app/launch/launchFolder';
import type { RecordCache } from '../app/recordCache';
import { describeRun } from '../core/present/describeRun';
import { secretMark } from '../core/secrets/secretMark';
import { Cancelled, UserError } from '../core/userError';
import { commandIds } from '../platform/contributionIds';
import { commandRequest, fileRequest, requireFolder } from './launchRequests';
import { launchInTerminal } from './launchTerminal';
import type { Services } from './services';

/** So many commands of the record are offered. */
const maxRecent = 20;

/** "Run with Epochlog": a file, or a command that the user types or chooses. */
export function registerRunWithEpochlog({ cache, launches, register }: Services): Disposable {
  return register(commandIds.runWithEpochlog, async (given) => {
    if (!workspace.isTrusted) throw new UserError('Trust this workspace to run its code.');
    const request =
      given instanceof Uri ? await fileRequest(await saved(given)) : await askCommand(cache);
    await launchInTerminal(request, launches);
  });
}

/** As it is in the editor. */
async function saved(file: Uri): Promise<Uri> {
  const open = workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
  if (open?.isDirty && !(await open.save())) throw new Cancelled();
  return file;
}

interface CommandItem extends QuickPickItem {
  readonly request: LaunchRequest;
}

const editButton = { iconPath: new ThemeIcon('edit'), tooltip: 'Change before running' };

async function askCommand(cache: RecordCache): Promise<LaunchRequest> {
  requireFolder();
  const offered = [...(await activeFile()), ...recentCommands(cache)];
  const pick = window.createQuickPick<CommandItem>();
  pick.title = 'Run with Epochlog';
  pick.placeholder = 'Type a command, such as python train.py --lr 0.01, or choose one';
  pick.matchOnDescription = true;
  pick.items = offered;
  const edit = (item: CommandItem) => {
    pick.value = item.label;
    pick.items = [typed(pick.value), ...offered];
  };
  try {
    return await new Promise<LaunchRequest>((resolve, reject) => {
      pick.onDidChangeValue((value) => {
        pick.items = value.trim() === '' ? offered : [typed(value), ...offered];
      });
      pick.onDidTriggerItemButton(({ item }) => edit(item));
      pick.onDidAccept(() => {
        // The item of what is typed can be one key behind.
        const [chosen] = pick.selectedItems;
        const item = chosen && offered.includes(chosen) ? chosen : typed(pick.value);
        if (item.label.trim() === '') return;
        // What was a secret is to be put in again.
        if (item.request.commandLine.includes(secretMark)) edit(item);
        else resolve(item.request);
      });
      pick.onDidHide(() => reject(new Cancelled()));
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

function typed(value: string): CommandItem {
  return {
    label: value,
    description: 'Run this command',
    iconPath: new ThemeIcon('play'),
    alwaysShow: true,
    request: commandRequest(value.trim()),
  };
}

async function activeFile(): Promise<readonly CommandItem[]> {
  const document = window.activeTextEditor?.document;
  if (document?.languageId !== 'python' || document.uri.scheme !== 'file') return [];
  const request = await fileRequest(await saved(document.uri));
  return [
    {
      label: request.commandLine,
      description: 'Active file',
      iconPath: new ThemeIcon('file-code'),
      buttons: [editButton],
      request,
    },
  ];
}

function recentCommands(cache: RecordCache): readonly CommandItem[] {
  const items = new Map<string, CommandItem>();
  const nowMs = Date.now();
  for (const run of cache.runs()) {
    const { source } = run;
    if (items.size === maxRecent) break;
    if (source.kind === 'notebook' || source.commandLine === '') continue;
    const key = `${source.cwd} ${source.commandLine}`;
    if (items.has(key)) continue;
    items.set(key, {
      label: source.commandLine,
      description: describeRun(run, nowMs),
      iconPath: new ThemeIcon('history'),
      buttons: [editButton],
      request: commandRequest(source.commandLine, source.cwd),
    });
  }
  return [...items.values()];
}
