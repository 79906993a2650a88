import { secretNameStrength } from './secretNames';
import { longestShape, secretShapes } from './secretShapes';
import type { Trigger } from './secretTriggers';
import { isRandom, isSecretValue } from './secretValues';
import {
  type Swallow,
  swallowClass,
  swallowCount,
  swallowLine,
  swallowPem,
  swallowValue,
} from './swallow';

/** What a trigger turned out to be; `unknown` until more of the text is there. */
export type Finding =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'secret'; readonly from: number; readonly swallow: Swallow };

/** So much before a trigger can say what it is. */
export const lookBehind = 256;
/** And so much of the line after it. */
const lookAhead = 320;

const nothing: Finding = { kind: 'nothing' };
const unknown: Finding = { kind: 'unknown' };
const secret = (from: number, swallow: Swallow): Finding => ({ kind: 'secret', from, swallow });

/**
 * Decides by the line that the trigger stands in, from `lookBehind` before it to `lookAhead` behind
 * it, and by nothing else: so the answer does not depend on where a text was cut.
 */
export function findSecret(text: string, trigger: Trigger, isEnd: boolean): Finding {
  switch (trigger.kind) {
    case 'shape':
      return ofShape(text, trigger, isEnd);
    case 'url':
      return inUrl(text, trigger, isEnd);
    case 'name':
      return ofName(text, trigger, isEnd);
    default: {
      const after = lineAfter(text, trigger.at, isEnd);
      if (after === undefined) return unknown;
      return inLine[trigger.kind](after, trigger.at, lineBefore(text, trigger.at));
    }
  }
}

// The body begins on the next line, or behind an escaped end of this one.
const pemHead =
  /^-----begin [a-z\d ]*private key(?: block)?-----(?=(?:\\[rn]|["'\s+,])*(?:$|[a-z\d+/]{16}))/i;

const inLine = {
  /** The signature of an address, as Azure and others give out. */
  query(after: string, at: number, before: string): Finding {
    const from = 'sig='.length;
    const value = preview(after.slice(from), '');
    return /[?&;]$/.test(before) &&
      isSecretValue({ name: 'sig', strength: 'strong', value, quote: '' })
      ? secret(at + from, swallowValue(''))
      : nothing;
  },
  pem(after: string, at: number): Finding {
    const head = pemHead.exec(after);
    return head === null ? nothing : secret(at + head[0].length, swallowPem());
  },
  cookie(after: string, at: number): Finding {
    const head = /^cookie["']?(?:\s*[:=]|\s)\s*["']?(?=[\w.-]+=)/i.exec(after);
    if (head === null) return nothing;
    return secret(at + head[0].length, swallowLine(/["']$/.exec(head[0])?.[0] ?? ''));
  },
  tool: ofTool,
};

/** The rest of the line, or as much of it as counts; undefined if it is not all there yet. */
function lineAfter(text: string, at: number, isEnd: boolean): string | undefined {
  const window = text.slice(at, at + lookAhead);
  // A line of a shell goes on behind a backslash.
  const end = window.search(/(?<!\\)[\r\n]/);
  if (end !== -1) return window.slice(0, end);
  return isEnd || window.length === lookAhead ? window : undefined;
}

function lineBefore(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - lookBehind), at);
  return before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
}

// A letter before it makes it a part of a word, unless it ends an escape of another language.
const joined = /[A-Za-z\d]$/;
const escapeBefore = /(?:\\[nrt]|%[\da-fA-F]{2}|\\u[\da-fA-F]{4})$/;

function ofShape(text: string, { at, end }: Trigger, isEnd: boolean): Finding {
  const before = text.slice(Math.max(0, at - 6), at);
  const literal = text.slice(at, end);
  if (/^\w/.test(literal) && joined.test(before) && !escapeBefore.test(before)) return nothing;
  const shape = shapes.get(literal) ?? shapes.get(literal.toLowerCase());
  if (shape === undefined) return nothing;
  const { body, goesOn } = shape;
  body.lastIndex = end;
  if (body.test(text)) return secret(end, swallowClass(goesOn));
  return !isEnd && couldGoOn(text, end) ? unknown : nothing;
}

const shapes = new Map(secretShapes.map((shape) => [shape.prefix, shape]));

/** Whether all that is there behind a prefix could be the beginning of a body. */
function couldGoOn(text: string, from: number): boolean {
  if (text.length - from >= longestShape) return false;
  for (let at = from; at < text.length; at++) {
    if (!/[\w.~+/=:-]/.test(text.charAt(at))) return false;
  }
  return true;
}

const longestUserInfo = 512;
const userInfo = /[^\s/?#"'`<>\\]*/y;

/** `scheme://user:password@host`, RFC 3986. */
function inUrl(text: string, { end }: Trigger, isEnd: boolean): Finding {
  const window = text.slice(end, end + longestUserInfo);
  userInfo.lastIndex = 0;
  const authority = userInfo.exec(window)?.[0] ?? '';
  if (authority.length === window.length && !isEnd && window.length < longestUserInfo) {
    return unknown;
  }
  const hostAt = authority.lastIndexOf('@');
  if (hostAt === -1) return nothing;
  const passwordAt = authority.indexOf(':') + 1;
  const from = passwordAt > 0 && passwordAt <= hostAt ? passwordAt : 0;
  const value = authority.slice(from, hostAt);
  const isSecret =
    from === 0
      ? value.length >= 20 && isRandom(value)
      : isSecretValue({ name: 'password of a URL', strength: 'strong', value, quote: '' });
  return isSecret ? secret(end + from, swallowCount(hostAt - from)) : nothing;
}

const nameAfter = /[\w-]{0,40}/y;
const longestHead = 64;

function nameStart(text: string, at: number): number {
  const first = Math.max(0, at - longestHead);
  let start = at;
  while (start > first && /[\w.$-]/.test(text.charAt(start - 1))) start--;
  return start;
}

function ofName(text: string, { at, end }: Trigger, isEnd: boolean): Finding {
  nameAfter.lastIndex = end;
  const tail = nameAfter.exec(text)?.[0] ?? '';
  const nameEnd = end + tail.length;
  if (nameEnd === text.length && !isEnd && tail.length < 40) return unknown;
  // Most are parts of ordinary words, which what follows them shows without reading on.
  const follows = text.charAt(nameEnd);
  if (nameEnd < text.length && !/[\s=:"'`\\|│┃.,>]/.test(follows)) return nothing;
  const headAt = nameStart(text, at);
  const head = text.slice(headAt, at);
  const before = lineBefore(text, at);
  const written = head + text.slice(at, nameEnd);
  const spaced =
    head === '' ? (/(?:api|access|secret|private|auth|hf) $/i.exec(before)?.[0] ?? '') : '';
  const ahead = before.slice(0, before.length - head.length);
  const isOption = /^-{1,2}[A-Za-z]/.test(written);
  const name = spaced + written.replace(/^[-.$]+/, '');
  if (/^authorization$/i.test(name.replace(/^.*(?:proxy-|[.])/i, ''))) {
    const after = lineAfter(text, nameEnd, isEnd);
    return after === undefined ? unknown : ofAuthorization(after, nameEnd, ahead);
  }
  const strength = strengthOf(name, isOption, ahead);
  if (strength === undefined) return nothing;
  const after = lineAfter(text, nameEnd, isEnd);
  if (after === undefined) return unknown;
  const parted = separatorOf(after, name, isOption, ahead);
  if (parted === undefined) return nothing;
  const opened = /^(?:[bBrRuUfF]{1,2}(?=["'\\]))?(\\?["'`]|)/.exec(after.slice(parted));
  const quote = opened?.[1] ?? '';
  const valueAt = parted + (opened?.[0].length ?? 0);
  const value = preview(after.slice(valueAt, valueAt + 80), quote);
  if (/^-----BEGIN /.test(value)) return nothing;
  return isSecretValue({ name, strength, value, quote })
    ? secret(nameEnd + valueAt, swallowValue(quote))
    : nothing;
}

function strengthOf(name: string, isOption: boolean, ahead: string) {
  if (/^(?:key|token)$/.test(name) && /\blogin\(\s*(?:[\w]+=\S+\s+)?$/.test(ahead)) return 'strong';
  if (/^(?:key|token|auth|signature)$/i.test(name) && /[?&]$/.test(ahead)) return 'likely';
  if (name === 'pass' && /-pass(?:in|out)?\s+$/.test(ahead)) return 'strong';
  return secretNameStrength(name, isOption);
}

// What stands between a name and its value, in shells, JSON, YAML, Python, PowerShell and tables.
const separator =
  /^(?:\\?["'`]\]?)?[ \t]{0,48}(?::[ \t]*(?:Optional\[)?(?:str|SecretStr|string)\]?(?:[ \t]*\|[ \t]*None)?[ \t]*=(?!=)|:=|=>|={1,2}|:|\.{3,}[ \t.:]*|[|│┃])[ \t]{0,48}/;
const pairSeparator = /^\\?["'`][ \t]*,[ \t]*(?=\\?["'`])/;
const blanks = /^(?:[ \t]|\\\n)+(?![-=:|])/;
const assigns = /(?:^|[\s;&|])(?:set\s+-\w+(?:\s+-\w+)*|setx|setenv|ENV)\s+$/;

/** Where the value begins in `after`. */
function separatorOf(
  after: string,
  name: string,
  isOption: boolean,
  ahead: string,
): number | undefined {
  const match =
    separator.exec(after) ??
    pairSeparator.exec(after) ??
    (isOption || assigns.test(ahead) || (name === 'password' && /\blogin\s+\S+\s+$/.test(ahead))
      ? blanks.exec(after)
      : null);
  return match?.[0].length;
}

/** The beginning of a value, up to where a reader would see its end. */
function preview(text: string, quote: string): string {
  if (quote === '') return /^(?:(?![,;&]["']?[A-Za-z_][\w.-]*[=:])\S)*/.exec(text)?.[0] ?? '';
  const end = text.indexOf(quote);
  return end === -1 ? text : text.slice(0, end);
}

const scheme =
  /^(?:\\?["'])?\]?[ \t]*[:=\\][ \t]*(\\?["']|)(?:(?:bearer|basic|token|apikey|api-key|digest|negotiate|bot)\\?[ \t]+)?/i;

/** The header of RFC 9110: the scheme stays, the credentials go. */
function ofAuthorization(after: string, at: number, ahead: string): Finding {
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

const endOfTool = String.raw`(?:\.exe)?\s(?:[^;&|\n]*\s)?$`;
const tool = (names: string) => new RegExp(String.raw`(?:^|[\s;&|(/])(?:${names})${endOfTool}`);

interface ToolOption {
  /** What stands before the option. */
  readonly before: RegExp;
  /** The option with all that stands before the secret. */
  readonly option: RegExp;
}

/** Options that only their tool tells from others. */
const toolOptions: readonly ToolOption[] = [
  { before: tool(String.raw`(?:mysql|mariadb)[\w-]*`), option: /^ -p(?=[^\s])/ },
  { before: tool('sshpass'), option: /^ -p\s?(?=\S)/ },
  {
    before: tool('curl|wget|https?|xh'),
    option: /^ (?:-[uU]\s*|--user[ =]|--proxy-user[ =])["']?[^\s:"']*:/,
  },
  { before: tool('redis-cli'), option: /^ -a\s+/ },
  { before: tool('mongo|mongosh|mongodump|mongorestore'), option: /^ -p\s+/ },
  { before: tool('zip|unzip'), option: /^ -P\s+/ },
  { before: tool('7z|7za'), option: /^ -p(?=\S)/ },
  {
    before:
      /(?:^|[\s;&|(/])(?:docker|podman|nerdctl|helm|oc|az|skopeo|buildah)\s(?:[^;&|\n]*\s)?login(?:\s[^;&|\n]*)?$/,
    option: /^ -p[ =]/,
  },
];

function ofTool(after: string, at: number, before: string): Finding {
  const login = /^wandb login(?:\s+--[\w-]+(?:=\S+)?)*\s+(?=[\w-]*\d)(?=[\w-]{20})/i.exec(after);
  if (login !== null) return secret(at + login[0].length, swallowValue(''));
  // `-user` is found inside `--user`, which begins a blank and a dash before.
  const dashes = after.startsWith('-') ? (/\s-[a-z-]*$/.exec(before)?.[0] ?? '') : '';
  const option = dashes + after;
  const ahead = `${before.slice(0, before.length - dashes.length)} `;
  for (const each of toolOptions) {
    const head = each.option.exec(option.replace(/^\s/, ' '));
    if (head === null || !each.before.test(ahead)) continue;
    const from = head[0].length;
    const quote = /^["']/.exec(option.slice(from))?.[0] ?? '';
    const value = preview(option.slice(from + quote.length, from + quote.length + 80), quote);
    if (!isSecretValue({ name: 'password', strength: 'strong', value, quote })) return nothing;
    const opened = quote || (/["']/.exec(head[0])?.[0] ?? '');
    return secret(at - dashes.length + from + quote.length, swallowValue(opened));
  }
  return nothing;
}
