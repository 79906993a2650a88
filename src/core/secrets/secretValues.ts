import { secretMark } from './secretMark';
import type { NameStrength } from './secretNames';

export interface NamedValue {
  readonly name: string;
  readonly strength: NameStrength;
  /** Its first characters, without quotes. */
  readonly value: string;
  /** The quote that it stands in, if any. */
  readonly quote: string;
}

/**
 * Whether a value that such a name stands before is a credential, rather than a reference to one
 * (`$HF_TOKEN`, which keeps a command repeatable), a word of a sentence, a number, code or a place
 * of a form.
 */
export function isSecretValue({ name, strength, value, quote }: NamedValue): boolean {
  const bare = value.replace(/[,;)\]}"'`]+$/, '');
  if (bare === '' || bare.includes(secretMark) || saysNothing.test(bare)) return false;
  if (quote !== "'" && reference.test(bare)) return false;
  if (quote === '' && (code.test(bare) || isPlaceOfForm(name, bare))) return false;
  if (/passw|passphrase|pwd|pass$/i.test(name)) return true;
  if (isPath(bare)) return false;
  switch (strength) {
    case 'strong':
      return !/^[+-]?\d{1,5}$/.test(bare) && !isDecimal(bare);
    case 'likely':
      return isLikely(bare);
    case 'weak':
      return isRandom(bare);
  }
}

/** Whether some text looks random enough to be a key: no word, no path, no number, no version. */
export function isRandom(value: string): boolean {
  return /^[\w+/=.~:-]{16,}$/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
}

function isLikely(value: string): boolean {
  if (isDecimal(value) || !/[A-Za-z]/.test(value) || /^[<[{(]|[\s]/.test(value)) return false;
  return value.length >= 16 || (value.length >= 8 && /\d/.test(value));
}

const isDecimal = (value: string): boolean => /^[+-]?\d*\.\d+(?:e[+-]?\d+)?%?$/i.test(value);

const isPath = (value: string): boolean =>
  /^(?:~|\.{1,2})[\\/]|^[A-Za-z]:\\|[\\/].*\.[a-z]\w{1,5}$/.test(value);

/** `$NAME`, `${…}`, `$(…)`, `%NAME%`, `{{ … }}`, `{name}`, `<name>`, `[NAME]`. */
const reference = /^(?:\$[\w{(]|%\w+%|\{\{|\{[\w.]+\}|<[^>]*>?$|\[[A-Za-z_ ]+\]?$|@\w+@)/;

const saysNothing =
  /^(?:[*•xX.…_#?-]+|none|null|nil|true|false|undefined|nan|n\/a|yes|no|not|on|off|str|string|int|bool|bytes|optional.*|required|missing|invalid|incorrect|redacted|hidden|masked|unset|set|empty|is|was|has|are|be|the|an?|to|for|from|and|or|of|in|with|will|must|should|can|found|file|env|auto|default|prompt|flag|option|argument|instead|when|if|authentication)$/i;

/** An expression of a program, as a traceback shows it. */
const code =
  /^(?:self|args|cfg|config|os|opts?|kwargs|settings|conf|hparams|params|environ)[.[]|^[A-Za-z_][\w.]*\(/;

/** `--token TOKEN` of a help text, and `token=token` of a program. */
function isPlaceOfForm(name: string, value: string): boolean {
  const plain = (text: string) => text.replace(/[^A-Za-z]/g, '').toLowerCase();
  if (plain(value) === plain(name) && !/\d/.test(value)) return true;
  return /^[A-Z_]+$/.test(value) && /(?:KEY|TOKEN|SECRET|PASSWORD)$/.test(value);
}
