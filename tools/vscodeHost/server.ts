import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../start/step.cjs';
import { cleanEnvironment } from './cleanEnvironment';
import { extensionLinkName } from './extensionManifest';
import { codeServerEntry, nodeProgram } from './hostPaths';
import { baseSettings } from './windowDefaults';

export interface ServerOptions {
  /** Folders of extensions, linked as they are: a rebuild and a reload of the window pick up new code. */
  readonly extensions: readonly string[];
  /** A packaged extension to install besides. */
  readonly vsix?: string | undefined;
  /** On top of `baseSettings`. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Reaches the extension host and the terminals. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** `ask` leaves workspace trust on, so that a window opens in Restricted Mode. Default `disabled`. */
  readonly trust?: 'disabled' | 'ask' | undefined;
  /** Default: one that is free. */
  readonly port?: number | undefined;
  /** How long a window that lost its connection may come back, in seconds. Default 1. */
  readonly graceSeconds?: number | undefined;
  /** Home of the terminals; default a temporary one, so that no test writes into a shell history. */
  readonly home?: string | undefined;
}

export interface VsCodeServer {
  readonly port: number;
  /** The user's data, with `User/settings.json`; deleted by `stop`. */
  readonly userDataDir: string;
  url(folder: string): string;
  /** Ends the server, its extension hosts and its terminals, and deletes what they wrote. */
  stop(): Promise<void>;
}

const readyTimeoutMs = 30_000;

/** Starts VS Code in the browser on 127.0.0.1, with user data and extensions of its own. */
export async function startServer(options: ServerOptions): Promise<VsCodeServer> {
  const dir = mkdtempSync(join(tmpdir(), 'epochlog-host-'));
  const extensionsDir = join(dir, 'extensions');
  const userDataDir = join(dir, 'user');
  const home = options.home ?? join(dir, 'home');
  const config = join(dir, 'config.yaml');
  for (const folder of [extensionsDir, join(userDataDir, 'User'), home]) {
    mkdirSync(folder, { recursive: true });
  }
  writeFileSync(config, 'auth: none\ncert: false\n');
  writeFileSync(
    join(userDataDir, 'User', 'settings.json'),
    JSON.stringify({ ...baseSettings, ...options.settings }, undefined, 2),
  );
  for (const folder of options.extensions) {
    symlinkSync(folder, join(extensionsDir, extensionLinkName(folder)), 'dir');
  }
  const places = ['--user-data-dir', userDataDir, '--extensions-dir', extensionsDir];
  const common = [codeServerEntry, '--config', config, ...places];
  const env = { ...cleanEnvironment(), HOME: home, ...options.env };
  if (options.vsix) {
    await runCommand(nodeProgram, [...common, '--install-extension', options.vsix], {
      env,
      timeoutMs: 60_000,
    });
  }
  const port = options.port ?? (await findFreePort());
  const trust = options.trust === 'ask' ? [] : ['--disable-workspace-trust'];
  const child = spawn(
    nodeProgram,
    [
      ...common,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      // By default a window that is gone leaves no extension host behind.
      ...['--reconnection-grace-time', String(options.graceSeconds ?? 1)],
      ...trust,
    ],
    { cwd: home, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const deleteAll = () => rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
  const group = new ProcessGroup(child, deleteAll);
  try {
    await group.untilReady(`http://127.0.0.1:${port}/healthz`);
  } catch (error) {
    await group.stop();
    throw error;
  }
  return {
    port,
    userDataDir,
    url(folder) {
      const kind = folder.endsWith('.code-workspace') ? 'workspace' : 'folder';
      return `http://127.0.0.1:${port}/?${kind}=${encodeURI(folder)}`;
    },
    stop: () => group.stop(),
  };
}

/** A detached child with all that it started: they end together, also when we end first. */
class ProcessGroup {
  private output = '';
  private readonly exited: Promise<void>;
  private readonly onOurExit = () => this.end();

  constructor(
    private readonly child: ChildProcess,
    private readonly cleanUp: () => void,
  ) {
    const keep = (chunk: Buffer) => {
      this.output = (this.output + chunk.toString()).slice(-8_000);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    this.exited = new Promise((resolve) => child.once('exit', () => resolve()));
    process.once('exit', this.onOurExit);
  }

  async untilReady(url: string): Promise<void> {
    const deadlineMs = Date.now() + readyTimeoutMs;
    while (Date.now() < deadlineMs) {
      if (this.child.exitCode !== null || this.child.signalCode !== null) break;
      try {
        if ((await fetch(url)).ok) return;
      } catch {
        // Not listening yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`VS Code's server did not start. It printed:\n${this.output}`);
  }

  async stop(): Promise<void> {
    process.off('exit', this.onOurExit);
    this.signal('SIGTERM');
    const patience = setTimeout(() => this.signal('SIGKILL'), 5_000);
    await this.exited;
    clearTimeout(patience);
    this.end();
  }

  /** At once: terminals may outlive the server that asked them to end. */
  private end(): void {
    this.signal('SIGKILL');
    this.cleanUp();
  }

  private signal(name: NodeJS.Signals): void {
    try {
      if (this.child.pid !== undefined) process.kill(-this.child.pid, name);
    } catch {
      // The group is gone.
    }
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
