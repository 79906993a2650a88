/** One argument that a program takes. */
export interface OptionSpec {
  /** The name of its param: what the program itself calls it. */
  readonly key: string;
  /** As they are typed, with their dashes. */
  readonly flags: readonly string[];
  /** Those that say `no`, such as `--no-shuffle`. */
  readonly offFlags?: readonly string[];
  /** It may be given by its place alone, or by its place too. */
  readonly position?: 'only' | 'also';
  /** How many values follow it. */
  readonly takes: number | 'optional' | 'any' | 'some';
  /** The text of its value where it is not given; none if that is not known or it has none. */
  readonly default?: string;
  /** The text of its value where it is given and takes none, or none follows. */
  readonly on?: string;
  readonly off?: string;
  /** What giving it again does; the last one counts otherwise. */
  readonly repeated?: 'append' | 'count';
}

/** What a program, or one of its commands, takes from its command line. */
export interface CommandSpec {
  readonly options: readonly OptionSpec[];
  /** Its own commands by name. */
  readonly commands?: ReadonlyMap<string, CommandSpec>;
  /** The param that holds the name of the chosen command. */
  readonly commandKey?: string;
  /** The one that runs where none is named. */
  readonly defaultCommand?: CommandSpec;
  /** A long option may be cut short as far as it stays the only one. */
  readonly allowsAbbreviation?: boolean;
  /** What it is given instead of the command line, as by `parse_args([])`. */
  readonly fixedArguments?: readonly string[];
}
