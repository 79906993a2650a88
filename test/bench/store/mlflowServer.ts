import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { step } from '../../../tools/start/step.cjs';

const startDeadlineMs = 120_000;
/** The server answers once one worker is up; the others then still take the processors. */
const workersStartMs = 10_000;

/**
 * MLflow's tracking server as `mlflow server` starts it for one user, on SQLite and with its default of
 * four workers: one client on one kept connection is served by one of them, and the others rest. Its
 * job runner is off, which only keeps its idle processes from the machine, and so is its telemetry.
 */
export class MlflowServer {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #killAtExit = () => this.#kill('SIGKILL');

  private constructor(child: ChildProcess, port: number) {
    this.port = port;
    this.#process = child;
    process.once('exit', this.#killAtExit);
  }

  /** Starts it on `database`, which it makes if it is not there; `folder` takes its other files. */
  static async start(python: string, database: string, folder: string): Promise<MlflowServer> {
    const port = await freePort();
    const log = openSync(join(folder, 'mlflow.log'), 'a');
    const args = ['-m', 'mlflow', 'server', '--backend-store-uri', `sqlite:///${database}`];
    const child = spawn(python, [...args, '--host', '127.0.0.1', '--port', String(port)], {
      cwd: folder,
      env: {
        ...process.env,
        MLFLOW_DISABLE_TELEMETRY: 'true',
        MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false',
      },
      stdio: ['ignore', log, log],
      // A group of its own, so that its workers end with it.
      detached: process.platform !== 'win32',
    });
    closeSync(log);
    const server = new MlflowServer(child, port);
    try {
      await step('Start MLflow', () => server.#untilStarted());
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  async stop(): Promise<void> {
    process.off('exit', this.#killAtExit);
    const { exitCode, signalCode } = this.#process;
    if (exitCode === null && signalCode === null) {
      const ended = new Promise((resolve) => this.#process.once('exit', resolve));
      this.#kill('SIGTERM');
      await Promise.race([ended, wait(5000)]);
    }
    // Its workers may outlive it.
    this.#kill('SIGKILL');
  }

  async #untilStarted(): Promise<void> {
    const deadlineMs = Date.now() + startDeadlineMs;
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${this.port}/health`).catch(() => undefined);
      if (response?.ok) return wait(workersStartMs);
      if (this.#process.exitCode !== null || Date.now() > deadlineMs) {
        throw new Error('MLflow did not start; see mlflow.log');
      }
      await wait(200);
    }
  }

  #kill(signal: NodeJS.Signals): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, signal);
    } catch {
      // Gone already.
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('No port is free.'));
      });
    });
  });
}
