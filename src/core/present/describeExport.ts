import { formatBytes } from '../format/formatBytes';

export interface ExportFigures {
  readonly runs: number;
  readonly points: number;
  readonly sizeBytes: number;
  readonly secrets: number;
}

/** What an export came to, such as `12 runs with 3,400 points are in all.db (1.2 MB).` */
export function describeExport(
  { runs, points, sizeBytes }: ExportFigures,
  fileName: string,
): string {
  return `${counted(runs, 'run')} with ${counted(points, 'point')} ${runs === 1 ? 'is' : 'are'} in ${fileName} (${formatBytes(sizeBytes)}).`;
}

/** What the reader of an exported file must know of the credentials in it; undefined if there are none. */
export function describeExportedSecrets(secrets: number, isKept: boolean): string | undefined {
  if (secrets === 0) return undefined;
  const what = `${counted(secrets, 'text')} in notebooks, scripts, diffs or notes ${secrets === 1 ? 'looks like a credential' : 'look like credentials'}`;
  return `${what}: ${isKept ? 'the file holds' : 'the file masks'} ${secrets === 1 ? 'it' : 'them'}.`;
}

/** How far an export is. */
export function describeExportProgress(part: ExportPart, done: number, total: number): string {
  return `${partNames[part]} ${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`;
}

type ExportPart = 'points' | 'contents' | 'logs';

const partNames: Readonly<Record<ExportPart, string>> = {
  contents: 'notebooks and scripts,',
  logs: 'logs,',
  points: 'points,',
};

const counted = (count: number, word: string): string =>
  `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`;
