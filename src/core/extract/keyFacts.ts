import {
  type DataSide,
  isPartOfName,
  isPlainMetric,
  judgeKey,
  type KeyKind,
  keyWords,
  normalizeKey,
  rankOf,
  sideOfWords,
  weaknessOf,
} from './vocabulary';

/** All that the readers ask of a key, judged by its words alone. */
export interface KeyFacts {
  readonly kind: KeyKind;
  /** Whether every word is one that metrics' names are made of. */
  readonly isPlain: boolean;
  /** When it says too little to name a metric without a position or other metrics. */
  readonly weakness: 'always' | 'whole' | undefined;
  /** The side of the data that its words name. */
  readonly side: DataSide | undefined;
  /** One word that names a side of the data and nothing else, such as `Train`. */
  readonly isSide: boolean;
  readonly stepRank: number;
  /** Written as programs write names: no blanks, no brackets. */
  readonly isIdentifier: boolean;
  /** Parts between blanks. */
  readonly parts: number;
  /** Whether a name of several words with this one in it may be known. */
  readonly mayName: boolean;
}

const IDENTIFIER = /^[A-Za-z_#][\w@^./\-':+]*$/;
const MAX_REMEMBERED_KEYS = 4_000;

const known = new Map<string, KeyFacts>();

/** Remembers its answers: a training prints the same few keys for hours. */
export function keyFacts(key: string): KeyFacts {
  const before = known.get(key);
  if (before !== undefined) return before;
  const facts = judge(key);
  if (known.size >= MAX_REMEMBERED_KEYS) known.clear();
  known.set(key, facts);
  return facts;
}

function judge(key: string): KeyFacts {
  const all = keyWords(key);
  const normal = normalizeKey(key);
  const side = sideOfWords(all);
  const kind = judgeKey(key, normal, all);
  return {
    kind,
    isPlain: isPlainMetric(normal, all),
    weakness: weaknessOf(normal),
    side,
    isSide: side !== undefined && /^[A-Za-z]+$/.test(key),
    stepRank: rankOf(normal),
    isIdentifier: IDENTIFIER.test(key),
    parts: key.split(/\s+/).length,
    mayName: (kind !== 'unknown' && kind !== 'config') || isPartOfName(key),
  };
}

/** What a key names. */
export function classifyKey(key: string): KeyKind {
  return keyFacts(key).kind;
}

/** The side of the data that a key names, if it does. */
export function contextOfKey(key: string): DataSide | undefined {
  return keyFacts(key).side;
}
