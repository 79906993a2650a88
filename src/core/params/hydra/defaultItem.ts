import type { ConfigValue } from '../config/configValue';
import { configText } from '../config/flattenConfig';

/** An entry of a defaults list; source: `default_element.py` in Hydra. */
export type DefaultItem = SelfItem | GroupItem | ConfigItem;

export interface SelfItem {
  readonly kind: 'self';
}

export interface GroupItem {
  readonly kind: 'group';
  /** With a slash in front it is looked for from the root. */
  readonly group: string;
  /** The chosen options; none for `null`. */
  readonly options: readonly string[];
  readonly isList: boolean;
  readonly package?: string;
  readonly isOptional: boolean;
  /** It only says which option an entry elsewhere takes. */
  readonly isOverride: boolean;
}

export interface ConfigItem {
  readonly kind: 'config';
  readonly path: string;
  readonly package?: string;
  readonly isOptional: boolean;
}

/** Where an entry stands: in a config of this group, whose values go to this package. */
export interface Standing {
  readonly group: string;
  readonly package: string;
}

export function readDefaultItems(list: ConfigValue | undefined): DefaultItem[] {
  return list?.kind === 'list' ? list.items.flatMap((item) => readItem(item) ?? []) : [];
}

function readItem(item: ConfigValue): DefaultItem | undefined {
  if (item.kind === 'scalar') {
    if (item.text === '_self_') return { kind: 'self' };
    const [name, place] = splitPackage(item.text.replace(/^optional\s+/, ''));
    return {
      kind: 'config',
      path: name.replace(/\.ya?ml$/, ''),
      ...place,
      isOptional: item.text.startsWith('optional '),
    };
  }
  if (item.kind !== 'map') return undefined;
  const entries = [...item.entries].filter(
    ([key]) => key !== 'optional' || item.entries.size === 1,
  );
  const [key, value] = entries[0] ?? [];
  if (key === undefined || value === undefined || value.kind === 'map') return undefined;
  const words = key.trim().split(/\s+/);
  const [group, place] = splitPackage(words.at(-1) ?? '');
  return {
    kind: 'group',
    group,
    options: optionsOf(value),
    isList: value.kind === 'list',
    ...place,
    isOptional: words.includes('optional') || item.entries.has('optional'),
    isOverride: words.includes('override'),
  };
}

function optionsOf(value: ConfigValue): string[] {
  if (value.kind === 'list') return value.items.map(configText);
  return value.kind === 'scalar' && (value.isText || value.text !== 'null') ? [value.text] : [];
}

function splitPackage(text: string): [string, { readonly package?: string }] {
  const [name = '', place] = text.split('@');
  const asked = place?.split(':').at(-1);
  return [name, asked === undefined ? {} : { package: asked === '_here_' ? '' : asked }];
}

/** The group that an entry's config lies in, from the root of the search path. */
export function groupOf(item: GroupItem | ConfigItem, { group: within }: Standing): string {
  const own = item.kind === 'group' ? item.group : parentOf(item.path);
  const whole = item.kind === 'group' ? item.group : item.path;
  if (whole.startsWith('/')) return own.replace(/^\//, '');
  return [within, own].filter((part) => part !== '').join('/');
}

export function parentOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? '' : path.slice(0, at);
}

/** The path of the config itself, for the option `name` of a group. */
export function configPathOf(
  item: GroupItem | ConfigItem,
  standing: Standing,
  name: string,
): string {
  const group = groupOf(item, standing);
  return group === '' ? name : `${group}/${name}`;
}

/**
 * Where the values of a config go; source: `_get_final_package` and `set_package_header`.
 *
 * @param header of the config's `# @package` line; none to leave that out of account.
 */
export function packageOf(
  item: GroupItem | ConfigItem,
  standing: Standing,
  header: string | undefined,
  name: string,
): string {
  const group = groupOf(item, standing).replaceAll('/', '.');
  const own = (item.kind === 'group' ? item.group : parentOf(item.path))
    .replace(/^\//, '')
    .replaceAll('/', '.');
  const asked = item.package ?? (header === '_group_' ? undefined : absolute(header));
  const chosen = (asked ?? own).replaceAll('_name_', name);
  const resolved = chosen.includes('_group_')
    ? `_global_.${chosen.replaceAll('_group_', group)}`
    : chosen;
  const whole = [standing.package, resolved].filter((part) => part !== '').join('.');
  const at = whole.lastIndexOf('_global_');
  return at === -1 ? whole : whole.slice(at + '_global_'.length + 1);
}

/** A header counts from the root. */
function absolute(header: string | undefined): string | undefined {
  if (header === undefined || /^_global_(?:\.|$)/.test(header)) return header;
  return header === '' ? '_global_' : `_global_.${header}`;
}

/** The name by which a command line chooses the option of an entry: `db`, `db@backup`. */
export function overrideKeyOf(item: GroupItem, standing: Standing): string {
  const group = groupOf(item, standing);
  const place = packageOf(item, standing, undefined, item.options[0] ?? '');
  return place === group.replaceAll('/', '.') ? group : `${group}@${place || '_global_'}`;
}
