import type { ConfigMap, ConfigValue } from './configValue';

export interface ConfigParam {
  /** `a.b.c` for an entry of a map in a map. */
  readonly key: string;
  readonly value: string;
  /** It is the program's own default, not a file's. */
  readonly isDefault?: boolean;
}

const maxParams = 2_000;
const maxKeyLength = 200;
/** A longer value is a text or a table, not a setting. */
const maxValueLength = 1_000;

/** The values of a configuration by their paths, a list as JSON text. At most 2,000. */
export function flattenConfig(config: ConfigMap, prefix = ''): ConfigParam[] {
  const params: ConfigParam[] = [];
  const visit = (map: ConfigMap, path: string): void => {
    for (const [name, value] of map.entries) {
      if (params.length >= maxParams) return;
      const key = path === '' ? name : `${path}.${name}`;
      if (key.length > maxKeyLength) continue;
      if (value.kind === 'map' && value.entries.size > 0) visit(value, key);
      else {
        const text = configText(value);
        if (text.length > maxValueLength) continue;
        const isDefault = value.kind === 'scalar' && value.isDefault === true;
        params.push({ key, value: text, ...(isDefault && { isDefault }) });
      }
    }
  };
  visit(config, prefix);
  return params;
}

/** A scalar as it is written, else JSON. */
export function configText(value: ConfigValue): string {
  return value.kind === 'scalar' ? value.text : jsonText(value, { left: maxValueLength + 1 });
}

const plainJson = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?)$/;

/** Stops once nobody wants the rest. */
function jsonText(value: ConfigValue, room: { left: number }): string {
  if (room.left < 0) return '';
  if (value.kind === 'scalar') {
    // YAML, as Python reads it, and TOML have `10_000`.
    const plain = /^\d[\d_]+$/.test(value.text) ? value.text.replaceAll('_', '') : value.text;
    const isPlain = !value.isText && plainJson.test(plain);
    const text = isPlain ? plain : JSON.stringify(value.text);
    room.left -= text.length;
    return text;
  }
  if (value.kind === 'list') {
    return `[${value.items.map((item) => jsonText(item, room)).join(',')}]`;
  }
  const entries = [...value.entries].map(
    ([key, each]) => `${JSON.stringify(key)}:${jsonText(each, room)}`,
  );
  return `{${entries.join(',')}}`;
}
