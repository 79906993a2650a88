import { type Finding, lineAfter, lineBefore, nothing, preview, secret, unknown } from './finding';
import { type NameStrength, secretNameStrength } from './secretNames';
import type { Trigger } from './secretTriggers';
import { isSecretValue } from './secretValues';
import { swallowLine, swallowValue } from './swallow';

const nameAfter = /[\w-]{0,40}/y;
const longestHead = 64;

function nameStart(text: string, at: number): number {
  const first = Math.max(0, at - longestHead);
  let start = at;
  while (start > first && /[\w.$-]/.test(text.charAt(start - 1))) start--;
  return start;
}

/** The value that stands behind a name, as it is written in shells, data, code and tables. */
export function findNamed(text: string, { at, end }: Trigger, isEnd: boolean): Finding {
  nameAfter.lastIndex = end;
  const tail = nameAfter.exec(text)?.[0] ?? '';
  const nameEnd = end + tail.length;
  if (nameEnd === text.length && !isEnd && tail.length < 40) return unknown;
  // Most are parts of ordinary words, which what follows them shows without reading on.
  if (nameEnd < text.length && !/[\s=:"'`\\|│┃.,>]/.test(text.charAt(nameEnd))) return nothing;
  const name = readName(text, at, nameEnd);
  if (/^(?:.*[.])?(?:proxy-)?authorization$/i.test(name.text)) {
    const after = lineAfter(text, nameEnd, isEnd);
    return after === undefined ? unknown : findAuthorization(after, nameEnd, name.ahead);
  }
  if (isFollowedByWord(text, nameEnd, name)) return nothing;
  const strength = strengthOf(name);
  if (strength === undefined) return nothing;
  const after = lineAfter(text, nameEnd, isEnd);
  if (after === undefined) return unknown;
  const valueAt = separatorLength(after, name);
  if (valueAt === undefined) return nothing;
  const opened = /^(?:[bBrRuUfF]{1,2}(?=["'\\]))?(\\?["'`]|)/.exec(after.slice(valueAt));
  const quote = opened?.[1] ?? '';
  const from = valueAt + (opened?.[0].length ?? 0);
  const value = preview(after.slice(from, from + 80), quote);
  if (/^-----BEGIN /.test(value)) return nothing;
  return isSecretValue({ name: name.text, strength, value, quote })
    ? secret(nameEnd + from, swallowValue(quote))
    : nothing;
}

interface WrittenName {
  readonly text: string;
  readonly isOption: boolean;
  /** The line up to it. */
  readonly ahead: string;
}

function readName(text: string, at: number, end: number): WrittenName {
  const start = nameStart(text, at);
  const written = text.slice(start, end);
  const ahead = lineBefore(text, start);
  // `API key:` is one name, too.
  const first =
    start === at ? (/(?:api|access|secret|private|auth|hf) $/i.exec(ahead)?.[0] ?? '') : '';
  return {
    text: first + written.replace(/^[-.$]+/, ''),
    isOption: /^-{1,2}[A-Za-z]/.test(written),
    ahead,
  };
}

function strengthOf({ text, isOption, ahead }: WrittenName): NameStrength | undefined {
  if (/^(?:key|token)$/.test(text) && /\blogin\(\s*(?:\w+=\S+\s+)?$/.test(ahead)) return 'strong';
  if (/^(?:key|token|auth|signature)$/i.test(text) && /[?&]$/.test(ahead)) return 'likely';
  if (text === 'pass' && /-pass(?:in|out)?\s+$/.test(ahead)) return 'strong';
  return secretNameStrength(text, isOption);
}

// What stands between a name and its value, in shells, JSON, YAML, Python, PowerShell and tables.
const separator =
  /^(?:\\?["'`]\]?)?[ \t]{0,48}(?::[ \t]*(?:Optional\[)?(?:str|SecretStr|string)\]?(?:[ \t]*\|[ \t]*None)?[ \t]*=(?!=)|:=|=>|={1,2}|:|\.{3,}[ \t.:]*|(?<=[ \t])[|│┃](?=[ \t]))[ \t]{0,48}/;
const pairSeparator = /^\\?["'`][ \t]*,[ \t]*(?=\\?["'`])/;
const blanks = /^(?:[ \t]|\\\n)+(?![-=:|])/;
const assigns = /(?:^|[\s;&|])(?:set\s+-\w+(?:\s+-\w+)*|setx|setenv|ENV)\s+$/;

/** Where the value begins in `after`, which stands behind the name. */
function separatorLength(after: string, name: WrittenName): number | undefined {
  const match =
    separator.exec(after) ??
    (/[([][ \t]*\\?["'`]$/.test(name.ahead) ? pairSeparator.exec(after) : null) ??
    (takesBlanks(name) ? blanks.exec(after) : null);
  return match?.[0].length;
}

/** Whether blanks alone part it from its value. */
function takesBlanks({ text, isOption, ahead }: WrittenName): boolean {
  return (
    isOption ||
    assigns.test(ahead.slice(-40)) ||
    (text === 'password' && /\blogin\s+\S+\s+$/.test(ahead))
  );
}

/** Sees without reading on that it is a word of a sentence. */
function isFollowedByWord(text: string, nameEnd: number, name: WrittenName): boolean {
  let at = nameEnd;
  while (at < text.length && (text.charAt(at) === ' ' || text.charAt(at) === '\t')) at++;
  return (
    at > nameEnd && at < text.length && !/[=:.|│┃]/.test(text.charAt(at)) && !takesBlanks(name)
  );
}

const scheme =
  /^(?:\\?["'])?\]?[ \t]*[:=\\][ \t]*(\\?["']|)(?:(?:bearer|basic|token|apikey|api-key|digest|negotiate|bot)\\?[ \t]+)?/i;

/** The header of RFC 9110: the scheme stays, the credentials go. */
function findAuthorization(after: string, at: number, ahead: string): Finding {
  const head = scheme.exec(after);
  if (head === null) return nothing;
  const value = after.slice(head[0].length);
  const first = /^[^\s"']*/.exec(value)?.[0] ?? '';
  if (!isSecretValue({ name: 'Authorization', strength: 'strong', value: first, quote: '' })) {
    return nothing;
  }
  const from = at + head[0].length;
  const isOneWord = /[A-Za-z]\\?[ \t]+$/.test(head[0]);
  if (isOneWord) return secret(from, swallowValue(''));
  const quote = head[1] || /["']$/.exec(ahead)?.[0] || '';
  return secret(from, swallowLine(quote.slice(-1)));
}
