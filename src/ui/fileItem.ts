import { ThemeIcon, TreeItem } from 'vscode';
import { describeFile, fileDetails, fileName } from '../core/present/describeFiles';
import type { RunFile } from '../core/run/run';
import { commandIds } from '../platform/contributionIds';

const icons: Readonly<Record<RunFile['type'], ThemeIcon>> = {
  model: new ThemeIcon('package'),
  figure: new ThemeIcon('file-media'),
  table: new ThemeIcon('table'),
  data: new ThemeIcon('database'),
  log: new ThemeIcon('graph-line'),
  config: new ThemeIcon('settings-gear'),
  code: new ThemeIcon('file-code'),
  other: new ThemeIcon('file'),
};

/** A file of a run; a click shows it. */
export function fileItem(file: RunFile): TreeItem {
  const item = new TreeItem(fileName(file.path));
  item.iconPath = file.path.endsWith('/') ? new ThemeIcon('folder') : icons[file.type];
  item.description = describeFile(file);
  item.tooltip = fileDetails(file);
  item.command = {
    command: commandIds.openRunFile,
    title: 'Show File',
    arguments: [{ path: file.path, type: file.type }],
  };
  return item;
}
