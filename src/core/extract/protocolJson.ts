import { protocolNumber } from './protocolNumber';
import { MalformedLine, type ProtocolReport } from './protocolReport';

type Fields = { -readonly [Key in keyof ProtocolReport]: ProtocolReport[Key] };
type JsonObject = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 8;
const MAX_ENTRIES = 2_000;

/** How each field of the JSON form is read. */
const readers: Readonly<Record<string, (value: unknown, fields: Fields, key: string) => void>> = {
  metrics(value, fields, key) {
    fields.metrics = leavesOf(value, key).map(([name, leaf]) => ({
      key: name,
      value: numberOf(leaf, name),
    }));
  },
  step(value, fields, key) {
    fields.step = numberOf(value, key);
  },
  epoch(value, fields, key) {
    fields.epoch = numberOf(value, key);
  },
  context(value, fields, key) {
    fields.context = textOf(value, key);
  },
  params(value, fields, key) {
    fields.params = leavesOf(value, key).map(toEntry);
  },
  tags(value, fields, key) {
    fields.tags = Array.isArray(value)
      ? value.map((tag) => ({ key: textOf(tag, key), value: '' }))
      : leavesOf(value, key).map(toEntry);
  },
  artifact(value, fields, key) {
    fields.artifacts = (Array.isArray(value) ? value : [value]).map((path) => textOf(path, key));
  },
  name(value, fields, key) {
    fields.name = textOf(value, key);
  },
  run(value, fields, key) {
    fields.part = textOf(value, key);
  },
  end(value, fields) {
    fields.endsPart = value === true;
  },
};

/**
 * Reads the JSON form of the line protocol.
 *
 * @throws MalformedLine, also for a field that is not known, as it may be a misspelt one.
 */
export function jsonReport(text: string): ProtocolReport {
  const fields: Fields = {};
  for (const [key, value] of Object.entries(parse(text))) {
    const read = Object.hasOwn(readers, key) ? readers[key] : undefined;
    if (read === undefined) throw new MalformedLine(`"${key}" is not known`);
    read(value, fields, key);
  }
  return fields;
}

/** Python's `json.dumps` writes NaN and Infinity, for which JSON has no words. */
const NOT_FINITE = /("(?:[^"\\]|\\.)*")|(-?Infinity|NaN)/g;

function parse(text: string): JsonObject {
  const quoted = text.replace(NOT_FINITE, (_, string, word) => string ?? `"${word}"`);
  try {
    const value: unknown = JSON.parse(quoted);
    if (isObject(value)) return value;
  } catch {
    // The same as for a value that is no object.
  }
  throw new MalformedLine('its JSON cannot be read');
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberOf(value: unknown, key: string): number {
  const number = protocolNumber(value);
  if (number === undefined) throw new MalformedLine(`"${key}" is no number`);
  return number;
}

function textOf(value: unknown, key: string): string {
  if (typeof value !== 'string' || value === '') throw new MalformedLine(`"${key}" is no text`);
  return value;
}

function toEntry([key, value]: readonly [string, unknown]) {
  return { key, value: typeof value === 'string' ? value : JSON.stringify(value) };
}

/** The values of nested objects under dotted keys. */
function leavesOf(value: unknown, key: string): readonly (readonly [string, unknown])[] {
  if (!isObject(value)) throw new MalformedLine(`"${key}" is no object`);
  const found: (readonly [string, unknown])[] = [];
  const collect = (object: JsonObject, prefix: string, depth: number): void => {
    for (const [name, each] of Object.entries(object)) {
      if (found.length >= MAX_ENTRIES) return;
      if (isObject(each) && depth < MAX_DEPTH) collect(each, `${prefix}${name}.`, depth + 1);
      else found.push([prefix + name, each]);
    }
  };
  collect(value, '', 0);
  return found;
}
