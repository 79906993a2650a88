/** What a configuration file holds, whatever format it is in. */
export type ConfigValue = ConfigScalar | ConfigList | ConfigMap;

export interface ConfigScalar {
  readonly kind: 'scalar';
  /** As it is written, a text without its quotes; nothing at all is `null`. */
  readonly text: string;
  /** Whether it was quoted, so that `"1"` in a list stays a text. */
  readonly isText: boolean;
  /** It stands in the source of the program, not in a file. */
  readonly isDefault?: boolean;
}

export interface ConfigList {
  readonly kind: 'list';
  readonly items: readonly ConfigValue[];
}

export interface ConfigMap {
  readonly kind: 'map';
  readonly entries: Map<string, ConfigValue>;
}

/** Says what is wrong with a configuration file, in words for its author. */
export class ConfigError extends Error {}

/** More than this is data, and would make a table of nothing but it. */
export const maxConfigNodes = 20_000;
export const maxConfigDepth = 20;

export function scalar(text: string, isText = false): ConfigScalar {
  return { kind: 'scalar', text, isText };
}

export function emptyMap(): ConfigMap {
  return { kind: 'map', entries: new Map() };
}

/** Counts what is read, so that no file can take long, or grow without end by references. */
export class ConfigRoom {
  private left = maxConfigNodes;

  take(depth: number): void {
    this.left -= 1;
    if (this.left < 0) throw new ConfigError(`it holds more than ${maxConfigNodes} values`);
    if (depth > maxConfigDepth) throw new ConfigError('its values are nested too deeply');
  }
}
