import { ConfigError, type ConfigMap, type ConfigValue } from './configValue';
import { readIni } from './readIni';
import { readJson } from './readJson';
import { readToml } from './readToml';
import { readYaml } from './readYaml';

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
