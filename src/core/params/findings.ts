import type { ConfigRecord } from '../python/interpret/configRecord';
import type { PyValue } from '../python/interpret/value';
import type { CommandSpec } from './commandSpec';
import type { NamedConfig } from './config/namedConfig';

/** What the libraries saw while a script was looked through. */
export interface Findings {
  /** The arguments of the command line. */
  readonly args: readonly string[];
  /** Descriptions of what the program was seen to read from its command line; made in the end. */
  readonly read: Set<Described>;
  /** Parsers and commands that it made, whether or not it was seen to use them. */
  readonly made: Set<Described>;
  /** The configuration files that it was seen to name. */
  readonly configs: NamedConfig[];
  /** Objects that hold its settings, as far as a file does not change them. */
  readonly records: Set<ConfigRecord>;
}

export interface Described {
  describe(work: DescribingWork): CommandSpec;
}

const maxNesting = 12;

/** Bounds what is described: commands may hold each other. */
export class DescribingWork {
  private left = 10_000;
  private nesting = 0;

  describe(each: Described): CommandSpec {
    this.left -= 1;
    if (this.left < 0 || this.nesting >= maxNesting) return { options: [] };
    this.nesting += 1;
    try {
      return each.describe(this);
    } finally {
      this.nesting -= 1;
    }
  }

  describeAll(commands: ReadonlyMap<string, Described>): ReadonlyMap<string, CommandSpec> {
    return new Map([...commands].map(([name, each]) => [name, this.describe(each)]));
  }
}

/** A keyword argument, or the positional one at `index`. */
export function argumentAt(
  args: {
    readonly positional: readonly PyValue[];
    readonly keywords: ReadonlyMap<string, PyValue>;
  },
  name: string,
  index?: number,
): PyValue | undefined {
  return args.keywords.get(name) ?? (index === undefined ? undefined : args.positional[index]);
}

export function textOf(value: PyValue | undefined): string | undefined {
  return value?.kind === 'str' ? value.value : undefined;
}

/** A text or a `pathlib.Path`. */
export function pathTextOf(value: PyValue | undefined): string | undefined {
  return value?.kind === 'path' ? value.value : textOf(value);
}
