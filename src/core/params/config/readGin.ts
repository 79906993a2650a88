import { ConfigError, type ConfigMap, ConfigRoom, emptyMap, scalar } from './configValue';

const binding = /^((?:[\w.-]+\/)*(?:[\w.-]+))\s*=\s*(.*)$/s;
/** What stands before a `#` that is in no text. */
const comment = /^((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^#"'])*)#.*$/;
const include = /^include\s+(['"])(.+)\1$/;

export interface GinFile {
  readonly bindings: ConfigMap;
  /** The files that it includes, as written. */
  readonly includes: readonly string[];
}

/**
 * Reads gin's bindings: `scope/function.parameter = value`. References (`@function`, `%macro`) stay as
 * they are written. Source: the grammar in gin-config's `config_parser.py`.
 *
 * @throws ConfigError
 */
export function readGin(text: string): GinFile {
  const room = new ConfigRoom();
  const bindings = emptyMap();
  const includes: string[] = [];
  for (const { statement, line } of statements(text)) {
    room.take(0);
    if (/^(?:import|from)\s/.test(statement)) continue;
    const included = include.exec(statement)?.[2];
    if (included !== undefined) {
      includes.push(included);
      continue;
    }
    const [, key, value] = binding.exec(statement) ?? [];
    if (key === undefined || value === undefined) {
      throw new ConfigError(`line ${line}: neither a binding nor an include`);
    }
    const quoted = /^(["'])((?:(?!\1)[^\\])*)\1$/s.exec(value);
    bindings.entries.set(key, quoted ? scalar(quoted[2] ?? '', true) : scalar(value));
  }
  return { bindings, includes };
}

/** Statements end with their line, but for those in brackets or behind a backslash. */
function* statements(text: string): Generator<{ statement: string; line: number }> {
  let parts: string[] = [];
  let depth = 0;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(comment, '$1').trim();
    const goesOn = line.endsWith('\\');
    const content = goesOn ? line.slice(0, -1).trim() : line;
    if (content !== '') parts.push(content);
    for (const char of content.replace(/"[^"]*"|'[^']*'/g, '')) {
      if ('([{'.includes(char)) depth += 1;
      else if (')]}'.includes(char)) depth -= 1;
    }
    if (depth > 0 || goesOn || parts.length === 0) continue;
    // `name =` has its value on the next line.
    if (/=$/.test(parts.at(-1) ?? '')) continue;
    yield { statement: parts.join(' '), line: index + 1 };
    parts = [];
    depth = 0;
  }
  if (parts.length > 0) yield { statement: parts.join(' '), line: text.split('\n').length };
}
