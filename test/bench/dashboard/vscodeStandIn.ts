import { EventEmitter } from 'node:events';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the extension did that the outside must know of. */
export interface StandIn {
  /** What `require('vscode')` gives. */
  readonly api: object;
  /** Calls a command that the extension registered. */
  execute(command: string, ...args: unknown[]): Promise<unknown>;
  /** Types a command line into a terminal of its own; what the stream gives is its output. */
  runInTerminal(commandLine: string, output: AsyncIterable<string>): void;
}

/** A panel of the extension, to be shown by whoever has a browser. */
export interface StandInPanel {
  readonly title: string;
  readonly html: () => string;
  /** Calls `listener` with what the host posts; the returned function stops that. */
  readonly onPost: (listener: (message: unknown) => void) => () => void;
  /** Gives the host a message of the page. */
  readonly receive: (message: unknown) => void;
}

interface Options {
  readonly workspaceFolder: string;
  /** Where files of the extension are found by a page. */
  readonly toPageUri: (fsPath: string) => string;
  readonly cspSource: string;
  /** Told of a panel that is opened, or shown again. */
  readonly onPanel: (panel: StandInPanel) => void;
}

/**
 * As much of VS Code as the built extension needs to start, to record what terminals print, and to open
 * its pages. What is not named here is there, answers nothing and does nothing.
 */
export function createStandIn(options: Options): StandIn {
  const commands = new Map<string, (...args: unknown[]) => unknown>();
  const events = new EventEmitter();
  const execute = async (command: string, ...args: unknown[]) => commands.get(command)?.(...args);
  const event = (name: string) => (listener: (value: unknown) => void) => {
    events.on(name, listener);
    return disposable(() => events.off(name, listener));
  };
  const folder = { uri: toUri(options.workspaceFolder), name: 'bench', index: 0 };
  const undefinedLater = async () => undefined;

  const api = inert('vscode', {
    commands: inert('commands', {
      registerCommand(id: string, action: (...args: unknown[]) => unknown) {
        commands.set(id, action);
        return disposable(() => commands.delete(id));
      },
      executeCommand: execute,
      getCommands: async () => [...commands.keys()],
    }),
    workspace: inert('workspace', {
      workspaceFolders: [folder],
      isTrusted: true,
      notebookDocuments: [],
      textDocuments: [],
      getWorkspaceFolder: () => folder,
      asRelativePath: (path: string | { fsPath: string }) =>
        (typeof path === 'string' ? path : path.fsPath).replace(`${options.workspaceFolder}/`, ''),
      getConfiguration: () => ({
        get: (_id: string, fallback: unknown) => fallback,
        inspect: () => undefined,
        update: undefinedLater,
      }),
      findFiles: async () => [],
    }),
    window: inert('window', {
      activeTextEditor: undefined,
      activeNotebookEditor: undefined,
      activeTerminal: undefined,
      visibleTextEditors: [],
      visibleNotebookEditors: [],
      terminals: [],
      showQuickPick: undefinedLater,
      showInputBox: undefinedLater,
      showInformationMessage: undefinedLater,
      showWarningMessage: async (text: string) => console.error(text),
      showErrorMessage: async (text: string) => console.error(text),
      showOpenDialog: undefinedLater,
      showSaveDialog: undefinedLater,
      withProgress: (_options: object, task: (progress: object, token: object) => unknown) =>
        task({ report: () => undefined }, { isCancellationRequested: false }),
      createOutputChannel: () =>
        inert('channel', { warn: console.error, error: console.error, info: () => undefined }),
      createWebviewPanel: (_type: string, title: string) => createPanel(title, options),
      onDidStartTerminalShellExecution: event('terminalStart'),
    }),
    env: inert('env', { shell: '/bin/bash', language: 'en', appName: 'bench' }),
    extensions: inert('extensions', { getExtension: () => undefined, all: [] }),
    debug: inert('debug', { activeDebugSession: undefined }),
    tasks: inert('tasks', { fetchTasks: async () => [], taskExecutions: [] }),
    Disposable: DisposableClass,
    EventEmitter: EmitterClass,
    Uri: {
      file: toUri,
      parse: (text: string) => toUri(text.replace(/^file:\/\//, '')),
      joinPath: (base: { fsPath: string }, ...parts: string[]) =>
        toUri([base.fsPath, ...parts].join('/')),
    },
    TerminalShellExecutionCommandLineConfidence: { Low: 0, Medium: 1, High: 2 },
    StatusBarAlignment: { Left: 1, Right: 2 },
    ViewColumn: { Active: -1, Beside: -2 },
    TreeItemCollapsibleState: { None: 0, Collapsed: 1, Expanded: 2 },
    QuickPickItemKind: { Separator: -1, Default: 0 },
    NotebookCellKind: { Markup: 1, Code: 2 },
    ...Object.fromEntries(plainClasses.map((name) => [name, plainClass()])),
  });

  return {
    api,
    execute,
    runInTerminal(commandLine, output) {
      const terminal = inert('terminal', { processId: Promise.resolve(undefined), name: 'bash' });
      const execution = {
        commandLine: { value: commandLine, isTrusted: true, confidence: 2 },
        cwd: folder.uri,
        read: () => output,
      };
      events.emit('terminalStart', { terminal, execution, shellIntegration: {} });
    },
  };
}

const plainClasses = [
  ...['TreeItem', 'ThemeIcon', 'ThemeColor', 'MarkdownString', 'Range', 'Position', 'CodeLens'],
  ...['RelativePattern', 'CancellationError', 'Task', 'NotebookCellStatusBarItem', 'WorkspaceEdit'],
];

function plainClass() {
  return class {
    readonly args: readonly unknown[];
    constructor(...args: unknown[]) {
      this.args = args;
    }
  };
}

function createPanel(title: string, options: Options): object {
  const posts = new EventEmitter();
  const received = new EventEmitter();
  const subscribe = (emitter: EventEmitter) => (listener: (message: unknown) => void) => {
    emitter.on('message', listener);
    return disposable(() => emitter.off('message', listener));
  };
  const webview = {
    html: '',
    options: {},
    cspSource: options.cspSource,
    asWebviewUri: ({ fsPath }: { fsPath: string }) => options.toPageUri(fsPath),
    onDidReceiveMessage: subscribe(received),
    postMessage: async (message: unknown) => posts.emit('message', message),
  };
  const panel: StandInPanel = {
    title,
    html: () => webview.html,
    onPost: (listener) => {
      const subscription = subscribe(posts)(listener);
      return () => subscription.dispose();
    },
    receive: (message) => received.emit('message', message),
  };
  options.onPanel(panel);
  const reveal = () => options.onPanel(panel);
  return inert('panel', { title, webview, visible: true, active: true, reveal });
}

function toUri(path: string) {
  return {
    scheme: 'file',
    path,
    fsPath: path,
    toString: () => pathToFileURL(path).href,
    with: (change: { path?: string }) => toUri(change.path ?? path),
    name: basename(path),
  };
}

function disposable(dispose: () => unknown) {
  return { dispose: () => void dispose() };
}

class DisposableClass {
  readonly #dispose: () => void;
  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }
  dispose() {
    this.#dispose();
  }
  static from(...all: { dispose(): void }[]) {
    return new DisposableClass(() => {
      for (const each of all) each.dispose();
    });
  }
}

class EmitterClass {
  readonly #events = new EventEmitter();
  readonly event = (listener: (value: unknown) => void) => {
    this.#events.on('event', listener);
    return disposable(() => this.#events.off('event', listener));
  };
  fire(value: unknown) {
    this.#events.emit('event', value);
  }
  dispose() {
    this.#events.removeAllListeners();
  }
}

/** `known`, and for any other name something that can be called, made and read without effect. */
function inert(name: string, known: object): object {
  const made = new Map<PropertyKey, unknown>();
  return new Proxy(known, {
    get(target, key) {
      if (key in target) return Reflect.get(target, key);
      // Not a promise, not a list, not a text.
      if (typeof key === 'symbol' || key === 'then' || key === 'toJSON') return undefined;
      if (!made.has(key)) made.set(key, inertFunction(`${name}.${key}`));
      return made.get(key);
    },
  });
}

function inertFunction(name: string): object {
  const result = () => inert(`${name}()`, { dispose: () => undefined });
  return new Proxy(() => {}, {
    apply: result,
    construct: result,
    get: (target, key) =>
      key === 'prototype'
        ? Reflect.get(target, key)
        : typeof key === 'symbol' || key === 'then'
          ? undefined
          : inertFunction(`${name}.${key}`),
  });
}
