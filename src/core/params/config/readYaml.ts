import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import {
  ConfigError,
  type ConfigMap,
  ConfigRoom,
  type ConfigValue,
  emptyMap,
  scalar,
} from './configValue';

/**
 * Reads the first document of a YAML file that has names in it. Values keep the text that they are written with; tags are
 * not looked at, so that nothing is made of `!!python/object`; references are followed within a limit.
 *
 * @throws ConfigError
 */
export function readYaml(text: string): ConfigValue {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter,
    uniqueKeys: false,
    strict: false,
    prettyErrors: false,
    logLevel: 'silent',
    // Every value stays the text that it is written with.
    schema: 'failsafe',
  });
  if (!Array.isArray(documents)) return emptyMap();
  const document = documents.find(({ contents }) => isMap(contents)) ?? documents[0];
  if (document === undefined) return emptyMap();
  const [error] = document.errors;
  if (error !== undefined) {
    const { line } = lineCounter.linePos(error.pos[0]);
    throw new ConfigError(`line ${line}: ${error.message}`);
  }
  return document.contents === null ? emptyMap() : new Reader().read(document.contents, 0);
}

class Reader {
  private readonly room = new ConfigRoom();
  /** In the order of the file, as a name can be given anew. */
  private readonly anchors = new Map<string, Node>();

  read(node: unknown, depth: number): ConfigValue {
    this.room.take(depth);
    if (isAlias(node)) {
      const target = this.anchors.get(node.source);
      return target === undefined ? scalar(`*${node.source}`) : this.read(target, depth + 1);
    }
    if (isScalar(node)) {
      this.note(node.anchor, node);
      return scalar(textOf(node), node.type?.startsWith('QUOTE') === true);
    }
    if (isSeq(node)) {
      this.note(node.anchor, node);
      return { kind: 'list', items: node.items.map((item) => this.read(item, depth + 1)) };
    }
    if (!isMap(node)) return scalar('null');
    this.note(node.anchor, node);
    return this.readMap(node, depth);
  }

  private note(anchor: string | undefined, node: Node): void {
    if (anchor !== undefined) this.anchors.set(anchor, node);
  }

  private readMap(node: YAMLMap, depth: number): ConfigMap {
    const map = emptyMap();
    const merged: ConfigMap[] = [];
    for (const pair of node.items) {
      if (!isPair(pair)) continue;
      const key = this.read(pair.key, depth + 1);
      const value = this.read(pair.value, depth + 1);
      if (key.kind !== 'scalar') continue;
      if (key.text === '<<' && !key.isText) {
        for (const each of value.kind === 'list' ? value.items : [value]) {
          if (each.kind === 'map') merged.push(each);
        }
      } else map.entries.set(key.text, value);
    }
    // What is merged in stands behind what is said here; of several, the first counts.
    for (const [key, value] of merged.flatMap(({ entries }) => [...entries])) {
      if (!map.entries.has(key)) map.entries.set(key, value);
    }
    return map;
  }
}

function textOf({ value, source, type }: Scalar): string {
  const text = typeof value === 'string' ? value : (source ?? '');
  return type === 'PLAIN' && /^~?$/.test(text) ? 'null' : text;
}
