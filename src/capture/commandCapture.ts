import { Disposable } from 'vscode';
import type { CommandRecorder } from '../app/commandRecorder';
import { captureDebugSessions } from './debugCapture';
import { createDebugTerminals } from './debugTerminals';
import { captureTerminals } from './terminalCapture';

/** Records what is run in terminals, as tasks and under a debugger, each once. */
export function captureCommands(
  recorder: CommandRecorder,
  quietly: (what: string, action: () => unknown) => void,
): Disposable {
  const debugTerminals = createDebugTerminals();
  return Disposable.from(
    captureTerminals(recorder, debugTerminals, quietly),
    captureDebugSessions(recorder, debugTerminals, quietly),
  );
}
