import {
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { type FileRevision, listFileRevisions } from '../app/gitRevisions';
import { formatAge } from '../core/format/formatTime';
import { checkpointTitle, describeCheckpoint } from '../core/present/describeCheckpoint';
import { baseName } from '../core/run/runName';
import { Cancelled, UserError } from '../core/userError';
import { fromWorkspacePath, toWorkspacePath } from '../platform/workspacePath';
import type { NotebookSide } from '../protocol/notebookDiffPage';
import type { Services } from './services';

type Choice = { readonly side: NotebookSide } | { readonly ask: 'revision' | 'file' };

interface ChoiceItem extends QuickPickItem {
  readonly choice?: Choice;
}

/** Asks which version of a notebook, or which other file. Rejects with `Cancelled` if the user closes it. */
export async function pickSide(
  notebook: string,
  title: string,
  { cache }: Pick<Services, 'cache'>,
  { without }: { readonly without?: 'current' } = {},
): Promise<NotebookSide> {
  const nowMs = Date.now();
  const checkpoints = cache.checkpoints().filter((each) => each.notebook === notebook);
  const current: ChoiceItem = {
    label: `${baseName(notebook)} · current`,
    iconPath: new ThemeIcon('notebook'),
    choice: { side: { kind: 'current', notebook } },
  };
  const items: ChoiceItem[] = [
    ...(without === 'current' ? [] : [current]),
    {
      label: 'Git Revision…',
      iconPath: new ThemeIcon('git-commit'),
      description: workspace.isTrusted ? '' : 'needs a trusted workspace',
      choice: { ask: 'revision' },
    },
    {
      label: 'Another Notebook…',
      iconPath: new ThemeIcon('folder-opened'),
      choice: { ask: 'file' },
    },
    { label: 'Checkpoints', kind: QuickPickItemKind.Separator },
    ...checkpoints.map((checkpoint) => ({
      label: checkpointTitle(checkpoint),
      iconPath: new ThemeIcon('history'),
      description: describeCheckpoint(checkpoint),
      detail: formatAge(checkpoint.takenAtMs, nowMs),
      choice: { side: { kind: 'checkpoint' as const, checkpointId: checkpoint.id } },
    })),
  ];
  const picked = await window.showQuickPick(items, { title, matchOnDescription: true });
  if (picked?.choice === undefined) throw new Cancelled();
  if ('side' in picked.choice) return picked.choice.side;
  return picked.choice.ask === 'file' ? pickFile(title) : pickRevision(notebook, title);
}

async function pickFile(title: string): Promise<NotebookSide> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const [file] =
    (await window.showOpenDialog({
      title,
      openLabel: 'Compare',
      filters: { Notebooks: ['ipynb', 'py'] },
      ...(folder ? { defaultUri: folder } : {}),
    })) ?? [];
  if (!file) throw new Cancelled();
  return { kind: 'current', notebook: toWorkspacePath(file) };
}

interface RevisionItem extends QuickPickItem {
  readonly revision?: FileRevision;
}

/** The commits that touched the file; what is typed and is none of them is taken for a revision. */
async function pickRevision(notebook: string, title: string): Promise<NotebookSide> {
  if (!workspace.isTrusted)
    throw new UserError('Trust this workspace to look into its git history.');
  const file = fromWorkspacePath(notebook);
  const revisions = await listFileRevisions(file.fsPath);
  if (revisions === undefined) {
    throw new UserError(`${baseName(notebook)} is in no git repository, or git is not installed.`);
  }
  const nowMs = Date.now();
  const items: readonly RevisionItem[] = revisions.map((revision) => ({
    label: revision.subject,
    iconPath: new ThemeIcon('git-commit'),
    description: `${revision.hash.slice(0, 7)} · ${revision.author}`,
    detail: formatAge(revision.atMs, nowMs),
    revision,
  }));
  const picked = await askRevision(items, title);
  if (typeof picked === 'string') return { kind: 'git', notebook, revision: picked };
  return { kind: 'git', notebook, revision: picked.hash, path: picked.path };
}

function askRevision(
  items: readonly RevisionItem[],
  title: string,
): Promise<FileRevision | string> {
  const quickPick = window.createQuickPick<RevisionItem>();
  quickPick.title = title;
  quickPick.placeholder = 'Choose a commit, or type a revision such as HEAD~2 or a branch';
  quickPick.matchOnDescription = true;
  quickPick.items = items;
  return new Promise<FileRevision | string>((resolve, reject) => {
    quickPick.onDidChangeValue((value) => {
      const typed = value.trim();
      quickPick.items =
        typed === ''
          ? items
          : [...items, { label: typed, description: 'this revision', alwaysShow: true }];
    });
    quickPick.onDidAccept(() => {
      const [chosen] = quickPick.selectedItems;
      if (chosen) resolve(chosen.revision ?? chosen.label);
      else if (quickPick.value.trim() !== '') resolve(quickPick.value.trim());
      quickPick.hide();
    });
    quickPick.onDidHide(() => {
      reject(new Cancelled());
      quickPick.dispose();
    });
    quickPick.show();
  });
}

/** The side that stands for a file of the explorer. */
export function fileSide(uri: Uri): NotebookSide {
  return { kind: 'current', notebook: toWorkspacePath(uri) };
}
