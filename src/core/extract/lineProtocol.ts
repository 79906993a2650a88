import { jsonReport } from './protocolJson';
import { protocolNumber } from './protocolNumber';
import { MalformedLine, type ProtocolEntry, type ProtocolReport } from './protocolReport';

/** Behind whatever a logger or a launcher puts in front; but not in quotes, as in a program's source. */
const MARK = /(?:^|[\s\]:|>])epochlog:(?=\s)/;
const WORD = 'epochlog:';
const LONGEST_LINE_CHARS = 64 * 1024;
const LONGEST_EXCERPT_CHARS = 40;

/**
 * Reads a line of the protocol that README.md documents: `epochlog:` and then JSON, or one of
 * `loss=0.5 step=3`, `param lr=0.1`, `tag data=v2`, `artifact PATH`, `name NAME`, `run NAME`, `end`.
 *
 * @param line with or without timestamps and the like in front.
 * @returns undefined for a line of another kind.
 * @throws MalformedLine.
 */
export function readProtocolLine(line: string): ProtocolReport | undefined {
  const mark = line.includes(WORD) ? MARK.exec(line) : null;
  if (mark === null) return undefined;
  if (line.length > LONGEST_LINE_CHARS) throw new MalformedLine('it is too long');
  const text = line.slice(mark.index + mark[0].length).trim();
  if (text.startsWith('{')) return jsonReport(text);
  const [, word = '', rest = ''] = /^([a-z]+)(?:\s+(.*))?$/s.exec(text) ?? [];
  switch (word) {
    case 'param':
      return { params: readPairs(rest) };
    case 'tag':
      return { tags: readPairs(rest, '') };
    case 'artifact':
      return { artifacts: [readText(rest)] };
    case 'name':
      return { name: readText(rest) };
    case 'run':
      return { part: readText(rest) };
    case 'end':
      if (rest !== '') throw new MalformedLine('"end" stands alone');
      return { endsPart: true };
    default:
      return metricReport(readPairs(text));
  }
}

function readText(text: string): string {
  const bare = unquote(text.trim());
  if (bare === '') throw new MalformedLine('it ends too early');
  return bare;
}

function unquote(text: string): string {
  return /^(["']).*\1$/s.test(text) && text.length > 1 ? text.slice(1, -1) : text;
}

const PAIR = /([^\s="']+)(?:=("[^"]*"|'[^']*'|\S+))?(?:\s+|$)/y;

/** @param bareValue the value of a word without `=`; undefined where each needs one. */
function readPairs(text: string, bareValue?: string): readonly ProtocolEntry[] {
  const pairs: ProtocolEntry[] = [];
  for (let at = 0; at < text.length; at = PAIR.lastIndex) {
    PAIR.lastIndex = at;
    const [, key, written] = PAIR.exec(text) ?? [];
    const value = written === undefined ? bareValue : unquote(written);
    if (key === undefined || value === undefined) {
      const excerpt = text.slice(at, at + LONGEST_EXCERPT_CHARS);
      throw new MalformedLine(`"${excerpt}" is no name=value`);
    }
    pairs.push({ key, value });
  }
  if (pairs.length === 0) throw new MalformedLine('it says nothing');
  return pairs;
}

function metricReport(pairs: readonly ProtocolEntry[]): ProtocolReport {
  const metrics: { key: string; value: number }[] = [];
  const place: { step?: number; epoch?: number; context?: string } = {};
  for (const { key, value } of pairs) {
    if (key === 'context') {
      place.context = value;
      continue;
    }
    const number = protocolNumber(value);
    if (number === undefined) throw new MalformedLine(`"${key}=${value}" is no number`);
    if (key === 'step' || key === 'epoch') place[key] = number;
    else metrics.push({ key, value: number });
  }
  if (metrics.length === 0) throw new MalformedLine('it has no metric');
  return { metrics, ...place };
}
