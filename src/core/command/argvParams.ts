import type { ExtractedParam } from '../extract/extraction';

const OPTION = /^--?[A-Za-z_]/;
const LONG_WITH_VALUE = /^(--?[A-Za-z_][\w.\-/]*)=(.*)$/s;
const SHORT_WITH_NUMBER = /^-([A-Za-z])(\d+(?:\.\d+)?)$/;
// Hydra and OmegaConf overrides: `a.b=c`, `+a=c`, `++a=c`, `~a=c`, `group@package=c`.
const OVERRIDE = /^(?:\+{1,2}|~)?([A-Za-z_][\w.\-/]*(?:@[\w.:]+)?)=(.*)$/s;

/**
 * The params that the arguments of a program name: `--lr 0.1`, `--lr=0.1`, `-lr 0.1`, flags (`true`),
 * `--no-x` (`x` is `false`), lists (joined by a blank) and Hydra's `a.b=c`. Where an option is given
 * twice, the last counts. Dashes inside a name become underscores, as argparse does.
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
      const override = OVERRIDE.exec(arg);
      if (override !== null) set(override[1] ?? '', override[2] ?? '');
      continue;
    }
    const joined = LONG_WITH_VALUE.exec(arg);
    if (joined !== null) {
      set(optionName(joined[1] ?? ''), joined[2] ?? '');
      continue;
    }
    const short = SHORT_WITH_NUMBER.exec(arg);
    if (short !== null) {
      set(short[1] ?? '', short[2] ?? '');
      continue;
    }
    const values: string[] = [];
    while (at < args.length && isValue(args[at] ?? '')) values.push(args[at++] ?? '');
    const name = optionName(arg);
    if (values.length > 0) set(name, values.join(' '));
    else if (/^no_./.test(name) && arg.startsWith('--')) set(name.slice(3), 'false');
    else set(name, 'true');
  }
  return [...found].map(([key, value]) => ({ key, value, origin: 'argv' }));
}

function optionName(option: string): string {
  return option.replace(/^--?/, '').replace(/-/g, '_');
}

function isValue(arg: string): boolean {
  return arg !== '--' && !OPTION.test(arg) && !OVERRIDE.test(arg);
}
