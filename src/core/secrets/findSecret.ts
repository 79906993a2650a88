import { findInUrl, findShape } from './findByLook';
import { type Finding, lineAfter, lineBefore, nothing, preview, secret, unknown } from './finding';
import { findNamed } from './findNamed';
import { findToolOption } from './findToolOption';
import type { Trigger } from './secretTriggers';
import { isSecretValue } from './secretValues';
import { swallowLine, swallowPem, swallowValue } from './swallow';

/**
 * Decides by the line that the trigger stands in, from `lookBehind` before it to `lookAhead` behind
 * it, and by nothing else: so the answer does not depend on where a text was cut.
 */
export function findSecret(text: string, trigger: Trigger, isEnd: boolean): Finding {
  switch (trigger.kind) {
    case 'shape':
      return findShape(text, trigger, isEnd);
    case 'url':
      return findInUrl(text, trigger, isEnd);
    case 'name':
      return findNamed(text, trigger, isEnd);
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
  tool: findToolOption,
};
