import { parse } from 'yaml';
import type { ExtractedParam } from '../extract/extraction';
import { emptyReading, type FormatReading } from './formatReading';
import { isObject } from './jsonRecord';

const maxParams = 500;
const maxDepth = 6;
const maxValueChars = 500;

/**
 * The params in a YAML file that a program writes for itself: Lightning's `hparams.yaml`, DVCLive's
 * `params.yaml`, the `args.yaml` of timm and Ultralytics, and W&B's `config.yaml`, where each is
 * `{ value: … }`. Inner ones are named `outer.inner`. Throws on what is no YAML.
 */
export function readParamsFile(text: string): FormatReading {
  const params: ExtractedParam[] = [];
  const read = (value: unknown, key: string, depth: number): void => {
    if (params.length >= maxParams || key.startsWith('_')) return;
    if (isObject(value) && depth < maxDepth) {
      // W&B has `desc` and `value` of each.
      const isWrapped = depth === 1 && 'value' in value && Object.keys(value).length <= 2;
      if (isWrapped) read(value.value, key, depth + 1);
      else
        for (const [name, inner] of Object.entries(value)) {
          read(inner, key === '' ? name : `${key}.${name}`, depth + 1);
        }
      return;
    }
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    if (key === '' || value === undefined || shown === undefined) return;
    if (shown.length <= maxValueChars) params.push({ key, value: shown, origin: 'config' });
  };
  read(parse(text, { maxAliasCount: 100, logLevel: 'silent' }), '', 0);
  return { ...emptyReading, params };
}
