import { commands, type Disposable } from 'vscode';
import type { CommandId } from './contributionIds';
import type { Guard } from './guard';

/** Registers a command whose failures are caught and said. */
export type RegisterCommand = (
  id: CommandId,
  action: (...args: readonly unknown[]) => unknown,
) => Disposable;

export function createRegisterCommand(guard: Guard): RegisterCommand {
  return (id, action) =>
    commands.registerCommand(id, (...args: unknown[]) => guard(id, async () => action(...args)));
}
