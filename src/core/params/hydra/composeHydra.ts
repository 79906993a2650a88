import { ConfigError, type ConfigMap, type ConfigValue, emptyMap } from '../config/configValue';
import { mergeConfig, withoutValue, withValue } from '../config/mergeConfig';
import {
  type ConfigItem,
  configPathOf,
  type DefaultItem,
  type GroupItem,
  groupOf,
  overrideKeyOf,
  packageOf,
  type Standing,
} from './defaultItem';
import type { HydraOverride } from './hydraArguments';
import type { HydraRepository } from './hydraRepository';

export interface ComposedHydra {
  readonly config: ConfigMap;
  /** The chosen option of each group: `db` is `mysql`. */
  readonly choices: ReadonlyMap<string, string>;
  /** Configs that are named and cannot be found. */
  readonly missing: readonly string[];
}

const maxConfigs = 500;
const maxNesting = 20;

/**
 * Puts the configuration of a Hydra program together from its defaults lists, as Hydra does, without
 * running anything. Interpolations stay as they are written. What a command line sweeps over stays out.
 * Source: `defaults_list.py` and `config_loader_impl.py` of Hydra 1.3.
 *
 * @throws ConfigError
 */
export function composeHydra(
  primary: string,
  overrides: readonly HydraOverride[],
  repository: HydraRepository,
): ComposedHydra {
  const composition = new Composition(repository, overrides);
  const results = composition.expand(
    { kind: 'config', path: primary, isOptional: false },
    { group: '', package: '' },
    { isPrimary: true, isInterpolated: false, nesting: 0 },
  );
  let config = results.reduce<ConfigMap>(
    (all, { place, content }) => mergeConfig(all, placed(content, place)),
    emptyMap(),
  );
  for (const override of composition.valueOverrides) config = applyOverride(config, override);
  // Hydra's own settings are none of the program.
  config = withoutValue(config, 'hydra');
  return { config, choices: composition.choices, missing: composition.missing };
}

function placed(content: ConfigMap, place: string): ConfigMap {
  return place === '' ? content : withValue(emptyMap(), place, content);
}

function applyOverride(config: ConfigMap, override: HydraOverride): ConfigMap {
  const { kind, key, value } = override;
  if (kind === 'delete') return withoutValue(config, key);
  if (value === undefined || override.isSweep) return withoutValue(config, key);
  if (value.kind !== 'map') return withValue(config, key, value);
  return mergeConfig(config, withValue(emptyMap(), key, value));
}

interface Result {
  readonly place: string;
  readonly content: ConfigMap;
}

interface Role {
  readonly isPrimary: boolean;
  readonly isInterpolated: boolean;
  readonly nesting: number;
}

/** Goes through the defaults lists; the last entry first, as what it overrides stands before it. */
class Composition {
  readonly valueOverrides: HydraOverride[] = [];
  readonly choices = new Map<string, string>();
  readonly missing: string[] = [];
  private readonly chosen = new Map<string, ConfigValue>();
  private readonly deleted = new Map<string, string | undefined>();
  private readonly appended: GroupItem[] = [];
  private left = maxConfigs;

  constructor(
    private readonly repository: HydraRepository,
    overrides: readonly HydraOverride[],
  ) {
    for (const override of overrides) this.take(override);
  }

  private take(override: HydraOverride): void {
    const { kind, key, value, isSweep } = override;
    const whole = override.package === undefined ? key : `${key}@${override.package}`;
    if (value?.kind === 'map' || !this.repository.isGroup(key)) this.valueOverrides.push(override);
    else if (kind === 'delete') {
      this.deleted.set(whole, value?.kind === 'scalar' ? value.text : undefined);
    } else if (isSweep) this.deleted.set(whole, undefined);
    else if (kind === 'add' && value !== undefined) {
      this.appended.push({
        kind: 'group',
        group: key,
        ...chosenOptions(value),
        ...(override.package === undefined ? {} : { package: override.package }),
        isOptional: false,
        isOverride: false,
      });
    } else if (value !== undefined) this.chosen.set(whole, value);
  }

  expand(item: GroupItem | ConfigItem, standing: Standing, role: Role): readonly Result[] {
    this.left -= 1;
    if (this.left < 0 || role.nesting > maxNesting) {
      throw new ConfigError('its defaults lists lead to too many configs');
    }
    const name = nameOf(item);
    if (item.kind === 'group') {
      const key = overrideKeyOf(item, standing);
      if (this.deleted.has(key)) {
        const only = this.deleted.get(key);
        if (only === undefined || only === name) return [];
      }
      if (!this.choices.has(key)) this.choices.set(key, name ?? 'null');
    }
    if (name === undefined || name === '???') return [];
    const path = configPathOf(item, standing, name);
    const loaded = this.repository.load(path);
    if (loaded === undefined) {
      if (!item.isOptional && !/^hydra(?:\/|$)/.test(path)) this.missing.push(path);
      return [];
    }
    const place = packageOf(item, standing, loaded.header, name);
    const own: Result = { place, content: loaded.content };
    const items = this.itemsOf(loaded.defaults, role.isPrimary);
    if (items.length === 0) return [own];
    const within: Standing = { group: groupOf(item, standing), package: place };
    const inner = { ...role, isPrimary: false, nesting: role.nesting + 1 };
    return this.expandAll(items, within, own, inner);
  }

  /** A list that does not say where its own config comes in has it come last. */
  private itemsOf(defaults: readonly DefaultItem[], isPrimary: boolean): DefaultItem[] {
    const items = [...defaults];
    const appended = isPrimary ? this.appended : [];
    if (items.length === 0 && appended.length === 0) return [];
    const hasSelf = items.some(({ kind }) => kind === 'self');
    if (!hasSelf && (items.length === 0 || items.some((each) => !isOverride(each)))) {
      items.push({ kind: 'self' });
    }
    return [...items, ...appended];
  }

  private expandAll(
    items: readonly DefaultItem[],
    within: Standing,
    own: Result,
    role: Role,
  ): readonly Result[] {
    for (const item of items) {
      if (item.kind !== 'group' || !item.isOverride || role.isInterpolated) continue;
      const key = overrideKeyOf(item, within);
      if (!this.chosen.has(key)) this.chosen.set(key, optionsValue(item));
    }
    const parts: (readonly Result[])[] = [];
    const deferred: { readonly at: number; readonly item: GroupItem | ConfigItem }[] = [];
    for (const item of items.toReversed()) {
      if (item.kind === 'self') parts.push([own]);
      else if (!isOverride(item)) {
        for (const each of this.choose(item, within)) {
          if (isInterpolation(each)) {
            deferred.push({ at: parts.length, item: each });
            parts.push([]);
          } else parts.push(this.expand(each, within, role));
        }
      }
    }
    for (const { at, item } of deferred) {
      const resolved = this.interpolate(item, items, within);
      parts[at] = this.expand(resolved, within, { ...role, isInterpolated: true });
    }
    return parts.length === 0 ? [own] : parts.toReversed().flat();
  }

  /** The entry with the option that the command line or another list gives it; the last one first. */
  private choose(item: GroupItem | ConfigItem, within: Standing): (GroupItem | ConfigItem)[] {
    if (item.kind === 'config') return [item];
    const value = this.chosen.get(overrideKeyOf(item, within));
    const chosen = value === undefined ? item : { ...item, ...chosenOptions(value) };
    if (!chosen.isList) return [chosen];
    return chosen.options.toReversed().map((option) => ({
      kind: 'config',
      path: `${chosen.group}/${option}`,
      ...(chosen.package === undefined ? {} : { package: chosen.package }),
      isOptional: chosen.isOptional,
    }));
  }

  /** `model_${dataset}`: by the choices that are known by now. */
  private interpolate(
    item: GroupItem | ConfigItem,
    items: readonly DefaultItem[],
    within: Standing,
  ): GroupItem | ConfigItem {
    const known = new Map(this.choices);
    for (const each of items) {
      if (each.kind !== 'group') continue;
      const key = overrideKeyOf(each, within);
      if (!known.has(key)) known.set(key, nameOf(each) ?? 'null');
    }
    const resolve = (text: string) =>
      text.replace(/\$\{([^}]+)\}/g, (whole, key: string) => known.get(key) ?? whole);
    return item.kind === 'config'
      ? { ...item, path: resolve(item.path) }
      : { ...item, options: item.options.map(resolve) };
  }
}

function isOverride(item: DefaultItem): boolean {
  return item.kind === 'group' && item.isOverride;
}

function isInterpolation(item: GroupItem | ConfigItem): boolean {
  return (item.kind === 'group' ? (item.options[0] ?? '') : item.path).includes('${');
}

function nameOf(item: GroupItem | ConfigItem): string | undefined {
  return item.kind === 'group' ? item.options[0] : item.path.slice(item.path.lastIndexOf('/') + 1);
}

function chosenOptions(value: ConfigValue): Pick<GroupItem, 'options' | 'isList'> {
  if (value.kind === 'list') {
    return {
      options: value.items.flatMap((each) => (each.kind === 'scalar' ? [each.text] : [])),
      isList: true,
    };
  }
  const isNone = value.kind !== 'scalar' || (value.text === 'null' && !value.isText);
  return { options: isNone ? [] : [value.text], isList: false };
}

function optionsValue(item: GroupItem): ConfigValue {
  const items = item.options.map((text) => ({ kind: 'scalar' as const, text, isText: true }));
  const [only] = items;
  if (item.isList) return { kind: 'list', items };
  return only ?? { kind: 'scalar', text: 'null', isText: false };
}
