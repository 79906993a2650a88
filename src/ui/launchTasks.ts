import {
  Disposable,
  ProcessExecution,
  Task,
  type TaskDefinition,
  TaskScope,
  tasks,
  type Uri,
  type WorkspaceFolder,
  window,
  workspace,
} from 'vscode';
import type { Launches } from '../app/launch/launches';
import type { LaunchRequest } from '../app/launch/launchFolder';
import { taskTypes } from '../platform/contributionIds';
import { inFolder } from './folderVariable';
import { commandRequest, fileRequest, requireFolder } from './launchRequests';
import { nodeEnvironment } from './launchTerminal';

/** As `tasks.json` says it; checked where it is read. */
interface LaunchTaskDefinition extends TaskDefinition {
  readonly command?: unknown;
  readonly script?: unknown;
  readonly args?: unknown;
  readonly cwd?: unknown;
}

/** Tasks of type `epochlog`: a command, or a script with its arguments, recorded to its end. */
export function registerLaunchTasks(launches: Launches): Disposable {
  return Disposable.from(
    tasks.registerTaskProvider(taskTypes.launch, {
      async provideTasks() {
        const file = window.activeTextEditor?.document;
        const folder = file && workspace.getWorkspaceFolder(file.uri);
        if (file?.languageId !== 'python' || !folder) return [];
        const script = workspace.asRelativePath(file.uri, false);
        const task = await toTask({ type: taskTypes.launch, script }, folder, script, launches);
        return task ? [task] : [];
      },
      resolveTask: ({ definition, scope, name }) => toTask(definition, scope, name, launches),
    }),
    tasks.onDidStartTaskProcess(({ execution }) => {
      if (execution.task.definition.type === taskTypes.launch) launches.expect();
    }),
  );
}

async function toTask(
  definition: LaunchTaskDefinition,
  scope: WorkspaceFolder | TaskScope | undefined,
  name: string,
  launches: Launches,
): Promise<Task | undefined> {
  const folder = scope instanceof Object ? scope.uri : requireFolder();
  const request = await toRequest(definition, folder);
  if (!request) return undefined;
  const execution = new ProcessExecution(process.execPath, [...launches.taskCommand(request)], {
    cwd: request.cwd,
    env: nodeEnvironment,
  });
  const task = new Task(definition, scope ?? TaskScope.Workspace, name, 'Epochlog', execution, []);
  // The command that is shown would be the launcher's.
  task.presentationOptions = { echo: false };
  task.detail = request.commandLine;
  return task;
}

async function toRequest(
  { command, script, args, cwd }: LaunchTaskDefinition,
  folder: Uri,
): Promise<LaunchRequest | undefined> {
  const directory = typeof cwd === 'string' ? inFolder(cwd, folder).fsPath : folder.fsPath;
  if (typeof command === 'string' && command.trim() !== '') {
    return commandRequest(command, directory);
  }
  if (typeof script !== 'string' || script === '') return undefined;
  const words = Array.isArray(args) ? args.filter((word) => typeof word === 'string') : [];
  return fileRequest(inFolder(script, folder), words, directory);
}
