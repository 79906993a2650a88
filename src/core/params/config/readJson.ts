import { ConfigError, ConfigRoom, type ConfigValue, emptyMap, scalar } from './configValue';

/** Blanks, and the comments that VS Code and DeepSpeed's users put into JSON. */
const skipped = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|#[^\n]*)*/y;
const word = /[^\s,:[\]{}"'/#]+/y;
const quoted = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y;
const isWord =
  /^(?:true|false|null|[-+]?(?:Infinity|NaN)|[-+]?[\d.]+(?:[eE][-+]?\d+)?|0x[\da-f]+)$/i;

/**
 * Reads JSON, also with comments, trailing commas, single quotes and plain keys. Numbers keep the
 * text that they are written with.
 *
 * @throws ConfigError
 */
export function readJson(text: string): ConfigValue {
  const reader = new Reader(text.replace(/^\uFEFF/, ''));
  const value = reader.read(0);
  reader.end();
  return value;
}

class Reader {
  private at = 0;
  private readonly room = new ConfigRoom();

  constructor(private readonly text: string) {}

  read(depth: number): ConfigValue {
    this.room.take(depth);
    const char = this.next();
    if (char === '{') return this.readObject(depth);
    if (char === '[') return this.readArray(depth);
    if (char === '"' || char === "'") return scalar(this.readText(), true);
    const found = this.take(word);
    if (found === undefined || !isWord.test(found)) throw this.error('a value was expected');
    return scalar(found);
  }

  end(): void {
    if (this.next() !== '') throw this.error('more follows its end');
  }

  private readObject(depth: number): ConfigValue {
    const map = emptyMap();
    this.at += 1;
    for (let char = this.next(); char !== '}'; char = this.next()) {
      const isQuoted = char === '"' || char === "'";
      const key = isQuoted ? this.readText() : this.take(word);
      if (key === undefined || this.next() !== ':') throw this.error('a name was expected');
      this.at += 1;
      map.entries.set(key, this.read(depth + 1));
      this.separate('}');
    }
    this.at += 1;
    return map;
  }

  private readArray(depth: number): ConfigValue {
    const items: ConfigValue[] = [];
    this.at += 1;
    while (this.next() !== ']') {
      items.push(this.read(depth + 1));
      this.separate(']');
    }
    this.at += 1;
    return { kind: 'list', items };
  }

  private separate(end: string): void {
    const char = this.next();
    if (char === ',') this.at += 1;
    else if (char !== end) throw this.error(`a comma or ${end} was expected`);
  }

  private readText(): string {
    const found = this.take(quoted);
    if (found === undefined) throw this.error('a text has no end');
    const inside = found.slice(1, -1).replaceAll(/\\'/g, "'");
    const plain = found.startsWith('"') ? inside : inside.replaceAll(/(?<!\\)"/g, '\\"');
    try {
      return String(JSON.parse(`"${plain}"`));
    } catch {
      return inside;
    }
  }

  /** The character that comes after blanks and comments; empty at the end. */
  private next(): string {
    skipped.lastIndex = this.at;
    this.at += skipped.exec(this.text)?.[0].length ?? 0;
    return this.text.charAt(this.at);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  private error(what: string): ConfigError {
    const line = this.text.slice(0, this.at).split('\n').length;
    return new ConfigError(`line ${line}: ${what}`);
  }
}
