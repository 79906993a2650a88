import { Disposable } from 'vscode';
import type { CommandRecorder } from '../app/commandRecorder';
import { captureDebugSessions } from './debugCapture';
import { createDebugTerminals } from './debugTerminals';
import { captureTerminals } from './terminalCapture';
import { type UnseenProgram, watchUnseenPrograms } from './unseenPrograms';

/**
 * Records what is run in terminals, as tasks and under a debugger, each once.
 *
 * @param showUnseen told of a program that runs where nothing can be recorded of it.
 */
export function captureCommands(
  recorder: CommandRecorder,
  showUnseen: (program: UnseenProgram | undefined) => void,
  quietly: (what: string, action: () => unknown) => void,
): Disposable {
  const debugTerminals = createDebugTerminals();
  return Disposable.from(
    captureTerminals(recorder, debugTerminals, quietly),
    captureDebugSessions(recorder, debugTerminals, quietly),
    watchUnseenPrograms(showUnseen, quietly),
  );
}
