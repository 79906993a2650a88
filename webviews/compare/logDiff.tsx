import { useMemo } from 'preact/hooks';
import { formatBytes } from '../../src/core/format/formatBytes';
import type { ComparedLogs } from '../../src/protocol/comparePage';
import { SourceDiff } from '../shared/sourceDiff';
import { hunkRows } from '../shared/sourceRows';

/** Lines of a log that are a change and not a timing. */
export function logLines({ hunks, linesLeftOut }: ComparedLogs): number {
  return hunks.reduce(
    (sum, { oldLines, newLines }) => sum + Math.max(oldLines.length, newLines.length),
    linesLeftOut,
  );
}

/** `12 lines differ · 40 differ in timings alone`. */
export function describeLogs(logs: ComparedLogs): string {
  const lines = logLines(logs);
  const { volatileLines } = logs;
  return [
    lines === 0
      ? 'the same'
      : `${lines.toLocaleString('en')} ${lines === 1 ? 'line differs' : 'lines differ'}`,
    volatileLines === 0
      ? undefined
      : `${volatileLines.toLocaleString('en')} ${volatileLines === 1 ? 'differs' : 'differ'} in timings and the like alone`,
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** What the runs printed, line by line. */
export function LogDiff({ logs }: { readonly logs: ComparedLogs }) {
  const { hunks, linesLeftOut, cutAtLine, bytesLeftOut } = logs;
  const rows = useMemo(() => hunkRows(hunks), [hunks]);
  const notes = [
    linesLeftOut > 0
      ? `${linesLeftOut.toLocaleString('en')} more lines that differ are not shown.`
      : undefined,
    cutAtLine === undefined
      ? undefined
      : `Only the first ${cutAtLine.toLocaleString('en')} lines of each log were compared.`,
    bytesLeftOut > 0 ? `The last ${formatBytes(bytesLeftOut)} were not looked at.` : undefined,
  ].filter((note) => note !== undefined);
  return (
    <>
      {hunks.length > 0 && (
        <div class="code-part">
          <SourceDiff rows={rows} label="Changes of the log" />
        </div>
      )}
      {notes.length > 0 && <p class="muted">{notes.join(' ')}</p>}
    </>
  );
}
