import { ConfigError, type ConfigMap, ConfigRoom, emptyMap, scalar } from './configValue';

const section = /^\[([^\]]+)\]\s*(?:[;#].*)?$/;
const entry = /^([^=:\s][^=:]*?)\s*[=:]\s*(.*)$/;
/** A comment behind a value stands behind a blank. */
const inlineComment = /\s+[;#].*$/;

/**
 * Reads an INI file as Python's configparser does: `[section]`, `key = value` or `key: value`, and
 * values that go on in indented lines. The entries of `DEFAULT` stand outside of all sections; a
 * section with dots in its name is one within others, as in spaCy's files.
 *
 * @throws ConfigError
 */
export function readIni(text: string): ConfigMap {
  const room = new ConfigRoom();
  const root = emptyMap();
  let within = root;
  let last: { readonly map: ConfigMap; readonly key: string } | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || /^[;#]/.test(trimmed)) continue;
    if (/^\s/.test(line) && last !== undefined) {
      const before = last.map.entries.get(last.key);
      const first = before?.kind === 'scalar' ? before.text : '';
      last.map.entries.set(last.key, scalar(`${first}\n${trimmed}`.trim()));
      continue;
    }
    room.take(0);
    const name = section.exec(trimmed)?.[1];
    if (name !== undefined) {
      within = /^DEFAULT$/i.test(name) ? root : sectionOf(root, name.trim());
      last = undefined;
      continue;
    }
    const [, key, value] = entry.exec(trimmed) ?? [];
    if (key === undefined || value === undefined) {
      throw new ConfigError(`line ${index + 1}: neither a section nor a value`);
    }
    const quoted = /^(["'])(.*)\1$/.exec(value);
    within.entries.set(
      key,
      quoted ? scalar(quoted[2] ?? '', true) : scalar(value.replace(inlineComment, '')),
    );
    last = { map: within, key };
  }
  return root;
}

function sectionOf(root: ConfigMap, name: string): ConfigMap {
  let at = root;
  for (const part of name.split('.')) {
    const there = at.entries.get(part);
    const next = there?.kind === 'map' ? there : emptyMap();
    at.entries.set(part, next);
    at = next;
  }
  return at;
}
