import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type TableQuery, tableRows } from './tableQueries';

const clientScript = join(__dirname, '..', 'mlflow', 'client.py');

export interface Answer {
  /** From the first byte sent to the last received, as the client measured it. */
  readonly ms: number;
  readonly answer: string;
}

/** Calls MLflow's REST API from a process in Python as its users' are, with a connection for each. */
export class MlflowClient {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  constructor(python: string, port: number) {
    this.#process = spawn(python, [clientScript, String(port)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#lines = createInterface(this.#process.stdout)[Symbol.asyncIterator]();
  }

  /** One call at a time. Rejects unless it is answered with 200. */
  async post(path: string, body: object): Promise<Answer> {
    const call = { path: `/api/2.0/mlflow/${path}`, body: JSON.stringify(body) };
    this.#process.stdin.write(`${JSON.stringify(call)}\n`);
    const { done, value } = await this.#lines.next();
    if (done) throw new Error(`The client of MLflow ended at ${path}`);
    // SAFETY: what the script prints.
    const answer = JSON.parse(value) as Answer & { readonly status: number };
    if (answer.status === 200) return answer;
    throw new Error(`MLflow answered ${answer.status} to ${path}: ${answer.answer}`);
  }

  /** The question as `runs/search` takes it. */
  search({ param, value, metric, direction }: TableQuery): Promise<Answer> {
    return this.post('runs/search', {
      experiment_ids: ['0'],
      filter: `params.${param} = '${value}'`,
      order_by: [`metrics.${metric} ${direction.toUpperCase()}`],
      max_results: tableRows,
    });
  }

  close(): void {
    this.#process.stdin.end();
  }
}
