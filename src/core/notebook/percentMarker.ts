/** What the line that begins a cell of a script says of it. */
export interface PercentMarker {
  readonly kind: 'code' | 'markdown' | 'raw';
  /** Undefined where it names none. */
  readonly title?: string;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * `# %% Title [markdown] key="value"`, as Jupytext and VS Code's Python extension read it. `# %%time` is none: that is
 * how Jupytext writes the magic of a cell.
 */
const percent = /^\s*#\s*%%%*(?:[ \t]+(.*?)|(\[(?:markdown|md|raw)\].*?))?\s*$/;
/** Of Spyder, and of `nbconvert --to script`. */
const older = /^\s*#\s*(?:<codecell>|In\[[0-9 ]*\]:?)\s*$/;
const kindTag = /\[(markdown|md|raw)\]/;

/** @returns undefined if the line begins no cell. */
export function readPercentMarker(line: string): PercentMarker | undefined {
  if (!line.includes('#')) return undefined;
  const found = percent.exec(line);
  if (found === null) return older.test(line) ? { kind: 'code', metadata: {} } : undefined;
  const options = found[1] ?? found[2] ?? '';
  const tag = kindTag.exec(options)?.[1];
  const [title, metadata] = splitOptions(options.replace(kindTag, ' '));
  return {
    kind: tag === undefined ? 'code' : tag === 'raw' ? 'raw' : 'markdown',
    ...(title !== '' && { title }),
    metadata,
  };
}

/** Whether any line of a text begins a cell with `%%`. */
export function isPercentScript(text: string): boolean {
  return /^[ \t]*#[ \t]*%%%*(?:[ \t]|\[(?:markdown|md|raw)\]|\r?$)/m.test(text);
}

/** A title, then `key=value key=value` or one JSON object. What cannot be read so belongs to the title. */
function splitOptions(options: string): readonly [string, Readonly<Record<string, unknown>>] {
  const whole = options.trim();
  const curly = whole.indexOf('{');
  const equal = whole.indexOf('=');
  if (curly >= 0 && (equal < 0 || curly < equal)) {
    const value = parseJson(whole.slice(curly));
    // SAFETY: it begins with a curly bracket, so that JSON makes an object of it.
    if (value !== undefined)
      return [words(whole.slice(0, curly)), value as Record<string, unknown>];
    return [words(whole), {}];
  }
  let title = whole;
  const pairs: [string, unknown][] = [];
  for (;;) {
    const pair = lastPair(title);
    if (!pair) break;
    pairs.unshift([pair.key, pair.value]);
    title = title.slice(0, pair.at).trimEnd();
  }
  return [words(title), Object.fromEntries(pairs)];
}

/** The last `key=value` of a text whose value, up to the end, is JSON or a literal of Python. */
function lastPair(text: string) {
  for (let equal = text.lastIndexOf('='); equal > 0; equal = text.lastIndexOf('=', equal - 1)) {
    const key = /(?:^|\s)([\p{L}_][\p{L}\p{N}_.-]*)$/u.exec(text.slice(0, equal))?.[1];
    if (key === undefined) continue;
    const value = parseJson(text.slice(equal + 1));
    if (value !== undefined) return { key, value, at: equal - key.length };
  }
  return undefined;
}

const pythonWords: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['True', true],
  ['False', false],
  ['None', null],
]);

function parseJson(text: string): unknown {
  const trimmed = text.trim();
  if (pythonWords.has(trimmed)) return pythonWords.get(trimmed);
  try {
    return JSON.parse(/^'[^'"\\]*'$/.test(trimmed) ? `"${trimmed.slice(1, -1)}"` : trimmed);
  } catch {
    return undefined;
  }
}

function words(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
