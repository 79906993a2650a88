import { deepStrictEqual, ok } from 'node:assert/strict';
import { commands } from 'vscode';
import { commandIds } from '../../src/platform/contributionIds';
import { activateEpochlog } from './epochlog';

suite('activation', () => {
  test('the extension activates and registers every command, contributed or not', async () => {
    const { extension } = await activateEpochlog();
    ok(extension.isActive);
    const contributed: { command: string }[] = extension.packageJSON.contributes.commands;
    ok(contributed.length > 0);
    const registered = new Set(await commands.getCommands(true));
    const ids = [...contributed.map(({ command }) => command), ...Object.values(commandIds)];
    deepStrictEqual(
      ids.filter((id) => !registered.has(id)),
      [],
    );
  });

  test('activating again gives the same record', async () => {
    const { api } = await activateEpochlog();
    deepStrictEqual(await api.snapshot(), await (await activateEpochlog()).api.snapshot());
  });
});
