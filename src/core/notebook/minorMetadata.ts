/** What editors, kernels and runs leave behind: not the author's doing, so never a change. */
const minorCellKeys: ReadonlySet<string> = new Set([
  'ExecuteTime',
  'autoscroll',
  'cellView',
  'code_folding',
  'colab',
  'colab_type',
  'collapsed',
  'execution',
  'executionInfo',
  'heading_collapsed',
  'hidden',
  'id',
  'jupyter.outputs_hidden',
  'jupyter.source_hidden',
  'notebookRunGroups',
  'outputId',
  // Of a cell, when and how long it ran; the parameters are the notebook's.
  'papermill',
  'pycharm',
  'scrolled',
  'trusted',
]);

const minorHeaderKeys: ReadonlySet<string> = new Set([
  'celltoolbar',
  'colab',
  'interpreter',
  'kernelspec.display_name',
  'nav_menu',
  'orig_nbformat',
  'toc',
  'varInspector',
  'vscode',
  'widgets',
]);

/** @param path of a value in a cell's metadata, such as `tags` or `jupyter.source_hidden`. */
export function isMinorCellMetadata(path: string): boolean {
  if (path === 'vscode.languageId') return false;
  return minorCellKeys.has(path) || path.startsWith('jp-') || path.split('.', 1)[0] === 'vscode';
}

/**
 * @param path of a value in a notebook's metadata, such as `kernelspec.name`.
 * @param sameLanguage whether both notebooks are in one language.
 */
export function isMinorHeaderMetadata(path: string, sameLanguage: boolean): boolean {
  if (path === 'language_info.name' || path === 'kernelspec.language') return sameLanguage;
  if (path === 'papermill.parameters') return false;
  const group = path.split('.', 1)[0] ?? path;
  return (
    minorHeaderKeys.has(path) ||
    group === 'language_info' ||
    group === 'papermill' ||
    group.startsWith('toc-') ||
    group.startsWith('toc_')
  );
}
