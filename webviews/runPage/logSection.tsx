import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { formatBytes } from '../../src/core/format/formatBytes';
import type { SourceQuery } from '../../src/core/history/sourceSearch';
import { describeLogLeftOut } from '../../src/core/present/describeLeftOut';
import type { ShownLogSize } from '../../src/protocol/runPage';
import { Checkbox, ProgressRing } from '../shared/controls';
import { Icon } from '../shared/icon';
import { type LineRange, LogList } from './log/logList';
import { LogSearchBox } from './log/logSearchBox';
import { useLogPoints } from './log/useLogPoints';
import { nextMatch, useLogSearch } from './log/useLogSearch';
import { useLogSize } from './log/useLogSize';
import type { SectionProps } from './sectionProps';

/** What the run printed, as a terminal showed it. */
export function LogSection(props: SectionProps) {
  const { data, run, host } = props;
  const { size, problem } = useLogSize(host, data.runId, run.status === 'running');
  if (problem !== undefined) {
    return (
      <p class="section-problem" role="alert">
        <Icon name="failed" class="status-failed" /> The log could not be read: {problem}
      </p>
    );
  }
  if (size === undefined) {
    return (
      <div class="section-loading">
        <ProgressRing label="Reading the log" />
      </div>
    );
  }
  if (size.lineCount === 0 && size.isWhole) return <NoLog {...props} />;
  return <ShownLog {...props} size={size} />;
}

function NoLog({ run }: SectionProps) {
  return (
    <div class="section-empty">
      <h2>There is no log</h2>
      <p>
        {run.logLeftOut
          ? describeLogLeftOut(run.logLeftOut)
          : run.source.kind === 'notebook'
            ? 'What a cell prints is kept in its notebook: see the section Notebook.'
            : run.status === 'running'
              ? 'It has printed nothing yet.'
              : 'This run printed nothing.'}
      </p>
    </div>
  );
}

function ShownLog(props: SectionProps & { readonly size: ShownLogSize }) {
  const { data, run, host, attempt, size, state, setState, target, goTo } = props;
  const isRunning = run.status === 'running';
  const [query, setQuery] = useState<SourceQuery>();
  const [focus, setFocus] = useState(target?.line ?? 0);
  const [revealed, setRevealed] = useState<object>({});
  const [follows, setFollows] = useState(isRunning && target?.line === undefined);
  const looking = useLogSearch(host, query, size.lineCount);
  const { search } = looking;
  const points = useLogPoints(host, data.runId, size, attempt);
  const wasRunning = useRef(isRunning);
  wasRunning.current ||= isRunning;

  const showLine = useCallback((line: number) => {
    setFollows(false);
    setFocus(line);
    setRevealed({});
  }, []);
  useEffect(() => {
    if (target?.line !== undefined) showLine(target.line);
  }, [target]);

  const usable = search.problem === undefined ? query : undefined;
  const tail = wasRunning.current ? size.doneBytes : 0;
  const read = useCallback(
    (start: number, end: number) => host.readLogLines(start, end, usable),
    [host, data.runId, usable, points.isRead, tail],
  );
  const at = useMemo(() => {
    const place = nextMatch(search.lines, focus - 1, 1);
    return place !== undefined && search.lines[place] === focus ? place : undefined;
  }, [search.lines, focus]);
  const find = (step: 1 | -1) => {
    const next = nextMatch(search.lines, focus, step);
    const line = next === undefined ? undefined : search.lines[next];
    if (line !== undefined) showLine(line);
  };
  // What is typed is shown where it is first found after the place that is looked at.
  const firstFound = useRef<SourceQuery>();
  useEffect(() => {
    if (query === undefined || firstFound.current === query) return;
    const next = nextMatch(search.lines, focus - 1, 1);
    const line = next === undefined ? undefined : search.lines[next];
    if (line === undefined || (line < focus && !search.isWhole)) return;
    firstFound.current = query;
    showLine(line);
  }, [search, query]);

  return (
    <>
      <div class="log-bar" role="toolbar" aria-label="Log">
        <LogSearchBox
          looking={looking}
          share={search.nextLine / Math.max(1, size.lineCount)}
          at={at}
          onQuery={setQuery}
          onFind={find}
        />
        <Checkbox checked={state.wraps === true} onChange={(wraps) => setState({ wraps })}>
          Wrap
        </Checkbox>
        {isRunning && (
          <Checkbox checked={follows} onChange={setFollows}>
            Follow
          </Checkbox>
        )}
        {points.view}
        <span class="spacer" />
        <span class="muted log-counts" role="status">
          {sizeText(size)}
        </span>
      </div>
      {size.of && (
        <p class="log-note muted">This is the log of {size.of.name}, of which the run is a part.</p>
      )}
      <LogList
        count={size.lineCount}
        read={read}
        wraps={state.wraps === true}
        focus={focus}
        onFocus={setFocus}
        revealed={revealed}
        follows={follows}
        onFollow={setFollows}
        onCopy={({ start, end }: LineRange) => attempt(host.copyLog(start, end + 1))}
        onPoint={(key) => goTo('metrics', { metric: key })}
      />
      {size.leftOut !== undefined && (
        <p class="log-note">
          <Icon name="interrupted" class="log-warning" /> {size.leftOut}
        </p>
      )}
    </>
  );
}

function sizeText({ lineCount, doneBytes, sizeBytes, isWhole }: ShownLogSize): string {
  const lines = `${lineCount.toLocaleString('en')} ${lineCount === 1 ? 'line' : 'lines'}`;
  if (isWhole) return `${lines}, ${formatBytes(sizeBytes)}`;
  return `${lines}, ${Math.floor((100 * doneBytes) / Math.max(1, sizeBytes))}% read`;
}
