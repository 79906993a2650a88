import { type ConfigMap, emptyMap } from '../config/configValue';
import { isAbsolutePath, joinPath, type ProjectFiles } from '../config/projectFiles';
import { readConfig } from '../config/readConfig';
import { type DefaultItem, readDefaultItems } from './defaultItem';

/** A config that a program puts into Hydra's ConfigStore itself. */
export interface StoredConfig {
  readonly group: string;
  readonly name: string;
  readonly package?: string | undefined;
  /** Its values are the program's own defaults. */
  readonly content: ConfigMap;
}

export interface LoadedConfig {
  /** Of the `# @package` line. */
  readonly header: string | undefined;
  readonly defaults: readonly DefaultItem[];
  readonly content: ConfigMap;
}

/** The configs that a Hydra program finds, in its folders and in its ConfigStore. */
export class HydraRepository {
  /** @param folders absolute, the first that has a config gives it. */
  constructor(
    private readonly folders: string[],
    private readonly stored: readonly StoredConfig[],
    private readonly files: ProjectFiles,
  ) {}

  addFolder(folder: string): void {
    this.folders.push(folder);
  }

  isGroup(name: string): boolean {
    return (
      this.stored.some(({ group }) => group === name || group.startsWith(`${name}/`)) ||
      this.folders.some((folder) => this.files.isFolder(joinPath(folder, name)))
    );
  }

  /**
   * @param path from the root of the search path, without suffix.
   * @throws ConfigError where the file is no good.
   */
  load(path: string): LoadedConfig | undefined {
    // A list of a cloned project may name any file of the machine; those of the search path are meant.
    if (isAbsolutePath(path) || /(?:^|\/)\.\.(?:\/|$)/.test(path)) return undefined;
    for (const folder of this.folders) {
      const file = joinPath(folder, path);
      const text =
        this.files.readConfig(`${file}.yaml`) ??
        (/\.ya?ml$/.test(path) ? this.files.readConfig(file) : undefined) ??
        this.files.readConfig(`${file}.yml`);
      if (text === undefined) continue;
      const isEmpty = text.replace(/^\s*#.*$/gm, '').trim() === '';
      const content = isEmpty ? emptyMap() : readConfig(text, 'yaml');
      return split(content, readHeader(text));
    }
    const found = this.stored.find(
      ({ group, name }) => (group === '' ? name : `${group}/${name}`) === path,
    );
    return found && split(found.content, found.package);
  }
}

function split(content: ConfigMap, header: string | undefined): LoadedConfig {
  const entries = new Map(content.entries);
  const defaults = readDefaultItems(entries.get('defaults'));
  entries.delete('defaults');
  return { header, defaults, content: { kind: 'map', entries } };
}

/** Source: `_get_header_dict` in Hydra: the first lines, as far as they are such. */
function readHeader(text: string): string | undefined {
  for (const line of text.slice(0, 512).split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '') continue;
    if (!/^#\s*@/.test(trimmed)) return undefined;
    const found = /^#\s*@package\s+(\S+)/.exec(trimmed);
    if (found !== null) return found[1];
  }
  return undefined;
}
