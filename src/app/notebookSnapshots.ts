import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EditorNotebook } from '../core/notebook/editorNotebook';
import type { Remote } from '../core/rpc';
import type { NotebookFiles } from './notebookFiles';
import { writeNotebookParts } from './notebookParts';

/** Files of what editors hold, as if they had been saved, for as long as somebody reads them. */
export interface NotebookSnapshots {
  /** @param read given the absolute path of an `.ipynb` file, which is gone when its promise is settled. */
  use<T>(notebook: EditorNotebook, read: (path: string) => Promise<T>): Promise<T>;
}

export function createNotebookSnapshots(files: Remote<NotebookFiles>): NotebookSnapshots {
  return {
    async use(notebook, read) {
      const folder = await mkdtemp(join(tmpdir(), 'epochlog-'));
      try {
        const [parts, file] = [join(folder, 'parts'), join(folder, 'notebook.ipynb')];
        await writeNotebookParts(parts, notebook);
        await files.assemble(parts, file);
        return await read(file);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}
