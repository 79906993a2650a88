import type { PyValue } from './value';

const maxDepth = 12;
/** A value with more parts is data, not a param. */
const maxParts = 1_000;

interface Room {
  left: number;
}

/**
 * What Python's `str` gives, save that an enum's member is its value, as a user would write it.
 * Undefined if a part of it is not known.
 */
export function strOf(value: PyValue): string | undefined {
  if (value.kind === 'str' || value.kind === 'path') return value.value;
  return reprOf(value);
}

/** What Python's `repr` gives; undefined if a part of it is not known. */
export function reprOf(
  value: PyValue,
  depth = 0,
  room: Room = { left: maxParts },
): string | undefined {
  room.left -= 1;
  if (depth > maxDepth || room.left < 0) return undefined;
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return String(value.value);
    case 'float':
      return floatText(value.value);
    case 'str':
      return quoted(value.value);
    case 'bytes':
      return `b${quoted(value.value)}`;
    case 'path':
      return `PosixPath(${quoted(value.value)})`;
    case 'list':
    case 'tuple':
    case 'set': {
      if (value.isUncertain || value.items.length > maxParts) return undefined;
      const items = allKnown(value.items.map((item) => reprOf(item, depth + 1, room)));
      if (items === undefined) return undefined;
      if (value.kind === 'list') return `[${items.join(', ')}]`;
      if (value.kind === 'set') return items.length === 0 ? 'set()' : `{${items.join(', ')}}`;
      return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
    }
    case 'dict': {
      if (value.isUncertain || value.entries.size > maxParts) return undefined;
      const entries = allKnown(
        [...value.entries].map(([key, item]) => {
          const text = reprOf(item, depth + 1, room);
          return text === undefined ? undefined : `${key}: ${text}`;
        }),
      );
      return entries === undefined ? undefined : `{${entries.join(', ')}}`;
    }
    case 'instance': {
      const member = enumValue(value);
      return member === undefined ? undefined : strOf(member);
    }
    default:
      return undefined;
  }
}

/** The value of a member of an enum. */
export function enumValue(value: PyValue): PyValue | undefined {
  return value.kind === 'instance' && value.attributes.has('_name_')
    ? value.attributes.get('value')
    : undefined;
}

/** The shortest text that gives the same float again, by the rules of Python's `float.__repr__`. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const [mantissa = '0', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  const text = String(value);
  return text.includes('.') ? text : `${text}.0`;
}

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(/[\\\n\r\t]/g, (char) => escapes[char] ?? char);
  return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function allKnown(texts: readonly (string | undefined)[]): string[] | undefined {
  const known = texts.filter((text) => text !== undefined);
  return known.length === texts.length ? known : undefined;
}
