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
