import { standardLibrary } from '../python/interpret/builtins';
import { dataclassLibrary } from '../python/interpret/dataclasses';
import { evaluate } from '../python/interpret/evaluate';
import { LocalModules, type ModuleFinder, modulePath } from '../python/interpret/localModules';
import { type Frame, Machine } from '../python/interpret/machine';
import { callUnseen, runBody, uncalledFunctions } from '../python/interpret/runStatements';
import { pyStr } from '../python/interpret/value';
import { type PythonSource, parsePython } from '../python/pythonSyntax';
import type { CommandSpec, OptionSpec } from './commandSpec';
import type { NamedConfig } from './config/namedConfig';
import { type Described, DescribingWork, type Findings } from './findings';
import { createAbsl } from './libraries/abslLibrary';
import { createArgparse } from './libraries/argparseLibrary';
import { createClassReaders } from './libraries/classLibrary';
import { createClick } from './libraries/clickLibrary';
import { createConfigLibrary } from './libraries/configLibrary';
import { createDocopt } from './libraries/docoptLibrary';
import { createFire } from './libraries/fireLibrary';
import { createHydra } from './libraries/hydraLibrary';
import { createSacred } from './libraries/sacredLibrary';
import { createTyper } from './libraries/typerLibrary';
import { moduleConstants } from './moduleConstants';
import { recordDefaults } from './recordDefaults';

/** What a script says of its params before it runs. */
export interface ScriptDefaults {
  /** What it takes from its command line; empty where no known library reads that. */
  readonly command: CommandSpec;
  /** What objects hold that it reads configuration files into, or shows a tracker. */
  readonly settings: readonly OptionSpec[];
  /** Constants of the module: the weakest origin. */
  readonly constants: readonly OptionSpec[];
  /** The configuration files that it names, to be read by who has the files. */
  readonly configs: readonly NamedConfig[];
}

export interface ScriptContext {
  /** What follows the script on the command line. */
  readonly args: readonly string[];
  /** Absolute path of the script, if it is known: `__file__`. */
  readonly path?: string;
  /** Gives the modules of the user's own that it imports. */
  readonly finder?: ModuleFinder;
}

/** A source without any of these reads no command line that is known here. */
const readsArguments =
  /argparse|ArgumentParser|ArgParser|optparse|click|typer|flags|\bfire\b|tyro|simple_parsing|draccus|pyrallis|jsonargparse|BaseSettings|hydra|\btap\b|\bTrlParser\b/;
/** A function that makes a parser may be called from where it cannot be seen. */
const makesParser = /ArgumentParser|add_argument|parse_args|OptionParser|fire\.Fire|tyro\.cli/;

/**
 * Reads the params of a training script, and their defaults, from its source, by a partial
 * evaluation: nothing of it is run, and what only running it would tell stays out. Values are texts
 * as Python's `str` gives them (`1e-3` is `0.001`), an enum's member as its value. Never throws;
 * takes time linear in the length of the source, and bounded for any.
 */
export function readDefaults(source: string, context: ScriptContext): ScriptDefaults {
  const findings: Findings = {
    args: context.args,
    read: new Set(),
    made: new Set(),
    configs: [],
    records: new Set(),
  };
  const parsed = parsePython(source);
  const modules = context.finder && new LocalModules(context.finder);
  const libraries = [
    dataclassLibrary,
    createArgparse(findings),
    createClick(findings),
    createTyper(findings),
    createAbsl(findings),
    createFire(findings),
    createClassReaders(findings),
    createHydra(findings),
    createConfigLibrary(findings),
    createDocopt(findings),
    createSacred(findings),
    modulePath,
    standardLibrary,
  ];
  const machine = new Machine(libraries, modules);
  if (context.path !== undefined) {
    machine.module.names.set('__file__', pyStr(context.path));
    modules?.setPath(machine.module, context.path);
  }
  machine.within(() => runModule(parsed, machine, findings, readsArguments.test(source)));
  machine.refill();
  const specs = describeAll(findings, machine);
  const command = mergeSpecs(specs);
  const isRead = command.options.length > 0 || (command.commands?.size ?? 0) > 0;
  machine.refill();
  let constants: readonly OptionSpec[] = [];
  machine.within(() => {
    constants = moduleConstants(parsed, machine, isRead);
  });
  return {
    command,
    settings: recordDefaults(findings.records),
    constants,
    configs: findings.configs,
  };
}

function runModule(
  source: PythonSource,
  machine: Machine,
  findings: Findings,
  looksInside: boolean,
): void {
  const frame: Frame = { machine, source, scope: machine.module, returns: [] };
  const first = source.tree.topNode.getChild('ExpressionStatement')?.firstChild;
  // What a program says of itself can be what its options are read from.
  if (first?.name === 'String') machine.module.names.set('__doc__', evaluate(first, frame));
  runBody(source.tree.topNode, frame);
  if (!looksInside || findings.read.size > 0) return;
  for (const called of uncalledFunctions(frame)) {
    const text = source.text.slice(called.node.from, called.node.to);
    if (makesParser.test(text)) callUnseen(called, frame);
  }
}

function describeAll({ read, made }: Findings, machine: Machine): CommandSpec[] {
  const chosen: Iterable<Described> = read.size > 0 ? read : made;
  const specs: CommandSpec[] = [];
  const work = new DescribingWork();
  machine.within(() => {
    for (const each of chosen) specs.push(work.describe(each));
  });
  return specs;
}

/** A program may read its command line in several steps: together they are its params. */
function mergeSpecs(specs: readonly CommandSpec[]): CommandSpec {
  const [only] = specs;
  if (only !== undefined && specs.length === 1) return only;
  const options = new Map<string, OptionSpec>();
  for (const option of specs.flatMap((spec) => spec.options)) {
    const id = `${option.key} ${option.flags.join(' ')}`;
    if (!options.has(id)) options.set(id, option);
  }
  const commandKey = specs.find((spec) => spec.commandKey !== undefined)?.commandKey;
  return {
    options: [...options.values()],
    commands: new Map(specs.flatMap(({ commands }) => [...(commands ?? [])])),
    ...(commandKey === undefined ? {} : { commandKey }),
    allowsAbbreviation: specs.some(({ allowsAbbreviation }) => allowsAbbreviation),
  };
}
