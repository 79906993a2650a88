import { env, type QuickPickItem, QuickPickItemKind, window, workspace } from 'vscode';
import { changeCommand } from '../app/commandChanger';
import { shellDialect } from '../core/command/quoteWord';
import type { ChangedCommand } from '../core/params/changeArguments';
import type { CommandSource, Param, ParamOrigin, Run } from '../core/run/run';
import { runName } from '../core/run/runName';
import { Cancelled, UserError } from '../core/userError';
import { fromWorkspacePath } from '../platform/workspacePath';
import type { Services } from './services';

/** What was typed is what is changed most; what no command line says cannot be changed there. */
const offeredOrigins: readonly ParamOrigin[] = ['argv', 'default', 'config', 'printed'];

/** Asks for other values of a run's params. Rejects with `Cancelled` if the user gives up. */
export async function askChangedCommand(
  run: Run,
  { extraction }: Services,
): Promise<CommandSource> {
  const { source } = run;
  if (source.kind === 'notebook') {
    throw new UserError('The params of a cell are in the cell: change them there and run it.');
  }
  if (source.commandLine === '') {
    throw new UserError('Of this run only its log is known, so there is no command to change.');
  }
  const script = await readScript(source);
  const dialect = shellDialect(env.shell);
  const values = new Map<string, string>();
  for (;;) {
    const changes = Array.from(values, ([key, value]) => ({ key, value }));
    const changed = await changeCommand(extraction, source, script, changes, dialect);
    const choice = await askWhich(run, values, changed);
    if (choice === 'run') return { ...source, commandLine: changed.commandLine };
    if (choice === 'edit') return { ...source, commandLine: await askLine(changed.commandLine) };
    const value = await window.showInputBox({
      title: choice.key,
      prompt: `It was ${choice.value}.`,
      value: values.get(choice.key) ?? choice.value,
    });
    if (value === undefined) continue;
    if (value === choice.value) values.delete(choice.key);
    else values.set(choice.key, value);
  }
}

interface ChoiceItem extends QuickPickItem {
  readonly choice: Param | 'run' | 'edit' | undefined;
}

async function askWhich(
  run: Run,
  values: ReadonlyMap<string, string>,
  { commandLine, refused }: ChangedCommand,
): Promise<Param | 'run' | 'edit'> {
  const params = offeredOrigins.flatMap((origin) =>
    run.params.filter((param) => param.origin === origin),
  );
  const items: readonly ChoiceItem[] = [
    { label: '$(play) Run', detail: commandLine, choice: 'run' },
    { label: '$(edit) Change the Command Itself…', choice: 'edit' },
    { label: 'Params', kind: QuickPickItemKind.Separator, choice: undefined },
    ...params.map((param) => paramItem(param, values.get(param.key), refused)),
  ];
  const item = await window.showQuickPick(items, {
    title: `Run Again with Changed Params: ${runName(run)}`,
    placeHolder: 'Choose a param to change it, then Run',
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (!item?.choice) throw new Cancelled();
  return item.choice;
}

function paramItem(
  param: Param,
  value: string | undefined,
  refused: readonly string[],
): ChoiceItem {
  const isRefused = refused.includes(param.key);
  return {
    label: param.key,
    description: value === undefined ? param.value : `${param.value} → ${value}`,
    ...(isRefused && {
      detail: '$(warning) The command takes no such argument: change it where it is set.',
    }),
    choice: param,
  };
}

async function askLine(commandLine: string): Promise<string> {
  const line = await window.showInputBox({
    title: 'Run Again with Changed Params',
    prompt: 'The command to run',
    value: commandLine,
    ignoreFocusOut: true,
  });
  if (line === undefined || line.trim() === '') throw new Cancelled();
  return line;
}

/** As it is now; the arguments of a script that is gone are read by their looks. */
async function readScript({ script }: CommandSource) {
  if (script === undefined) return undefined;
  const uri = fromWorkspacePath(script);
  try {
    const text = new TextDecoder().decode(await workspace.fs.readFile(uri));
    return { text, path: uri.fsPath };
  } catch {
    return undefined;
  }
}
