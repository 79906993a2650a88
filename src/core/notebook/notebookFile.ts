import { baseName } from '../run/runName';

/** Whether a recorded name is that of a file: an Interactive Window has cells and a name, yet none. */
export function isNotebookFile(notebook: string): boolean {
  return /\.(?:ipynb|py)$/.test(notebook);
}

/** The workspace path beside which a copy is written: that of the notebook, else one in the workspace's folder. */
export function copiedName(notebook: string): string {
  if (isNotebookFile(notebook)) return notebook;
  return `${baseName(notebook).replace(/\.[^.]*$/, '')}.ipynb`;
}
