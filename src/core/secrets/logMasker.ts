import { openEscapeAt, splitEscapes } from './escapedText';
import { lookBehind } from './finding';
import { findSecret } from './findSecret';
import { secretMark } from './secretMark';
import { nextTrigger, openTriggerLength } from './secretTriggers';
import type { Swallow } from './swallow';

/** Masks a text that comes in pieces, cut anywhere. */
export interface LogMasker {
  /** @returns what can be written now: all but what may still become a part of a secret. */
  push(text: string): string;
  /** @returns the rest. */
  end(): string;
  /** How many secrets were masked. */
  readonly count: number;
}

/**
 * Puts `secretMark` in the place of each credential. What comes out together does not depend on how
 * the text was cut. Colours inside a secret stand behind its mark.
 *
 * It looks for literals that a secret or its name begins with and decides at each by a bounded part
 * of its line; a secret that began is let go as it comes. So time is linear and memory bounded
 * (about 2,500 characters beside the piece), also for a line that never ends.
 */
export function createLogMasker(): LogMasker {
  /** A control sequence that is not all there. */
  let openEscape = '';
  /** Without escapes: what was given out last, then what is held back. */
  let plain = '';
  let done = 0;
  let escapes: { at: number; text: string }[] = [];
  let nextEscape = 0;
  let swallow: Swallow | undefined;
  let count = 0;

  function take(text: string, isEnd: boolean): void {
    const raw = openEscape + text;
    const cut = isEnd ? raw.length : openEscapeAt(raw);
    openEscape = raw.slice(cut);
    const split = splitEscapes(raw.slice(0, cut));
    const kept = Math.max(0, done - lookBehind);
    const shift = plain.length - kept;
    escapes = [
      ...escapes.slice(nextEscape).map(({ at, text }) => ({ at: at - kept, text })),
      ...split.escapes.map(({ at, text }) => ({ at: at + shift, text })),
    ];
    nextEscape = 0;
    plain = plain.slice(kept) + split.plain;
    done -= kept;
  }

  /** Gives out what stands up to `end`: the text, or only the escapes in it. */
  function give(end: number, isSecret: boolean, out: string[]): void {
    for (; nextEscape < escapes.length; nextEscape++) {
      const next = escapes[nextEscape];
      if (next === undefined || next.at > end) break;
      // What stands behind a secret is not in it.
      if (next.at === end && end < plain.length && !isSecret) break;
      if (!isSecret) out.push(plain.slice(done, next.at));
      done = next.at;
      out.push(next.text);
    }
    if (!isSecret) out.push(plain.slice(done, end));
    done = end;
  }

  function mask(isEnd: boolean): string {
    const out: string[] = [];
    let from = done;
    for (;;) {
      if (swallow !== undefined) {
        const { at, done: isDone } = swallow.next(plain, from, isEnd);
        give(at, true, out);
        if (!isDone) return out.join('');
        swallow = undefined;
        from = at;
      }
      const trigger = nextTrigger(plain, from);
      if (trigger === undefined) break;
      const finding = findSecret(plain, trigger, isEnd);
      if (finding.kind === 'unknown') {
        give(trigger.at, false, out);
        return out.join('');
      }
      if (finding.kind === 'nothing') {
        from = trigger.at + 1;
        continue;
      }
      give(Math.max(finding.from, done), false, out);
      out.push(secretMark);
      count++;
      swallow = finding.swallow;
      from = finding.from;
    }
    give(isEnd ? plain.length : plain.length - openTriggerLength(plain, from), false, out);
    return out.join('');
  }

  return {
    push(text) {
      take(text, false);
      return mask(false);
    },
    end() {
      take('', true);
      return mask(true);
    },
    get count() {
      return count;
    },
  };
}
