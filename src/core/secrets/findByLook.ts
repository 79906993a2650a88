import { type Finding, nothing, secret, unknown } from './finding';
import { longestShape, secretShapes } from './secretShapes';
import type { Trigger } from './secretTriggers';
import { isRandom, isSecretValue } from './secretValues';
import { swallowClass, swallowCount } from './swallow';

// A letter before it makes it a part of a word, unless it ends an escape of another language.
const joined = /[A-Za-z\d]$/;
const escapeBefore = /(?:\\[nrt]|%[\da-fA-F]{2}|\\u[\da-fA-F]{4})$/;

/** A credential that begins as its issuer writes it. */
export function findShape(text: string, { at, end }: Trigger, isEnd: boolean): Finding {
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
export function findInUrl(text: string, { end }: Trigger, isEnd: boolean): Finding {
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
