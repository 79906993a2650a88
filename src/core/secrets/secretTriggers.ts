import { secretShapes } from './secretShapes';

export type TriggerKind = 'name' | 'shape' | 'url' | 'query' | 'pem' | 'tool' | 'cookie';

export interface TriggerLiteral {
  readonly kind: TriggerKind;
  readonly literal: string;
  /** Whether it counts in upper case too; then it is written in lower case here. */
  readonly anyCase: boolean;
}

const anyCase = (kind: TriggerKind, literals: readonly string[]): TriggerLiteral[] =>
  literals.map((literal) => ({ kind, literal, anyCase: true }));

/**
 * The literals that something must begin with or hold to be looked at, of three characters at least.
 * None lies in another one, so that a text has one reading, wherever it is cut.
 */
export const triggers: readonly TriggerLiteral[] = [
  ...anyCase('name', ['key', 'token', 'secret', 'pass', 'pwd', 'cred', 'auth', 'jwt', 'signature']),
  ...secretShapes.map(({ prefix }) => ({
    kind: 'shape' as const,
    literal: prefix,
    // Only the scheme of a header is written in any case.
    anyCase: prefix.endsWith(' '),
  })),
  ...anyCase('url', ['://']),
  ...anyCase('query', ['sig=']),
  ...anyCase('pem', ['-----begin ']),
  ...anyCase('tool', [' -u', ' -p', ' -a', '-user', 'wandb login']),
  ...anyCase('cookie', ['cookie']),
];

export interface Trigger {
  readonly kind: TriggerKind;
  readonly at: number;
  readonly end: number;
}

/** The low five bits of three characters: the same for both cases of a letter. */
const hashOf = (text: string): number =>
  ((text.charCodeAt(0) & 31) << 10) | ((text.charCodeAt(1) & 31) << 5) | (text.charCodeAt(2) & 31);

const isBeginning = new Uint8Array(1 << 15);
const byHash = new Map<number, TriggerLiteral[]>();
for (const trigger of triggers) {
  const hash = hashOf(trigger.literal);
  isBeginning[hash] = 1;
  byHash.set(hash, [...(byHash.get(hash) ?? []), trigger]);
}

/**
 * The first trigger that begins at `from` or later. A table of what three characters can begin one
 * makes this several times faster than a pattern of all of them.
 */
export function nextTrigger(text: string, from: number): Trigger | undefined {
  let hash = 0;
  for (let end = from; end < text.length; end++) {
    hash = ((hash << 5) | (text.charCodeAt(end) & 31)) & 0x7fff;
    if (isBeginning[hash] === 0 || end < from + 2) continue;
    const at = end - 2;
    for (const trigger of byHash.get(hash) ?? []) {
      if (matches(trigger, text.slice(at, at + trigger.literal.length))) {
        return { kind: trigger.kind, at, end: at + trigger.literal.length };
      }
    }
  }
  return undefined;
}

const matches = ({ literal, anyCase: isAnyCase }: TriggerLiteral, text: string): boolean =>
  (isAnyCase ? text.toLowerCase() : text) === literal;

const longestTrigger = Math.max(...triggers.map(({ literal }) => literal.length));
const beginnings = new Set(
  triggers.flatMap(({ literal }) =>
    Array.from({ length: literal.length - 1 }, (_, index) =>
      literal.slice(0, index + 1).toLowerCase(),
    ),
  ),
);

/** How many characters at the end of `text`, after `from`, a trigger could begin with. */
export function openTriggerLength(text: string, from: number): number {
  const tail = text.slice(Math.max(from, text.length - longestTrigger + 1)).toLowerCase();
  for (let start = 0; start < tail.length; start++) {
    if (beginnings.has(tail.slice(start))) return tail.length - start;
  }
  return 0;
}
