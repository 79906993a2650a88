import { useEffect, useRef, useState } from 'preact/hooks';
import type { MatchedLine, SourceQuery } from '../../src/core/history/sourceSearch';
import { dayKey, timeOfDay } from '../../src/core/present/describeDay';
import type { FoundPart, FoundSource } from '../../src/protocol/timelinePage';
import { Checkbox, TextField } from '../shared/controls';
import { found } from './found';
import type { TimelineProps } from './view';

/** How long to wait for the next key before it is looked for. */
const searchAfterMs = 250;
const maxShown = 300;

/** Every source ever kept: what is found comes notebook by notebook, those saved last first. */
export function Search({ host, state, setState, attempt }: TimelineProps) {
  const { query, filter } = state;
  const [parts, setParts] = useState<readonly FoundPart[]>([]);
  const [objection, setObjection] = useState<string>();
  const [isDone, setIsDone] = useState(false);
  const search = useRef(0);
  const change = (patch: Partial<SourceQuery>) => setState({ query: { ...query, ...patch } });

  useEffect(
    () =>
      found.add(({ id, part }) => {
        if (id === search.current) setParts((before) => [...before, part]);
      }),
    [],
  );
  const key = JSON.stringify(query);
  useEffect(() => {
    search.current += 1;
    const id = search.current;
    setParts([]);
    setObjection(undefined);
    setIsDone(false);
    if (query.text === '') return;
    const timer = setTimeout(() => {
      // Left out, not undefined: on its way to the host that becomes null.
      const notebooks = filter.notebook === undefined ? [] : [filter.notebook];
      host.search(id, query, ...notebooks).then(
        () => id === search.current && setIsDone(true),
        (error: Error) => id === search.current && setObjection(error.message),
      );
    }, searchAfterMs);
    return () => clearTimeout(timer);
  }, [host, key, filter.notebook]);

  const count = parts.reduce((sum, { hits }) => sum + hits.length, 0);
  let left = maxShown;
  return (
    <>
      <div class="bar">
        <TextField
          label="Search in all sources ever saved"
          placeholder="dropout=0.3"
          value={query.text}
          onInput={(text) => change({ text })}
        />
        <Checkbox checked={query.matchCase} onChange={(matchCase) => change({ matchCase })}>
          Match case
        </Checkbox>
        <Checkbox checked={query.wholeWord} onChange={(wholeWord) => change({ wholeWord })}>
          Whole word
        </Checkbox>
        <Checkbox checked={query.isRegex} onChange={(isRegex) => change({ isRegex })}>
          Regular expression
        </Checkbox>
        <span role="status" class="muted">
          {objection ?? statusText(query, parts, count, isDone)}
        </span>
      </div>
      <main class="scroll">
        {parts.map(({ notebook, hits }) => {
          const shown = hits.slice(0, Math.max(0, left));
          left -= shown.length;
          return shown.length === 0 ? undefined : (
            <section key={notebook} aria-label={notebook}>
              <h2>
                {notebook} <span class="muted">{hits.length}</span>
              </h2>
              {shown.map((hit, at) => (
                <Hit key={at} hit={hit} onShow={() => attempt(host.showCell(hit.key))} />
              ))}
            </section>
          );
        })}
        {count > maxShown && (
          <p class="muted">The first {maxShown} are shown. Look for something more particular.</p>
        )}
      </main>
    </>
  );
}

function statusText(
  { text }: SourceQuery,
  parts: readonly FoundPart[],
  count: number,
  isDone: boolean,
): string {
  if (text === '') return 'Type what to look for.';
  const sources =
    count === 1 ? '1 version of a cell' : `${count.toLocaleString('en')} versions of cells`;
  if (isDone) return count === 0 ? 'Nothing ever saved has it.' : sources;
  const last = parts.at(-1);
  const progress = last === undefined ? '' : ` · ${last.done} of ${last.total} notebooks`;
  return `${sources}${progress} …`;
}

function Hit({ hit, onShow }: { readonly hit: FoundSource; readonly onShow: () => void }) {
  const { lines, count, place, firstSeenAtMs, lastSeenAtMs, isCurrent, result } = hit;
  const shown = lines.reduce((sum, { spans }) => sum + spans.length, 0);
  return (
    <button type="button" class="hit" onClick={onShow}>
      <span class="hit-head">
        <strong>Cell {place.cellIndex + 1}</strong>
        <span class="mark">{isCurrent ? 'Still in the notebook' : 'Not there any more'}</span>
        <span class="muted">
          {momentText(firstSeenAtMs)}
          {lastSeenAtMs === firstSeenAtMs ? '' : ` – ${momentText(lastSeenAtMs)}`}
        </span>
        {result !== undefined && <span class="result">{result}</span>}
      </span>
      {lines.map((line) => (
        <code key={line.number} class="mono hit-line">
          <span class="number">{line.number}</span>
          <Marked line={line} />
        </code>
      ))}
      {count > shown && <span class="muted">and {count - shown} more places</span>}
    </button>
  );
}

function momentText(atMs: number): string {
  return `${dayKey(atMs)} ${timeOfDay(atMs)}`;
}

function Marked({ line: { text, spans } }: { readonly line: MatchedLine }) {
  let at = 0;
  return (
    <span>
      {spans.map(({ start, end }) => {
        const before = text.slice(at, start);
        at = end;
        return (
          <span key={start}>
            {before}
            <mark>{text.slice(start, end)}</mark>
          </span>
        );
      })}
      {text.slice(at)}
    </span>
  );
}
