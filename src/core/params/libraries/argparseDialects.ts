import { itemsOf } from '../../python/interpret/callValue';
import type { Machine } from '../../python/interpret/machine';
import { builtin, type CallArguments, type PyValue, unknown } from '../../python/interpret/value';
import { textOf } from '../findings';
import type { ArgumentParser } from './argparseParser';
import { describeFields, type FieldStyle } from './fieldOptions';

/** How a parser that is built on argparse differs from it. */
export interface Dialect {
  /** The methods that read the command line. */
  readonly reads: RegExp;
  readonly onMade?: (parser: ArgumentParser, args: CallArguments, machine: Machine) => void;
  /** Methods of its own. */
  readonly method?: (parser: ArgumentParser, name: string) => PyValue | undefined;
}

const plain: Dialect = { reads: /^parse_(?:known_)?(?:intermixed_)?args$/ };

/** Source: `HfArgumentParser` in transformers: the fields of dataclasses, one option each. */
const huggingFace: Dialect = {
  reads: /^parse_\w+$/,
  onMade(parser, args, machine) {
    const types = args.keywords.get('dataclass_types') ?? args.positional[0];
    if (types === undefined) return;
    for (const each of itemsOf(types) ?? [types]) addFields(parser, each, 'huggingFace', machine);
  },
};

/** Source: simple_parsing's `add_arguments`: the fields of a dataclass by their own names. */
const simpleParsing: Dialect = {
  ...plain,
  method: (parser, name) =>
    name !== 'add_arguments'
      ? undefined
      : builtin(name, ({ positional: [type], keywords }, machine) => {
          const made = type ?? keywords.get('dataclass');
          if (made !== undefined) addFields(parser, made, 'flat', machine);
          return unknown;
        }),
};

/** Source: jsonargparse's `add_class_arguments` and its like: `group.field`. */
const jsonArgparse: Dialect = {
  reads: /^(?:parse_\w+|get_defaults)$/,
  method: (parser, name) =>
    !/^add_(?:class|dataclass|function|method|subclass)_arguments$/.test(name)
      ? undefined
      : builtin(name, ({ positional: [type, group], keywords }, machine) => {
          const prefix = textOf(group) ?? textOf(keywords.get('nested_key'));
          if (type !== undefined) addFields(parser, type, 'dotted', machine, prefix);
          return unknown;
        }),
};

function addFields(
  parser: ArgumentParser,
  value: PyValue,
  style: FieldStyle,
  machine: Machine,
  prefix?: string,
): void {
  parser.more.push(...describeFields(value, style, machine, prefix));
}

export function dialectOf(path: string): Dialect | undefined {
  if (/^(?:argparse\.ArgumentParser|optparse\.OptionParser)$/.test(path)) return plain;
  if (/^configargparse\.(?:ArgumentParser|ArgParser|ArgParse)$/.test(path)) return plain;
  if (/(?:^|\.)(?:Hf|H4|Trl)(?:Argument)?Parser$/.test(path)) return huggingFace;
  if (/^simple_parsing\.(?:\w+\.)?ArgumentParser$/.test(path)) return simpleParsing;
  return /^jsonargparse\.ArgumentParser$/.test(path) ? jsonArgparse : undefined;
}
