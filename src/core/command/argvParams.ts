import type { ExtractedParam } from '../extract/extraction';

const OPTION = /^--?[A-Za-z_]/;
const LONG_WITH_VALUE = /^(--?[A-Za-z_][\w.\-/]*)=(.*)$/s;
const SHORT_WITH_NUMBER = /^-([A-Za-z])(\d+(?:\.\d+)?)$/;
// Hydra and OmegaConf overrides: `a.b=c`, `+a=c`, `++a=c`, `group@package=c`. `~a` takes one away.
const OVERRIDE = /^(?:\+{1,2})?([A-Za-z_][\w.\-/]*(?:@[\w.:]+)?)=(.*)$/s;
const DELETION = /^~[A-Za-z_]/;
// A property of a Java program, and what Windows programs take.
const PROPERTY = /^-D([a-z][\w.]*)=(.*)$/s;
const SLASHED = /^\/([A-Za-z]\w*):([^/\\]+)$/;
// A key of yacs, whose value is the next word: `SOLVER.BASE_LR 0.01`.
const YACS_KEY = /^[A-Z][A-Z0-9_]*(?:\.[A-Z][A-Z0-9_]*)+$/;
/** Options that hold overrides, each of which is a param by itself: `--set a=b`, `--cfg-options a.b=1`. */
const HOLDER =
  /^(?:set|o|S|P|param|opts?|options|cfg_options|overrides?|config_overrides?|gin_bindings?|gin_params?|with)$/;
/** Options whose value has an `=` in it: `--model_args pretrained=x,dtype=float`. */
const WHOLE = /(?:args|kwargs|arguments)$/;
/** Options of Hydra that say that the overrides are swept over. */
const MULTIRUN = /^(?:m|multirun)$/;

/**
 * The params that the arguments of a program name: `--lr 0.1`, `--lr=0.1`, `-lr 0.1`, flags (`true`),
 * `--no-x` (`x` is `false`), lists (joined by a blank), Hydra's `a.b=c`, `--set a=b` and yacs' `A.B c`.
 * Where an option is given twice, the last counts. Dashes inside a name become underscores, as argparse
 * does.
 */
export function argvParams(args: readonly string[]): readonly ExtractedParam[] {
  const found = new Map<string, string>();
  const set = (name: string, value: string): void => {
    found.delete(name);
    found.set(name, value);
  };
  let at = 0;
  while (at < args.length) {
    const arg = args[at++] ?? '';
    if (arg === '--') continue;
    if (!OPTION.test(arg)) {
      const assigned = OVERRIDE.exec(arg) ?? SLASHED.exec(arg);
      if (assigned !== null) set(assigned[1] ?? '', assigned[2] ?? '');
      else if (YACS_KEY.test(arg) && isValue(args[at])) set(arg, args[at++] ?? '');
      continue;
    }
    const property = PROPERTY.exec(arg);
    if (property !== null) {
      set(property[1] ?? '', property[2] ?? '');
      continue;
    }
    const joined = LONG_WITH_VALUE.exec(arg);
    if (joined !== null) {
      const name = optionName(joined[1] ?? '');
      const held = HOLDER.test(name) ? OVERRIDE.exec(joined[2] ?? '') : null;
      if (held === null) set(name, joined[2] ?? '');
      else set(held[1] ?? '', held[2] ?? '');
      continue;
    }
    const short = SHORT_WITH_NUMBER.exec(arg);
    if (short !== null) {
      set(short[1] ?? '', short[2] ?? '');
      continue;
    }
    const name = optionName(arg);
    const values: string[] = [];
    if (WHOLE.test(name) && OVERRIDE.test(args[at] ?? '')) values.push(args[at++] ?? '');
    while (isValue(args[at])) values.push(args[at++] ?? '');
    if (values.length > 0) set(name, values.join(' '));
    else if (/^no_./.test(name) && arg.startsWith('--')) set(name.slice(3), 'false');
    else if (!isNoFlag(name, args.slice(at))) set(name, 'true');
  }
  return [...found].map(([key, value]) => ({ key, value, origin: 'argv' }));
}

/**
 * The params in a list of values that are all overrides: those of `--cfg-options a.b=1 c=2`, or of
 * `MODEL.NAME x SOLVER.LR 1`. Undefined for any other list.
 */
export function heldParams(words: readonly string[]): readonly ExtractedParam[] | undefined {
  const areOverrides = words.every((word) => OVERRIDE.test(word));
  const arePairs =
    words.length % 2 === 0 && words.every((word, i) => i % 2 === 1 || YACS_KEY.test(word));
  return words.length > 0 && (areOverrides || arePairs) ? argvParams(words) : undefined;
}

/** What is given no value because overrides follow. */
function isNoFlag(name: string, rest: readonly string[]): boolean {
  if (HOLDER.test(name)) return OVERRIDE.test(rest[0] ?? '') || YACS_KEY.test(rest[0] ?? '');
  return MULTIRUN.test(name) && rest.some((arg) => OVERRIDE.test(arg));
}

function optionName(option: string): string {
  return option.replace(/^--?/, '').replace(/-/g, '_');
}

function isValue(arg: string | undefined): boolean {
  return (
    arg !== undefined &&
    arg !== '--' &&
    !OPTION.test(arg) &&
    !OVERRIDE.test(arg) &&
    !DELETION.test(arg) &&
    !YACS_KEY.test(arg)
  );
}
