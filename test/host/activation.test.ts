import { deepStrictEqual, ok } from 'node:assert/strict';
import { commands, extensions } from 'vscode';

suite('activation', () => {
  test('the extension activates and registers every command it contributes', async () => {
    const extension = extensions.getExtension('epochlog.epochlog');
    ok(extension, 'VS Code knows the extension');
    await extension.activate();
    ok(extension.isActive);

    const contributed: { command: string }[] = extension.packageJSON.contributes.commands;
    ok(contributed.length > 0);
    const registered = new Set(await commands.getCommands(true));
    const dead = contributed.map(({ command }) => command).filter((id) => !registered.has(id));
    deepStrictEqual(dead, []);
  });
});
