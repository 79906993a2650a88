/** Replays what cells did to a kernel, statement by statement. */

import type { CellCode } from '../cellCode';
import type { Tokens } from '../kernelObject';
import { bindNew } from './bindValue';
import { CellRun } from './cellRun';
import { lastOutput, settings } from './hiddenNames';
import { KernelMemory } from './kernelMemory';
import { observe } from './observe';
import { runUnit } from './runUnit';
import type { RunOptions, Trace } from './trace';

/** The memory of a kernel, without its values: replays what cells did to it. */
export class KernelModel {
  private readonly memory: KernelMemory;

  constructor(
    private readonly tokens: Tokens,
    /** Counts what can never be the same again; shared by all models that are compared. */
    private readonly nextUnique: () => number,
    /** Entries at which a cell is known to have failed; shared. */
    private readonly failures: Set<number>,
  ) {
    this.memory = new KernelMemory(tokens, nextUnique);
  }

  /** From here on, what is there may have been changed by something that was not seen. */
  assume(): void {
    for (const object of [...this.memory.names.values(), ...this.memory.files.values()])
      object.isAssumed = true;
  }

  /** Files outlive their kernel. */
  keepFilesOf(before: KernelModel): void {
    for (const [name, object] of before.memory.files) this.memory.files.set(name, object);
  }

  run(code: CellCode, { producer, outcome }: RunOptions): Trace {
    const run = new CellRun(producer, outcome);
    const entry = this.entryOf(code);
    if (outcome === 'failed') this.failures.add(entry);
    const fails = outcome === 'failed' || (outcome === 'predicted' && this.failures.has(entry));
    let isBefore = true;
    for (const unit of code.units) {
      isBefore &&= unit.isSafe;
      run.isFailing = fails && !isBefore;
      runUnit(this.memory, unit, run);
      if (run.isStopped) break;
    }
    const shown = this.memory.names.get(settings);
    if (shown !== undefined) observe(this.memory, settings, undefined, run, []);
    if (code.isTimed) run.outside ??= 'the time that it took';
    if (outcome === 'interrupted') run.outside ??= 'when it was interrupted';
    const salt = run.outside === undefined ? [] : [this.nextUnique()];
    const identity = this.tokens.of(
      'cell',
      ...run.tokens,
      ...(shown ? [shown.token(this.tokens)] : []),
      ...salt,
    );
    bindNew(this.memory, lastOutput, this.tokens.of('shown', identity), run);
    return {
      identity,
      observations: [...run.observations.values()],
      missing: run.missing,
      isAssumed: run.isAssumed,
      outside: run.outside,
    };
  }

  /** What a cell meets when it begins, to know again where it would fail. */
  private entryOf(code: CellCode): number {
    const parts: (string | number)[] = [];
    for (const { text, effects, magic } of code.units) {
      parts.push(text);
      for (const name of effects?.reads.keys() ?? magic?.reads ?? []) {
        const object = this.memory.names.get(name);
        parts.push(object === undefined ? 0 : this.memory.tokenOf(object));
      }
    }
    return this.tokens.of('entry', ...parts);
  }
}
