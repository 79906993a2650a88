const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const readline = require('node:readline');
const vscode = require('vscode');
const { OutputWriter } = require('./outputWriter');

/** A Jupyter kernel without the Jupyter extension: a real ipykernel of the folder's `.venv`. */
exports.registerKernel = (context) => {
  const controller = vscode.notebooks.createNotebookController(
    'epochlog-test-kernel',
    'jupyter-notebook',
    'Sample Python (ipykernel)',
  );
  const kernels = new Map();
  const kernelOf = (notebook) => {
    const key = notebook.uri.toString();
    const known = kernels.get(key);
    if (known && !known.dead) return known;
    const started = new Kernel(controller, notebook.uri);
    kernels.set(key, started);
    return started;
  };
  const stop = (notebook) => {
    const key = notebook.uri.toString();
    kernels.get(key)?.dispose();
    kernels.delete(key);
  };
  controller.supportedLanguages = ['python'];
  controller.supportsExecutionOrder = true;
  controller.executeHandler = (cells, notebook) => kernelOf(notebook).execute(cells);
  controller.interruptHandler = (notebook) => kernels.get(notebook.uri.toString())?.interrupt();
  context.subscriptions.push(
    controller,
    vscode.workspace.onDidCloseNotebookDocument(stop),
    vscode.commands.registerCommand('epochlogTestHelper.restartKernel', () => {
      const notebook = vscode.window.activeNotebookEditor?.notebook;
      return notebook && kernels.get(notebook.uri.toString())?.restart();
    }),
    {
      dispose: () => {
        for (const kernel of kernels.values()) kernel.dispose();
      },
    },
  );
};

/** One notebook's kernel. Cells run one after the other; a failure drops those still queued. */
class Kernel {
  constructor(controller, notebookUri) {
    this.controller = controller;
    this.queue = [];
    this.running = undefined;
    this.nextId = 1;
    this.dead = false;
    this.onRestarted = undefined;
    const folder = vscode.workspace.getWorkspaceFolder(notebookUri)?.uri.fsPath;
    this.child = spawn(findPython(folder), [join(__dirname, 'kernel_bridge.py')], {
      cwd: join(notebookUri.fsPath, '..'),
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.ready = new Promise((resolve, reject) => {
      this.onReady = resolve;
      this.onDead = reject;
    });
    this.ready.catch(() => {});
    let errors = '';
    this.child.stderr.on('data', (chunk) => {
      errors = (errors + chunk).slice(-4000);
    });
    this.child.on('error', (error) => this.die(error.message));
    this.child.on('exit', () => this.die(errors || 'the kernel ended'));
    this.child.stdin.on('error', () => {});
    readline.createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.receive(JSON.parse(line));
    });
  }

  /** Resolves when these cells are done, as VS Code expects of an executeHandler. */
  async execute(cells) {
    const done = cells.map((cell) => {
      const execution = this.controller.createNotebookCellExecution(cell);
      return new Promise((resolve) => this.queue.push({ cell, execution, resolve }));
    });
    void this.next();
    await Promise.all(done);
  }

  interrupt() {
    if (this.running) this.running.interrupted = true;
    this.drop();
    this.send({ op: 'interrupt' });
  }

  restart() {
    this.drop();
    const restarted = new Promise((resolve) => {
      this.onRestarted = resolve;
    });
    this.send({ op: 'restart' });
    return restarted;
  }

  dispose() {
    this.child.stdin.end();
    this.drop();
  }

  async next() {
    if (this.running || this.queue.length === 0) return;
    const job = this.queue.shift();
    this.running = job;
    job.id = this.nextId++;
    job.interrupted = false;
    job.execution.start(Date.now());
    job.writer = new OutputWriter(job.execution);
    try {
      await job.execution.clearOutput();
      await this.ready;
      this.send({ op: 'execute', id: job.id, code: job.cell.document.getText() });
    } catch (error) {
      job.writer.add('error', {
        ename: 'KernelError',
        evalue: String(error?.message ?? error),
        traceback: [],
      });
      await this.finish(job, false);
    }
  }

  send(message) {
    if (!this.dead) this.child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  receive(message) {
    const job = this.running;
    if (message.event === 'ready') this.onReady();
    else if (message.event === 'restarted') this.onRestarted?.();
    else if (message.event === 'died') this.die(message.reason);
    else if (!job || message.id !== job.id) return;
    else if (message.event === 'done') void this.finish(job, message.status === 'ok');
    else if (message.type === 'execute_input') {
      job.execution.executionOrder = message.content.execution_count;
    } else job.writer.add(message.type, message.content);
  }

  async finish(job, success) {
    await job.writer.close();
    // As the Jupyter extension does: an interrupted cell neither succeeded nor failed.
    job.execution.end(job.interrupted ? undefined : success, Date.now());
    job.resolve();
    this.running = undefined;
    if (!success) this.drop();
    void this.next();
  }

  /** Takes the cells that have not begun off the queue. */
  drop() {
    for (const job of this.queue.splice(0)) {
      job.execution.start();
      job.execution.end(undefined);
      job.resolve();
    }
  }

  die(reason) {
    if (this.dead) return;
    this.dead = true;
    this.onDead(new Error(reason));
    this.onRestarted?.();
    const job = this.running;
    if (!job?.writer) return;
    job.writer.add('error', { ename: 'DeadKernel', evalue: reason, traceback: [] });
    void this.finish(job, false);
  }
}

function findPython(folder) {
  const inVenv = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  const python = folder && join(folder, '.venv', ...inVenv);
  if (python && existsSync(python)) return python;
  return process.env.EPOCHLOG_TEST_PYTHON || 'python3';
}
