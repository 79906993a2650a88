import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const timeoutMs = 30_000;

/**
 * Evaluates code in the extension host of the window, through the helper extension. `body` is the
 * body of an async function of `vscode` and `arg`; `arg` and the value cross as JSON.
 */
export class Rpc {
  private readonly dir = mkdtempSync(join(tmpdir(), 'epochlog-rpc-'));
  private readonly portFile = join(this.dir, 'port');
  private readonly token = randomBytes(16).toString('hex');

  /** What the helper extension needs in its environment. */
  get env(): Readonly<Record<string, string>> {
    return { EPOCHLOG_TEST_TOKEN: this.token, EPOCHLOG_TEST_PORT_FILE: this.portFile };
  }

  /** Throws what the body throws, and after 30 s without an extension host. */
  async evaluate<T>(body: string, arg?: unknown): Promise<T> {
    const port = await this.waitForPort();
    const response = await fetch(`http://127.0.0.1:${port}/`, {
      method: 'POST',
      headers: { 'x-token': this.token },
      body: JSON.stringify({ body, arg }),
    });
    // SAFETY: rpcServer.js answers with this shape; T is the caller's knowledge of its own body.
    const answer = (await response.json()) as { value?: T; error?: string };
    if (answer.error !== undefined) throw new Error(`In the extension host: ${answer.error}`);
    return answer.value as T; // SAFETY: as above
  }

  /** Evaluates `body` until it gives a truthy value; `what` names it when that does not come. */
  async until<T>(what: string, body: string, arg?: unknown, withinMs = 12_000): Promise<T> {
    const deadlineMs = Date.now() + withinMs;
    for (;;) {
      const value = await this.evaluate<T>(body, arg);
      if (value) return value;
      if (Date.now() > deadlineMs) throw new Error(`Not within ${withinMs} ms: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** To be called before the window reloads: the next call waits for the new extension host. */
  forget(): void {
    rmSync(this.portFile, { force: true });
  }

  dispose(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  private async waitForPort(): Promise<number> {
    const deadlineMs = Date.now() + timeoutMs;
    while (Date.now() < deadlineMs) {
      try {
        return Number(readFileSync(this.portFile, 'utf8'));
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    throw new Error('The helper extension did not start in the extension host.');
  }
}
