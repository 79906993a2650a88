const vscode = require('vscode');

const { NotebookCellOutput, NotebookCellOutputItem } = vscode;
const flushMs = 100;

// The order in which VS Code's own notebook reader puts the forms of one output.
const mimeOrder = [
  'application/vnd.',
  'application/vdom.',
  'application/geo+json',
  'text/html',
  'application/javascript',
  'image/gif',
  'text/latex',
  'text/markdown',
  'image/png',
  'image/svg+xml',
  'image/jpeg',
  'application/json',
  'text/plain',
];

/**
 * Writes the messages of one execution into its cell, in batches: an edit of the document per
 * message would make a cell that prints a lot take minutes.
 */
exports.OutputWriter = class {
  constructor(execution) {
    this.execution = execution;
    this.pending = [];
    this.byDisplayId = new Map();
    this.lastStream = undefined;
    this.clearBeforeNext = false;
    this.written = Promise.resolve();
    this.timer = undefined;
  }

  add(type, content) {
    const last = this.pending.at(-1);
    if (type === 'stream' && last?.type === 'stream' && last.content.name === content.name) {
      last.content.text += content.text;
    } else {
      this.pending.push({ type, content: { ...content } });
    }
    this.timer ??= setTimeout(() => this.flush(), flushMs);
  }

  /** Resolves when all that was added is in the cell. */
  async close() {
    this.flush();
    await this.written;
  }

  flush() {
    clearTimeout(this.timer);
    this.timer = undefined;
    for (const { type, content } of this.pending.splice(0)) {
      this.written = this.written.then(() => this.write(type, content));
    }
  }

  async write(type, content) {
    if (type === 'clear_output') {
      if (content.wait) this.clearBeforeNext = true;
      else await this.clear();
      return;
    }
    if (this.clearBeforeNext) await this.clear();
    if (type === 'stream') return this.writeStream(content);
    const displayId = content.transient?.display_id;
    const known = displayId && this.byDisplayId.get(displayId);
    if (type === 'update_display_data') {
      if (known) await this.execution.replaceOutputItems(toItems(content.data), known);
      return;
    }
    const output = toOutput(type, content);
    this.lastStream = undefined;
    if (displayId) this.byDisplayId.set(displayId, output);
    await this.execution.appendOutput(output);
  }

  async writeStream({ name, text }) {
    const item =
      name === 'stderr' ? NotebookCellOutputItem.stderr(text) : NotebookCellOutputItem.stdout(text);
    if (this.lastStream?.name === name) {
      await this.execution.appendOutputItems(item, this.lastStream.output);
      return;
    }
    const output = new NotebookCellOutput([item], { outputType: 'stream' });
    this.lastStream = { name, output };
    await this.execution.appendOutput(output);
  }

  async clear() {
    this.clearBeforeNext = false;
    this.lastStream = undefined;
    this.byDisplayId.clear();
    await this.execution.clearOutput();
  }
};

function toOutput(type, content) {
  if (type === 'error') {
    const { ename, evalue, traceback } = content;
    const item = NotebookCellOutputItem.error({
      name: ename,
      message: evalue,
      stack: traceback.join('\n'),
    });
    return new NotebookCellOutput([item], {
      outputType: 'error',
      originalError: { output_type: 'error', ename, evalue, traceback },
    });
  }
  return new NotebookCellOutput(toItems(content.data), {
    outputType: type,
    executionCount: content.execution_count,
    metadata: content.metadata ?? {},
    ...(content.transient && { transient: content.transient }),
  });
}

function toItems(data) {
  const rank = (mime) => {
    const index = mimeOrder.findIndex((prefix) => mime.startsWith(prefix));
    return index < 0 ? mimeOrder.length : index;
  };
  return Object.entries(data)
    .sort(([left], [right]) => rank(left) - rank(right))
    .map(([mime, value]) => toItem(mime, value));
}

function toItem(mime, value) {
  if (typeof value !== 'string') return NotebookCellOutputItem.json(value, mime);
  if (mime.startsWith('image/') && mime !== 'image/svg+xml') {
    return new NotebookCellOutputItem(Buffer.from(value, 'base64'), mime);
  }
  return NotebookCellOutputItem.text(value, mime);
}
