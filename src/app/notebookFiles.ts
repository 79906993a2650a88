import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fromEditor } from '../core/notebook/editorNotebook';
import { notebookLikeness } from '../core/notebook/notebookLikeness';
import { parseNotebook } from '../core/notebook/parseNotebook';
import { serializeNotebook } from '../core/notebook/serializeNotebook';
import { readNotebookParts } from './notebookParts';

/** Work on the files of notebooks, too heavy for the extension host; the other side of a worker. */
export interface NotebookFiles {
  /** Writes the `.ipynb` that VS Code would save of what `writeNotebookParts` wrote. Paths are absolute. */
  assemble(partsPath: string, filePath: string): Promise<void>;
  /** SHA-256 in hex. Rejects if the file cannot be read. */
  hash(path: string): Promise<string>;
  /** How much of the sources of a file and of a content is the same, from 0 to 1; 0 if one cannot be read. */
  likeness(path: string, content: Uint8Array): Promise<number>;
}

export function createNotebookFiles(): NotebookFiles {
  return {
    async assemble(partsPath, filePath) {
      const notebook = fromEditor(await readNotebookParts(partsPath), {
        utf8: (data) => toBuffer(data).toString('utf8'),
        base64: (data) => toBuffer(data).toString('base64'),
      });
      await writeFile(filePath, serializeNotebook(notebook), { flag: 'wx', mode: 0o600 });
    },
    hash: async (path) =>
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    async likeness(path, content) {
      try {
        const [old, fresh] = [toBuffer(content).toString(), await readFile(path, 'utf8')];
        return notebookLikeness(parseNotebook(old), parseNotebook(fresh));
      } catch {
        return 0;
      }
    },
  };
}

function toBuffer(data: Uint8Array): Buffer {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}
