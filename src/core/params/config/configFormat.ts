import { ConfigError, type ConfigMap, type ConfigValue } from './configValue';
import { readIni } from './readIni';
import { readJson } from './readJson';
import { readToml } from './readToml';
import { readYaml } from './readYaml';

/** `python` and `arguments` (one a line) need more than a reader of plain data. */
export type ConfigFormat = 'yaml' | 'json' | 'toml' | 'ini' | 'gin' | 'python' | 'arguments';

const formats: Readonly<Record<string, ConfigFormat>> = {
  yaml: 'yaml',
  yml: 'yaml',
  json: 'json',
  jsonc: 'json',
  json5: 'json',
  toml: 'toml',
  ini: 'ini',
  cfg: 'ini',
  conf: 'ini',
  gin: 'gin',
  py: 'python',
};

/** By the suffix of the name; undefined for another or none. */
export function configFormat(path: string): ConfigFormat | undefined {
  const suffix = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase();
  return suffix === undefined || !Object.hasOwn(formats, suffix) ? undefined : formats[suffix];
}

/** A longer file is data, and not even kept. */
export const maxConfigBytes = 1024 * 1024;
/** YAML takes about four seconds a megabyte. */
const maxYamlLength = 256 * 1024;

/**
 * What a file of plain data holds.
 *
 * @throws ConfigError
 */
export function readConfig(text: string, format: 'yaml' | 'json' | 'toml' | 'ini'): ConfigMap {
  const value = readValue(text, format);
  if (value.kind !== 'map') throw new ConfigError('it holds no names with values');
  return value;
}

function readValue(text: string, format: 'yaml' | 'json' | 'toml' | 'ini'): ConfigValue {
  switch (format) {
    case 'yaml':
      if (text.length > maxYamlLength) {
        throw new ConfigError(`it is longer than ${maxYamlLength / 1024} KB`);
      }
      return readYaml(text);
    case 'json':
      return readJson(text);
    case 'toml':
      return readToml(text);
    case 'ini':
      return readIni(text);
  }
}
