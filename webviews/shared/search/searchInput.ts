import { lexSearch } from '../../../src/core/search/lexSearch';
import { findAttribute } from '../../../src/core/search/searchAttribute';
import { keyPrefixes, searchFunctions } from '../../../src/core/search/searchFunctions';
import {
  type SearchSuggestion,
  type SearchVocabulary,
  type SuggestionKind,
  suggestSearch,
} from '../../../src/core/search/suggestSearch';
import { knowsKey } from './knowsKey';

/** What is written in a search box, and which list is open under it. */
export interface SearchInput {
  readonly text: string;
  /** Where the cursor stands, in UTF-16 units. */
  readonly cursor: number;
  readonly list: 'closed' | 'suggestions' | 'recent';
  /** The entry that the arrow keys are at; undefined: none. */
  readonly active?: number;
}

export interface ListEntry extends Omit<SearchSuggestion, 'kind'> {
  readonly kind: SuggestionKind | 'recent';
}

export interface SearchKey {
  readonly key: string;
  readonly ctrlKey?: boolean;
  readonly shiftKey?: boolean;
}

export interface Pressed {
  readonly input: SearchInput;
  /** The key does nothing else then. */
  readonly isHandled: boolean;
  /** The user is done with the text as it is. */
  readonly isEntered?: boolean;
}

const pageLength = 8;

export function startInput(text: string): SearchInput {
  return { text, cursor: text.length, list: 'closed' };
}

/** What the open list has; nothing if none is open. */
export function entriesOf(
  { text, cursor, list }: SearchInput,
  vocabulary: SearchVocabulary,
  recent: readonly string[],
): readonly ListEntry[] {
  if (list === 'suggestions') return suggestSearch(text, cursor, vocabulary);
  if (list === 'closed') return [];
  const replaces = { offset: 0, length: text.length };
  return recent.map((each) => ({ kind: 'recent', label: each, insert: each, replaces }));
}

/** After a key has changed the text: the list opens where there is something to complete. */
export function typeText(text: string, cursor: number, vocabulary: SearchVocabulary): SearchInput {
  const list = text !== '' && isAsking(text, cursor, vocabulary) ? 'suggestions' : 'closed';
  return { text, cursor, list };
}

/** After the cursor has gone elsewhere. */
export function moveCursor(input: SearchInput, cursor: number): SearchInput {
  return cursor === input.cursor ? input : { text: input.text, cursor, list: 'closed' };
}

export function closeList({ text, cursor }: SearchInput): SearchInput {
  return { text, cursor, list: 'closed' };
}

/** @param entries what the list shows: those of `entriesOf`. */
export function pressKey(
  input: SearchInput,
  { key, ctrlKey = false, shiftKey = false }: SearchKey,
  entries: readonly ListEntry[],
  hasRecent: boolean,
): Pressed {
  const ignored: Pressed = { input, isHandled: false };
  const handled = (next: SearchInput): Pressed => ({ input: next, isHandled: true });
  const isShown = entries.length > 0;
  const goTo = (active: number) => handled({ ...input, active });
  switch (key) {
    case ' ':
      return ctrlKey ? handled({ ...closeList(input), list: 'suggestions' }) : ignored;
    case 'ArrowDown':
      if (!isShown) return handled({ ...closeList(input), list: 'suggestions' });
      return goTo(((input.active ?? -1) + 1) % entries.length);
    case 'ArrowUp':
      if (isShown) return goTo(((input.active ?? 0) || entries.length) - 1);
      if (input.text !== '' || !hasRecent) return ignored;
      return handled({ ...closeList(input), list: 'recent', active: 0 });
    case 'PageDown':
    case 'PageUp': {
      if (!isShown) return ignored;
      const by = key === 'PageDown' ? pageLength : -pageLength;
      return goTo(Math.min(entries.length - 1, Math.max(0, (input.active ?? 0) + by)));
    }
    case 'Escape':
      return isShown ? handled(closeList(input)) : ignored;
    case 'Enter': {
      const entry = isShown ? entries[input.active ?? -1] : undefined;
      if (entry === undefined) return { ...handled(closeList(input)), isEntered: true };
      return { ...handled(takeEntry(input, entry)), isEntered: entry.kind === 'recent' };
    }
    case 'Tab': {
      if (!isShown || shiftKey) return { input: closeList(input), isHandled: false };
      const entry = entries[input.active ?? (takesFirst(input, entries) ? 0 : -1)];
      return entry === undefined
        ? { input: closeList(input), isHandled: false }
        : handled(takeEntry(input, entry));
    }
    default:
      return ignored;
  }
}

/** Whether Tab takes the first entry, though the arrow keys have not chosen it: a word is begun. */
export function takesFirst({ list, active }: SearchInput, entries: readonly ListEntry[]): boolean {
  const [first] = entries;
  return list === 'suggestions' && active === undefined && (first?.replaces.length ?? 0) > 0;
}

/** Writes an entry into the text, and what always follows it, so that one can go on. */
export function takeEntry({ text }: SearchInput, entry: ListEntry): SearchInput {
  const { offset, length } = entry.replaces;
  const before = text.slice(0, offset);
  let after = text.slice(offset + length);
  if (entry.kind === 'recent') return startInput(before + entry.insert + after);
  const called = functionBefore(before);
  let written = entry.insert;
  let back = 0;
  if (entry.kind === 'function') back = 1;
  else if (/^(NOT )?IN$/.test(written)) {
    written += ' ()';
    back = 1;
  } else if (called === 'at') written += after.trimStart().startsWith(',') ? '' : ', ';
  else if (called !== undefined && after.startsWith(')')) {
    written += ')';
    after = after.slice(1);
  }
  // A value of a list is followed by a comma or by the end of the list, which are not ours to choose.
  const isListed = entry.kind === 'value' && /[(,]\s*$/.test(before);
  const hasEnd = back > 0 || called === 'at' || isListed;
  if (!hasEnd && after.startsWith(' ')) {
    written += ' ';
    after = after.slice(1);
  } else if (!hasEnd && !after.startsWith(')')) written += ' ';
  const cursor = before.length + written.length - back;
  const isComplete =
    entry.kind === 'value' || /NULL|true|false|^(starred|deleted|archived)/.test(entry.insert);
  return { text: before + written + after, cursor, list: isComplete ? 'closed' : 'suggestions' };
}

function functionBefore(text: string): string | undefined {
  const name = /([a-z]+)\($/i.exec(text)?.[1]?.toLowerCase();
  return name !== undefined && searchFunctions.includes(name) ? name : undefined;
}

/** Whether the text before the cursor waits for something; after a whole condition it does not. */
function isAsking(text: string, cursor: number, vocabulary: SearchVocabulary): boolean {
  const before = text.slice(0, cursor);
  if (!/\s$/.test(before)) return true;
  const last = lexSearch(before).at(-2);
  if (last === undefined) return false;
  if (last.kind === 'quoted') return last.quote === '`';
  if (last.kind !== 'word') return ['operator', '(', ',', 'open'].includes(last.kind);
  const word = last.text;
  const prefix = word.slice(0, Math.max(0, word.indexOf('.'))).toLowerCase();
  return (
    /^(and|or|not|is)$/i.test(word) ||
    keyPrefixes.has(prefix) ||
    findAttribute(word) !== undefined ||
    knowsKey(vocabulary, word)
  );
}
