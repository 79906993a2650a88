import { maxViewStateBytes, type SavedView, type ViewPage } from './savedView';

/** What a view's file says; whose it is and when it was saved is not in it. */
export type SharedView = Pick<SavedView, 'name' | 'page' | 'state'>;

export type ReadViewFile =
  | { readonly view: SharedView; readonly problem?: undefined }
  | { readonly view?: undefined; readonly problem: string };

/** The form of the file that is written. One that changes what a field means counts up. */
const version = 1;
const maxNameChars = 100;
const maxDepth = 60;
/** Written with indents, a state takes some times its size. */
export const maxViewFileBytes = 8 * maxViewStateBytes;

const pageNames: Readonly<Record<ViewPage, string>> = {
  runTable: 'run table',
  charts: 'charts',
  leaderboard: 'leaderboard',
};

/** What a user calls the page that a view is of. */
export function viewPageName(page: ViewPage): string {
  return pageNames[page];
}

/** Without what no name of a view has; undefined if nothing is left. */
export function cleanViewName(name: string): string | undefined {
  const text = name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\s]+/gu, ' ').trim();
  return text === '' ? undefined : Array.from(text).slice(0, maxNameChars).join('').trim();
}

/** A name is one view's of its page, in whatever case it is written. */
export function isSameViewName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The name, or where another view has it `best (2)`, `best (3)` and so on. */
export function freeViewName(name: string, taken: readonly string[]): string {
  const isTaken = (each: string) => taken.some((other) => isSameViewName(each, other));
  let free = name;
  for (let count = 2; isTaken(free); count++) {
    const suffix = ` (${count})`;
    free = `${Array.from(name)
      .slice(0, maxNameChars - suffix.length)
      .join('')
      .trim()}${suffix}`;
  }
  return free;
}

/**
 * A view as a file to give away: `{ "epochlogView": 1, "name", "page", "state" }`, where `state` is the
 * JSON of the page itself, indented so that people and git can read it.
 */
export function printViewFile({ name, page, state }: SharedView): string {
  return `${JSON.stringify({ epochlogView: version, name, page, state: JSON.parse(state) }, undefined, 2)}\n`;
}

/**
 * Reads such a file, which anybody may have written. Never throws. Fields that the form does not have are
 * refused: they say something that would be lost. What is within the state is for its page to check.
 *
 * @param wanted the page that it is opened on; undefined: any.
 */
export function readViewFile(text: string, wanted?: ViewPage): ReadViewFile {
  if (text.length > maxViewFileBytes) {
    return {
      problem: `This file is too large for a view: at most ${maxViewFileBytes / 2 ** 20} MB.`,
    };
  }
  const file = parseObject(text);
  if (file === undefined || !('epochlogView' in file)) {
    return {
      problem:
        'This file is no view of Epochlog, or it is damaged: choose another, or share the view again.',
    };
  }
  const { epochlogView, name, page, state, ...others } = file;
  if (typeof epochlogView !== 'number' || !Number.isInteger(epochlogView) || epochlogView < 1) {
    return { problem: 'This view does not say its version: save it again where it comes from.' };
  }
  if (epochlogView > version) {
    return { problem: 'This view was saved by a newer Epochlog: update the extension to open it.' };
  }
  const [other] = Object.keys(others);
  if (other !== undefined) {
    return {
      problem: `A view has no “${other.slice(0, 40)}”: take it out of the file to open it.`,
    };
  }
  const cleaned = typeof name === 'string' ? cleanViewName(name) : undefined;
  if (cleaned === undefined) return { problem: 'This view has no name: write one into the file.' };
  const known = (['runTable', 'charts', 'leaderboard'] as const).find((each) => each === page);
  if (known === undefined) {
    return { problem: 'This view is of a page that this Epochlog does not have.' };
  }
  if (wanted !== undefined && wanted !== known) {
    return {
      problem: `This is a view of the ${pageNames[known]}, not of the ${pageNames[wanted]}: open it there.`,
    };
  }
  if (typeof state !== 'object' || state === null || Array.isArray(state) || !isShallow(state)) {
    return { problem: 'What this view shows cannot be read: save it again where it comes from.' };
  }
  const printed = JSON.stringify(state);
  if (utf8Bytes(printed) > maxViewStateBytes) {
    return {
      problem: `This view is too large: at most ${maxViewStateBytes / 1024} KB can be kept.`,
    };
  }
  return { view: { name: cleaned, page: known, state: printed } };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    // SAFETY: any object can be read by name; what is read is checked.
    return value as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** Whether who goes through it need not fear for the stack; without names that objects have already. */
function isShallow(state: object): boolean {
  let level: readonly unknown[] = [state];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return false;
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      if (Object.hasOwn(value, '__proto__')) return false;
      // One by one: a call takes only so many arguments.
      for (const item of Object.values(value)) next.push(item);
    }
    level = next;
  }
  return true;
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
