import { configFormat } from './configFormat';
import type { NamedFile } from './namedConfig';

/** Names of options that hold all the settings of a program, so that theirs need no prefix. */
const isConfigName =
  /^(?:c|f|cfg|conf|configs?|opts?|hyp|hps?|recipe|hparams|params|args|settings|yaml|(?:(?:exp|experiment|train|training|base|default|main|user|my|run)_)?(?:config|cfg|conf|hparams|params|args|settings|options|opt|yaml|exp|setup)_?(?:file|path|files|paths|yaml|yml|json|toml|filename|fname)?|config_?(?:file)?_?(?:path|name)|exp(?:eriment)?_?(?:file|config)|gin_(?:file|files|config|config_file|configs)|flagfile|parameters_file)$/;
/** Names of options that hold some of them: `--deepspeed ds.json`, `--model-config m.yaml`. */
const isPartName =
  /^(?:deepspeed|deepspeed_config|ds_config|fsdp|fsdp_config|\w+_(?:config|cfg|conf|hparams|params|args|settings|config_file|config_path|yaml|cfg_file))$/;
/** Names of what a program works on or writes. */
const isOtherName =
  /(?:^|_)(?:data|dataset|datasets|input|inputs|out|output|outputs|save|log|logs|dump|report|results?|metrics|vocab|vocabulary|tokenizer|labels?|classes|names|annotations?|ann|index|split|splits|history|checkpoint|ckpt|weights|prompts?|corpus|train_file|validation_file|test_file)(?:_|$)/;
const isOtherFile =
  /(?:^|[/_.-])(?:data|dataset|train|val|valid|test|dev|vocab|labels?|annotations?|index|results?|metrics|package|tokenizer|classes)s?\.(?:json|ya?ml)$/i;
const isConfigPath =
  /(?:conf|cfg|param|arg|hyp|opt|set(?:ting|up)|exp|recipe|spec|option)\w*(?:[/.]|$)/i;

const option = /^--?([A-Za-z_][\w.-]*)(?:=(.*))?$/s;
const override = /^\+{0,2}([A-Za-z_][\w.]*)=(.*)$/s;

/**
 * The configuration files that arguments name: `--config conf.yaml`, `-c=conf.toml`, `conf.yaml` by
 * itself, `cfg=conf.yaml`, `--deepspeed ds.json`, `@args.txt`, in the order in which they stand there.
 */
export function configsInArguments(args: readonly string[]): NamedFile[] {
  const found: NamedFile[] = [];
  let name: string | undefined;
  for (const arg of args) {
    if (arg === '--') continue;
    const [, flag, joined] = option.exec(arg) ?? [];
    if (flag !== undefined) {
      name = flag.replaceAll('-', '_');
      if (joined !== undefined) {
        found.push(...joined.split(',').flatMap((each) => toFile(name, each) ?? []));
        name = undefined;
      }
      continue;
    }
    const [, key, value] = override.exec(arg) ?? [];
    const file = key === undefined ? toFile(name, arg) : toFile(key, value ?? '');
    if (file !== undefined) found.push(file);
  }
  return found;
}

function toFile(name: string | undefined, value: string): NamedFile | undefined {
  const kind = 'file';
  if (/^@[^=]+$/.test(value)) {
    return { kind, path: value.slice(1), format: 'arguments' };
  }
  if (name === 'flagfile') return { kind, path: value, format: 'arguments' };
  const [, python, argument] = /^(.+\.py):(\w+)$/.exec(value) ?? [];
  if (python !== undefined && argument !== undefined) {
    return name !== undefined && isConfigName.test(name)
      ? { kind, path: python, argument }
      : undefined;
  }
  const format = configFormat(value);
  if (format === undefined || value.includes('\n')) return undefined;
  if (name !== undefined && isConfigName.test(name)) return { kind, path: value };
  if (name !== undefined && isPartName.test(name)) return { kind, path: value, prefix: name };
  if (name !== undefined && isOtherName.test(name)) return undefined;
  if (isOtherFile.test(value)) return undefined;
  if (format === 'python') {
    return isConfigPath.test(value) ? { kind, path: value, isDoubtful: true } : undefined;
  }
  return { kind, path: value, ...(format === 'json' && { isDoubtful: true }) };
}
