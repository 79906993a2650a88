import { joinCommand } from '../core/command/joinCommand';
import { unwrapDebugger } from '../core/command/unwrapDebugger';

/** Brings debug sessions together with the terminals that their programs run in. */
export interface DebugTerminals {
  /**
   * A debugger asks for a terminal.
   *
   * @param claimed called once its command is seen there.
   */
  expect(words: readonly string[], cwd: string | undefined, claimed: () => void): void;
  /** A debugger's command is seen in a terminal. @returns where it runs, if the debugger said it. */
  claim(commandLine: string): string | undefined;
}

/** A terminal that was asked for longer ago is not coming. */
const maxWaitMs = 30_000;

export function createDebugTerminals(): DebugTerminals {
  let expected: {
    readonly commandLine: string;
    readonly cwd: string | undefined;
    readonly claimed: () => void;
    readonly atMs: number;
  }[] = [];
  return {
    expect(words, cwd, claimed) {
      const whole = joinCommand(words);
      const commandLine = unwrapDebugger(whole)?.commandLine ?? whole;
      expected.push({ commandLine, cwd, claimed, atMs: Date.now() });
    },
    claim(commandLine) {
      expected = expected.filter(({ atMs }) => Date.now() - atMs < maxWaitMs);
      const at = expected.findIndex((each) => each.commandLine === commandLine);
      const [found] = at === -1 ? [] : expected.splice(at, 1);
      found?.claimed();
      return found?.cwd;
    },
  };
}
