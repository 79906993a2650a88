import { isAbsolute, join } from 'node:path';
import { importsTrainingLibrary } from '../core/command/importsTrainingLibrary';
import { isNeverTraining } from '../core/command/isNeverTraining';
import { parseCommand } from '../core/command/parseCommand';
import { endChange } from '../core/recording/endChange';
import {
  excludesCommand,
  excludesPath,
  includesCommand,
  type RecordingPolicy,
} from '../core/recording/recordingPolicy';
import type { Outcome } from '../core/recording/recordingReducer';
import type { CommandKind, CommandSource, RunId } from '../core/run/run';
import { maskText } from '../core/secrets/maskText';
import type { Store } from '../store/store';
import { collectCodeState } from './codeState';
import { createCommandOutput } from './commandOutput';
import { type CommandScript, paramsInput, readCommandScript } from './commandScript';
import { findLostRun } from './findLostRun';
import { keepConfigs } from './keepConfigs';
import type { LastingRun, OutputPlace, RecordingHandle } from './recordingStart';
import type { RunRecorder } from './runRecorder';
import type { Stopper } from './stopper';

/** Where commands come from: the workspace, as the host sees it. */
export interface Workspace {
  isPaused(): boolean;
  isTrusted(): boolean;
  policy(): RecordingPolicy;
  /** The folder that relative paths start from, if any. */
  readonly rootPath: string | undefined;
  /** Relative to its workspace folder where it lies inside, with `/`. */
  toWorkspacePath(path: string): string;
}

export interface CommandRecorder {
  /**
   * Watches a command that was just started.
   *
   * @param cwd absolute path, if the shell said it.
   * @param origin default: typed into a terminal.
   * @returns undefined if it is not to be recorded whatever it prints.
   */
  start(
    commandLine: string,
    cwd: string | undefined,
    origin?: CommandOrigin,
  ): CommandHandle | undefined;
}

export interface CommandHandle extends RecordingHandle {
  /** Whether the shell goes on at once: its end is the shell's, and the program is waited for. */
  readonly isBackground: boolean;
  /** Tells how the program behind the shell ended, once the shell says so. */
  jobEnded(exitCode: number): Promise<void>;
}

export interface CommandOrigin {
  readonly kind: CommandKind;
  /** Of the shell or the program that runs it. */
  readonly processId?: PromiseLike<number | undefined>;
  /** Absolute path of the file that its output is read from. */
  readonly logFile?: string;
  /** Whether VS Code read the command line off the screen, where its output may stand too. */
  readonly isGuessed?: boolean;
  /** Whether the user asked for it to be a run, whatever it prints. */
  readonly isWanted?: boolean;
  readonly lasting?: LastingRun;
  /** How the user can end it; left out where that is not possible from here. */
  readonly stopper?: Stopper;
}

export function createCommandRecorder(
  recorder: RunRecorder,
  store: Store,
  workspace: Workspace,
  onError: (what: string, error: unknown) => void,
): CommandRecorder {
  return {
    start(typed, cwd, origin = { kind: 'terminal' }) {
      const policy = workspace.policy();
      const isAsked = origin.isWanted === true;
      if (!isAsked && (workspace.isPaused() || excludesCommand(policy, typed))) return undefined;
      const commandLine = maskText(typed).text;
      const command = parseCommand(commandLine);
      const wanted = isAsked || includesCommand(policy, typed);
      if (isNeverTraining(command) && !wanted) return undefined;

      const folder = directoryOf(cwd ?? workspace.rootPath, command.workingDirectory);
      const scriptPath = command.script && absolute(folder, command.script);
      const script = scriptPath && workspace.toWorkspacePath(scriptPath);
      if (script && !isAsked && excludesPath(policy, script)) return undefined;

      const output = createCommandOutput({
        command,
        folder,
        shellPid: origin.processId,
        // What was guessed after a reload began long ago; what outlives windows is read by its place.
        followsFile: origin.isGuessed !== true && origin.lasting === undefined,
        onText: (text, place) => take(text, place),
        settled: () => handle.settled(),
        onError: (error) => onError('Reading the file of a command', error),
      });
      const logFile = origin.logFile ?? output.logFile;
      const isBackground = command.background && origin.lasting === undefined;
      const stopper = isBackground ? output.jobStopper : origin.stopper;
      const source: CommandSource = {
        kind: origin.kind,
        commandLine,
        ...(folder === undefined ? {} : { cwd: folder }),
        ...(script ? { script } : {}),
        ...(logFile === undefined ? {} : { logFile }),
      };
      // Read at once: it may be edited while it runs.
      const content = readCommandScript(command, folder, scriptPath);
      // A command that prints nothing may be one that VS Code invented, which only its end tells.
      const isCommand = createAnswer();
      let isSilent = origin.kind === 'terminal';
      if (!isSilent) isCommand.give(true);
      const handle = recorder.start({
        source,
        command: commandLine,
        params: command.params,
        paramsInput: content.then((read) => paramsInput(command, folder, read)),
        keepConfigs: (files) =>
          keepConfigs(files, workspace.toWorkspacePath, (bytes) => store.putBlob(bytes)),
        keepLog: true,
        folder,
        scriptPath,
        args: command.args,
        ...(origin.processId && { processId: origin.processId }),
        ...(origin.lasting && { lasting: origin.lasting }),
        ...(stopper && { stopper }),
        lastOutput: output.stop,
        isTraining: isCommand.promise.then((is) => is && (wanted || trains(content, script))),
        codeState: async () =>
          collectCodeState(
            {
              gitFolder: workspace.isTrusted() ? folder : undefined,
              script: (await content)?.bytes,
            },
            (bytes) => store.putBlob(bytes),
          ),
      });
      const take = (text: string, place: OutputPlace | undefined): void => {
        isSilent = false;
        isCommand.give(true);
        handle.push(text, place);
      };
      let toldExitCode: number | undefined;
      /** At once where it is known, as the window may close at the same moment. */
      const outcomeOf = (outcome: Outcome, isShells: boolean): Outcome | Promise<Outcome> => {
        if (outcome.kind !== 'exited') return outcome;
        const exitCode = isShells ? toldExitCode : outcome.exitCode;
        if (exitCode !== undefined) return { kind: 'exited', exitCode };
        return output.lastWords().then((lastWords) => ({ kind: 'gone', lastWords }) as const);
      };
      let ended: { readonly wasRun: boolean; readonly atMs: number } | undefined;
      return {
        ...handle,
        isBackground,
        push: output.push,
        async end(outcome, endedAtMs) {
          // bash tells of `( … )` only when it is over, and then neither what it printed nor how it
          // ended: without a file that it wrote into, nothing is known of it but a guess of its name.
          const isUntold =
            outcome.kind === 'exited' && outcome.exitCode === undefined && !isBackground && !wanted;
          if (isUntold) await output.stop();
          const lost = isSilent
            ? await findLostRun(store, commandLine, origin.isGuessed === true).catch(
                () => undefined,
              )
            : undefined;
          isCommand.give(lost === undefined && !(isUntold && isSilent));
          // A shell that goes on at once says nothing of the program.
          const isShells = isBackground && outcome.kind === 'exited' && lost === undefined;
          if (isShells) await output.untilJobEnds();
          const atMs = endedAtMs ?? Date.now();
          const known = outcomeOf(outcome, isShells);
          const wasRun = await handle.end(known instanceof Promise ? await known : known, atMs);
          ended = { wasRun, atMs };
          if (lost !== undefined) await endLost(lost, atMs, outcome);
          return wasRun;
        },
        async jobEnded(code) {
          toldExitCode = code;
          if (ended === undefined) await output.stop();
          else if (ended.wasRun) {
            const outcome = { kind: 'exited', exitCode: code } as const;
            await store.commit([endChange(handle.runId, ended.atMs, outcome)]);
          }
        },
      };
    },
  };

  async function endLost(runId: RunId, atMs: number, outcome: Outcome): Promise<void> {
    const parts = await store.listRuns({ parentId: runId });
    const ids = parts.filter(({ status }) => status === 'interrupted').map(({ id }) => id);
    await store.commit([...ids, runId].map((id) => endChange(id, atMs, outcome)));
  }

  /** What is known before it prints anything: what it imports, and whether it trained before. */
  async function trains(
    content: Promise<CommandScript | undefined>,
    script: string | undefined,
  ): Promise<boolean> {
    const read = await content;
    if (read && importsTrainingLibrary(new TextDecoder().decode(read.bytes))) return true;
    if (!script) return false;
    return (await store.listRuns({ script, limit: 1 })).length > 0;
  }
}

/** A question that is answered later, once. */
function createAnswer() {
  let give: (answer: boolean) => void = () => undefined;
  const promise = new Promise<boolean>((resolve) => {
    give = resolve;
  });
  return { promise, give: (answer: boolean) => give(answer) };
}

function directoryOf(base: string | undefined, change: string | undefined): string | undefined {
  return change === undefined ? base : absolute(base, change);
}

function absolute(folder: string | undefined, path: string): string | undefined {
  if (isAbsolute(path)) return path;
  return folder === undefined ? undefined : join(folder, path);
}
