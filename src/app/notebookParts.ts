import { open, readFile } from 'node:fs/promises';
import type { EditorCell, EditorNotebook } from '../core/notebook/editorNotebook';

/**
 * A file that hands a notebook of the editor to a worker: the outputs' bytes one after the other, a line of JSON for the
 * metadata, one for each cell, and where those lines begin (8 bytes, little-endian). Nothing large is copied or
 * turned into text on the way, so that the window goes on.
 */
export async function writeNotebookParts(path: string, notebook: EditorNotebook): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    const lines = [JSON.stringify(notebook.metadata ?? {})];
    let linesAt = 0;
    let turnSince = performance.now();
    for (const cell of notebook.cells) {
      const data = cell.outputs.flatMap(({ items }) => items.map((item) => item.data));
      lines.push(JSON.stringify(toLine(cell)));
      if (data.length > 0) linesAt += await writeAll(file, data);
      if (performance.now() - turnSince < turnMs) continue;
      await new Promise(setImmediate);
      turnSince = performance.now();
    }
    const end = Buffer.alloc(8);
    end.writeBigUInt64LE(BigInt(linesAt));
    for (let at = 0; at < lines.length; at += linesAtOnce) {
      await file.writeFile(`${lines.slice(at, at + linesAtOnce).join('\n')}\n`);
    }
    await file.writeFile(end);
  } finally {
    await file.close();
  }
}

/** How long the window may wait for one part. */
const turnMs = 4;
const linesAtOnce = 500;

export async function readNotebookParts(path: string): Promise<EditorNotebook> {
  const bytes = await readFile(path);
  const linesAt = Number(bytes.readBigUInt64LE(bytes.length - 8));
  const [metadata = '{}', ...lines] = bytes.toString('utf8', linesAt, bytes.length - 9).split('\n');
  let at = 0;
  const cells = lines.map((line): EditorCell => {
    // SAFETY: `writeNotebookParts` wrote this file.
    const cell = JSON.parse(line) as ReturnType<typeof toLine>;
    const outputs = cell.outputs.map((output) => ({
      metadata: output.metadata,
      items: output.items.map(([mime, length]) => {
        const data = bytes.subarray(at, at + length);
        at += length;
        return { mime, data };
      }),
    }));
    return { ...cell, outputs };
  });
  return { metadata: JSON.parse(metadata), cells };
}

function toLine(cell: EditorCell) {
  return {
    ...cell,
    outputs: cell.outputs.map(({ metadata, items }) => ({
      metadata,
      items: items.map(({ mime, data }): readonly [string, number] => [mime, data.byteLength]),
    })),
  };
}

async function writeAll(
  file: Awaited<ReturnType<typeof open>>,
  data: readonly Uint8Array[],
): Promise<number> {
  const bytes = data.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const { bytesWritten } = await file.writev(data);
  // A full disk writes a part and says no more.
  if (bytesWritten !== bytes) throw new Error('The disk took only a part of the notebook.');
  return bytes;
}
