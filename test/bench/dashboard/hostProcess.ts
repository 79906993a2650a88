// The extension host of this benchmark: starts the built extension in argv[2] on the workspace folder in
// argv[3], and serves its pages with the scripts in argv[4]. Answers the messages of its parent.
import Module from 'node:module';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { Store } from '../../../src/store/store';
import { startStore } from '../../../src/store/storeClient';
import type { HostRequest } from './host';
import { liveLines } from './liveLines';
import { startPageServer } from './pageServer';
import { echoPanel, plainPanel } from './plainPanels';
import { createStandIn, type StandInPanel } from './vscodeStandIn';

const [extensionPath = '', workspaceFolder = '', scriptFolder = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const server = await startPageServer(scriptFolder);
  let shown: StandInPanel | undefined;
  const vscode = createStandIn({
    workspaceFolder,
    cspSource: server.origin,
    toPageUri: (path) => `${server.origin}/file${path}`,
    onPanel: (panel) => {
      shown = panel;
    },
  });
  provide('vscode', vscode.api);
  const extension = require(`${extensionPath}/dist/extension.js`);
  const show = (panel: StandInPanel) => `${server.origin}/panel/${server.add(panel)}`;
  const activatedAtMs = performance.now();
  const api = await extension.activate(extensionContext(`${workspaceFolder}/storage`));
  const activateMs = performance.now() - activatedAtMs;

  const answer = async (request: HostRequest): Promise<unknown> => {
    switch (request.kind) {
      case 'activateMs':
        return activateMs;
      case 'open': {
        shown = undefined;
        // A command that needs runs does nothing until the record is read.
        for (let left = 50; shown === undefined && left > 0; left -= 1) {
          await vscode.execute(request.command, ...request.args);
          if (shown === undefined) await wait(100);
        }
        if (shown === undefined) throw new Error(`${request.command} opened no page.`);
        return show(shown);
      }
      case 'empty':
        return `${server.origin}/empty/`;
      case 'print': {
        for (let run = 0; run < request.runs; run += 1) {
          const lines = liveLines(run, request.linesPerS, request.seconds);
          vscode.runInTerminal(`python live.py --seed ${run}`, lines);
        }
        return undefined;
      }
      case 'running': {
        const { runs }: { runs: { id: string; status: string }[] } = await api.snapshot();
        return runs.filter(({ status }) => status === 'running').map(({ id }) => id);
      }
      case 'plain':
        return show(plainPanel(secondWindow(), request.runIds));
      case 'echo':
        return show(echoPanel(request.bytes));
      case 'loopDelay':
        return loopDelay();
      case 'close':
        await opened?.close();
        await extension.deactivate();
        return undefined;
    }
  };
  process.on('message', ({ id, request }: { id: number; request: HostRequest }) => {
    answer(request).then(
      (result) => process.send?.({ id, result }),
      (error: unknown) => process.send?.({ id, error: String(error) }),
    );
  });
  process.send?.({ id: 0 });
}

let opened: Store | undefined;

/** The store as another window has it, for what the extension does not give. */
function secondWindow(): Store {
  opened ??= startStore({
    folder: join(workspaceFolder, '.epochlog'),
    workerPath: join(extensionPath, 'dist', 'workers', 'storeWorker.js'),
    listener: { changed: () => undefined, problem: ({ message }) => console.error(message) },
  });
  return opened;
}

const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();

/** The longest time that this process did not listen since it was last asked. */
function loopDelay(): number {
  const ms = delays.max / 1e6;
  delays.reset();
  return ms;
}

/** Lets `require(name)` of a built file give `exports`. */
function provide(name: string, exports: object): void {
  // SAFETY: how every loader of CommonJS looks a module up; not in Node's types.
  const loader = Module as unknown as { _load(request: string, ...rest: unknown[]): unknown };
  const load = loader._load.bind(loader);
  loader._load = (request, ...rest) => (request === name ? exports : load(request, ...rest));
}

function extensionContext(storage: string): object {
  const state = () => {
    const kept = new Map<string, unknown>();
    return {
      get: (key: string, fallback?: unknown) => kept.get(key) ?? fallback,
      update: async (key: string, value: unknown) => void kept.set(key, value),
      keys: () => [...kept.keys()],
      setKeysForSync: () => undefined,
    };
  };
  const uri = (path: string) => ({ scheme: 'file', path, fsPath: path, toString: () => path });
  return {
    subscriptions: [],
    extensionPath,
    extensionUri: uri(extensionPath),
    globalStorageUri: uri(storage),
    storageUri: uri(storage),
    logUri: uri(storage),
    workspaceState: state(),
    globalState: state(),
    extension: { packageJSON: { version: '0.0.0' } },
    extensionMode: 1,
  };
}

void main();
