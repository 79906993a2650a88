import { ConfigError, type ConfigValue, scalar } from '../config/configValue';
import { readYaml } from '../config/readYaml';

/** One override of a command line: `a.b=c`, `+a=c`, `++a=c`, `~a`, `group@package=name`. */
export interface HydraOverride {
  readonly kind: 'change' | 'add' | 'force' | 'delete';
  /** The path of a value, or the name of a group, without its package. */
  readonly key: string;
  readonly package?: string;
  /** None for `~a`. */
  readonly value?: ConfigValue;
  /** It gives several values, one for each run that is made of it. */
  readonly isSweep: boolean;
}

/** What Hydra takes from a command line. */
export interface HydraArguments {
  readonly overrides: readonly HydraOverride[];
  readonly configName?: string;
  readonly configPath?: string;
  /** Folders that are searched too. */
  readonly configDirs: readonly string[];
}

const override = /^(~|\+{1,2})?([A-Za-z_$][^=@\s]*)(?:@([^=\s]*))?(?:=(.*))?$/s;
const kinds = { '': 'change', '+': 'add', '++': 'force', '~': 'delete' } as const;
const sweep = /^(?:choice|range|interval|glob|shuffle|sort|tag)\(/;
const ownOption =
  /^(--config-name|-cn|--config-path|-cp|--config-dir|-cd|--package|-p|--info|-i|--cfg|-c|--experimental-rerun)(?:=(.*))?$/s;

export function readHydraArguments(args: readonly string[]): HydraArguments {
  const overrides: HydraOverride[] = [];
  const own = new Map<string, string[]>();
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const [, name, joined] = ownOption.exec(arg) ?? [];
    if (name !== undefined) {
      const value = joined ?? args[++at] ?? '';
      own.set(name, [...(own.get(name) ?? []), value]);
      continue;
    }
    if (arg.startsWith('-')) continue;
    const each = readOverride(arg);
    if (each !== undefined) overrides.push(each);
  }
  const last = (...names: string[]) => names.flatMap((name) => own.get(name) ?? []).at(-1);
  const configName = last('--config-name', '-cn');
  const configPath = last('--config-path', '-cp');
  return {
    overrides,
    ...(configName === undefined ? {} : { configName }),
    ...(configPath === undefined ? {} : { configPath }),
    configDirs: [...(own.get('--config-dir') ?? []), ...(own.get('-cd') ?? [])],
  };
}

export function readOverride(text: string): HydraOverride | undefined {
  const [, sign = '', key, place, value] = override.exec(text) ?? [];
  if (key === undefined || (value === undefined && sign !== '~')) return undefined;
  // SAFETY: the pattern takes no other signs.
  const kind = kinds[sign as keyof typeof kinds];
  return {
    kind,
    key,
    ...(place === undefined ? {} : { package: place }),
    ...(value === undefined ? {} : { value: readValue(value) }),
    isSweep: value !== undefined && isSweep(value),
  };
}

function readValue(text: string): ConfigValue {
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  if (quoted !== null) return scalar(quoted[2] ?? '', true);
  if (!/^[[{]/.test(text)) return scalar(text === '' ? '' : text);
  try {
    // Hydra needs no blank behind a colon.
    return readYaml(text.replace(/(?<=[\w"'])\s*:(?=[^\s/])/g, ': '));
  } catch (error) {
    if (error instanceof ConfigError) return scalar(text);
    throw error;
  }
}

/** A comma that is in no brackets and no quotes parts the values of a sweep. */
function isSweep(text: string): boolean {
  if (sweep.test(text)) return true;
  let depth = 0;
  let quote = '';
  for (const char of text) {
    if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if ('[{('.includes(char)) depth += 1;
    else if (']})'.includes(char)) depth -= 1;
    else if (char === ',' && depth === 0) return true;
  }
  return false;
}
