import { useEffect, useRef, useState } from 'preact/hooks';
import type { SourceQuery } from '../../../src/core/history/sourceSearch';
import { Button } from '../../shared/controls';
import { Icon } from '../../shared/icon';
import type { LogSearch, StoppableSearch } from './useLogSearch';

interface LogSearchBoxProps {
  readonly looking: StoppableSearch;
  /** How much of the log was looked through, 0..1. */
  readonly share: number;
  /** Which match is looked at, from 0. */
  readonly at: number | undefined;
  readonly onQuery: (query: SourceQuery | undefined) => void;
  readonly onFind: (step: 1 | -1) => void;
}

/** What to look for in the log, and how often it is there. */
export function LogSearchBox({ looking, share, at, onQuery, onFind }: LogSearchBoxProps) {
  const { search, stop, goOn } = looking;
  const [text, setText] = useState('');
  const [options, setOptions] = useState({ matchCase: false, isRegex: false });
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    onQuery(text === '' ? undefined : { text, wholeWord: false, ...options });
  }, [text, options]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isFind = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f';
      if (isFind) field.current?.select();
      else if (event.key === 'F3') onFind(event.shiftKey ? -1 : 1);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onFind]);
  const toggle = (option: keyof typeof options) =>
    setOptions({ ...options, [option]: !options[option] });
  return (
    <search class="log-search">
      <div class={`log-field ${search.problem === undefined ? '' : 'invalid'}`}>
        <input
          ref={field}
          aria-label="Find in the log"
          placeholder="Find in the log"
          aria-invalid={search.problem !== undefined}
          aria-describedby="log-found"
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onFind(event.shiftKey ? -1 : 1);
            else if (event.key === 'Escape') setText('');
            else return;
            event.preventDefault();
          }}
        />
        <button
          type="button"
          class="plain-button toggle"
          aria-pressed={options.matchCase}
          aria-label="Match case"
          title="Match Case"
          onClick={() => toggle('matchCase')}
        >
          Aa
        </button>
        <button
          type="button"
          class="plain-button toggle"
          aria-pressed={options.isRegex}
          aria-label="Regular expression"
          title="Regular Expression (RE2)"
          onClick={() => toggle('isRegex')}
        >
          .*
        </button>
      </div>
      <Button
        look="icon"
        label="Find previous"
        title="Find Previous (Shift+Enter)"
        onClick={() => onFind(-1)}
      >
        <Icon name="up" />
      </Button>
      <Button look="icon" label="Find next" title="Find Next (Enter)" onClick={() => onFind(1)}>
        <Icon name="down" />
      </Button>
      <span id="log-found" class="log-found-count" role="status">
        {text === '' ? '' : countText(search, at)}
      </span>
      {text !== '' && !search.isWhole && search.nextLine > 0 && (
        <span class="log-progress">
          {/* Not said each time that it grows. */}
          <span class="muted">{Math.floor(100 * share)}% searched</span>
          <Button onClick={search.isStopped ? goOn : stop}>
            {search.isStopped ? 'Search On' : 'Stop'}
          </Button>
        </span>
      )}
    </search>
  );
}

function countText(search: LogSearch, at: number | undefined): string {
  const { count, isWhole, isStopped, problem } = search;
  if (problem !== undefined) return problem;
  const all = `${count.toLocaleString('en')}${isWhole ? '' : '+'}`;
  if (count === 0) return isWhole ? 'Not found' : isStopped ? 'Not found yet' : 'Looking…';
  return at === undefined
    ? `${all} ${count === 1 ? 'line' : 'lines'}`
    : `${(at + 1).toLocaleString('en')} of ${all}`;
}
