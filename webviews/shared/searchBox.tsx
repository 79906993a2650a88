import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { parseSearch } from '../../src/core/search/parseSearch';
import type { SearchNode } from '../../src/core/search/searchNode';
import type { SearchVocabulary } from '../../src/core/search/suggestSearch';
import { Icon } from './icon';
import { colourSearch } from './search/colourSearch';
import { editText } from './search/editText';
import { createGatherer } from './search/gatherer';
import { isUnfinished } from './search/isUnfinished';
import { emptyVocabulary } from './search/knowsKey';
import './search/searchBox.css';
import { SearchHelp } from './search/searchHelp';
import {
  closeList,
  entriesOf,
  type ListEntry,
  moveCursor,
  pressKey,
  type SearchInput,
  startInput,
  takeEntry,
  takesFirst,
  typeText,
} from './search/searchInput';
import { optionId, SuggestionList } from './search/suggestionList';

interface SearchBoxProps {
  /** Names the field, as "Search runs". */
  readonly label: string;
  readonly placeholder: string;
  /** The text as it was last given to `onChange`, or one to take instead of what is written. */
  readonly value: string;
  /** Undefined until the host has said what there is: then only the words of the grammar complete. */
  readonly vocabulary: SearchVocabulary | undefined;
  /**
   * Told of the first key at once, and of quick ones after it together. The node is undefined where the text has an error: go on showing what
   * the last one found (`useGoodSearch` does); the box says that it is so.
   */
  readonly onChange: (text: string, node: SearchNode | undefined) => void;
  /** Searches to go back to by Up in the empty field, newest first. */
  readonly recent?: readonly string[];
  /** Told when the user is done with a search without an error, so that it can become a recent one. */
  readonly onEntered?: (text: string) => void;
}

/** The first key is answered at once; those that come within this time after it, together. */
const gatherMs = 60;
/** Who pauses so long in the middle of a condition wants to know what is missing. */
const pauseMs = 1000;

/** A search in the grammar of `parseSearch`, with completion, and errors at their place. */
export function SearchBox(props: SearchBoxProps) {
  const { label, placeholder, value, onChange, onEntered, recent = [] } = props;
  const vocabulary = props.vocabulary ?? emptyVocabulary;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const colours = useRef<HTMLDivElement>(null);
  const isApplying = useRef(false);
  const told = useRef(value);
  const good = useRef('');
  const [input, setInput] = useState(() => startInput(value));
  const [hasFocus, setHasFocus] = useState(false);
  const [pausedAt, setPausedAt] = useState<string>();
  const [showsHelp, setShowsHelp] = useState(false);

  const { text, cursor } = input;
  const parsed = useMemo(() => parseSearch(text), [text]);
  const entries = useMemo(
    () => entriesOf(input, vocabulary, recent),
    [input.list, text, cursor, vocabulary, recent],
  );
  if (parsed.error === undefined) good.current = text;
  const isTyping =
    hasFocus &&
    pausedAt !== text &&
    parsed.error !== undefined &&
    isUnfinished(text, cursor, parsed.error);
  const error = isTyping ? undefined : parsed.error;

  const tell = (next: string) => {
    if (next === told.current) return;
    told.current = next;
    onChange(next, parseSearch(next).node);
  };
  const tellNow = useRef(tell);
  tellNow.current = tell;
  const gatherer = useMemo(() => createGatherer(gatherMs), []);
  useLayoutEffect(() => gatherer.request(() => tellNow.current(text)), [text]);
  useEffect(() => gatherer.stop, []);
  useEffect(() => {
    const timer = setTimeout(() => setPausedAt(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  useLayoutEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setInput(startInput(value));
  }, [value]);
  useLayoutEffect(() => {
    if (colours.current && field.current) colours.current.scrollLeft = field.current.scrollLeft;
  });

  /** Writes what a choice gives into the field, so that it can be undone like what is typed. */
  const apply = (next: SearchInput) => {
    const element = field.current;
    if (element !== null && (next.text !== text || next.cursor !== cursor)) {
      isApplying.current = true;
      editText(element, next.text, next.cursor);
      isApplying.current = false;
    }
    setInput(next);
  };
  const enter = (entered: string) => {
    setPausedAt(entered);
    tell(entered);
    if (entered.trim() !== '' && parseSearch(entered).error === undefined) onEntered?.(entered);
  };
  const choose = (entry: ListEntry) => {
    const next = takeEntry(input, entry);
    apply(next);
    field.current?.focus();
    if (entry.kind === 'recent') enter(next.text);
  };
  const fill = (next: string) => {
    setShowsHelp(false);
    field.current?.focus();
    apply(startInput(next));
    tell(next);
  };

  const isOpen = entries.length > 0;
  const listId = `${id}-list`;
  const problemId = `${id}-problem`;
  return (
    <div
      class="search-box"
      onFocusOut={(event) => {
        if (
          event.relatedTarget instanceof Node &&
          event.currentTarget.contains(event.relatedTarget)
        )
          return;
        setHasFocus(false);
        setShowsHelp(false);
        setInput(closeList(input));
        if (parsed.error === undefined && text.trim() !== '') onEntered?.(text);
      }}
    >
      <div class={`search-field ${error === undefined ? '' : 'has-error'}`}>
        <Icon name="search" class="muted" />
        <div class="search-text">
          <div ref={colours} class="search-colours" aria-hidden="true">
            {colourSearch(text, error).map((piece, index) => (
              <span
                key={index}
                class={`${piece.colour === undefined ? '' : `colour-${piece.colour}`} ${piece.isError ? 'search-error' : ''}`}
              >
                {piece.text}
              </span>
            ))}
          </div>
          <input
            ref={field}
            type="text"
            role="combobox"
            aria-label={label}
            aria-autocomplete="list"
            aria-expanded={isOpen}
            aria-controls={isOpen ? listId : undefined}
            aria-activedescendant={
              isOpen && input.active !== undefined ? optionId(listId, input.active) : undefined
            }
            aria-invalid={error !== undefined}
            aria-describedby={problemId}
            placeholder={placeholder}
            value={text}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            onFocus={() => setHasFocus(true)}
            onInput={({ currentTarget }) => {
              if (isApplying.current) return;
              const { value: typed, selectionStart } = currentTarget;
              setInput(typeText(typed, selectionStart ?? typed.length, vocabulary));
            }}
            onSelect={({ currentTarget }) => {
              const at = currentTarget.selectionStart;
              if (!isApplying.current && at !== null && currentTarget.value === text)
                setInput(moveCursor(input, at));
            }}
            onScroll={({ currentTarget }) => {
              if (colours.current) colours.current.scrollLeft = currentTarget.scrollLeft;
            }}
            onKeyDown={(event) => {
              if (event.isComposing) return;
              const pressed = pressKey(input, event, entries, recent.length > 0);
              if (pressed.isHandled) {
                event.preventDefault();
                event.stopPropagation();
              }
              if (pressed.input !== input) apply(pressed.input);
              if (pressed.isEntered) enter(pressed.input.text);
            }}
          />
        </div>
        {text !== '' && (
          <button
            type="button"
            class="plain-button"
            aria-label="Clear"
            title="Clear"
            onClick={() => fill('')}
          >
            <Icon name="close" />
          </button>
        )}
        <button
          type="button"
          class="plain-button"
          aria-label="How to search"
          title="How to Search"
          aria-haspopup="dialog"
          aria-expanded={showsHelp}
          onClick={() => {
            setInput(closeList(input));
            setShowsHelp(!showsHelp);
          }}
        >
          <Icon name="help" />
        </button>
      </div>
      <div id={problemId} aria-live="polite" class="search-problem">
        {error !== undefined && (
          <>
            <Icon name="failed" class="status-failed" />
            <span>
              {error.message}{' '}
              <span class="muted">
                {good.current.trim() === ''
                  ? 'Until then all runs are shown.'
                  : `Until then the runs of “${shortened(good.current)}” are shown.`}
              </span>
            </span>
          </>
        )}
      </div>
      {isOpen && (
        <SuggestionList
          id={listId}
          entries={entries}
          active={input.active}
          tabTakesFirst={takesFirst(input, entries)}
          onChoose={choose}
        />
      )}
      {showsHelp && (
        <SearchHelp
          vocabulary={vocabulary}
          onChoose={fill}
          onClose={() => {
            setShowsHelp(false);
            field.current?.focus();
          }}
        />
      )}
    </div>
  );
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
