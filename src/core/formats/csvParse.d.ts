// The package's own types bring Node's into the core, which has none.
export interface Options {
  readonly delimiter?: string;
  readonly relax_quotes?: boolean;
  readonly relax_column_count?: boolean;
  readonly skip_empty_lines?: boolean;
  readonly trim?: boolean;
}
export function parse(input: string, options: Options): string[][];
