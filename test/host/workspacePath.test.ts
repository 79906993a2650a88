import { strictEqual } from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Uri } from 'vscode';
import { fromWorkspacePath, resolveFrom, toWorkspacePath } from '../../src/platform/workspacePath';
import { workspaceRoot } from './epochlog';

suite('workspacePath', () => {
  test('a file inside is named from its folder, and found again', () => {
    for (const name of ['train.py', 'src/deep/träin.py', 'a b/%20#x?.ipynb']) {
      const uri = Uri.joinPath(workspaceRoot(), ...name.split('/'));
      strictEqual(toWorkspacePath(uri), name);
      strictEqual(fromWorkspacePath(name).toString(), uri.toString());
    }
  });

  test('a file outside keeps its full path, and is found again', () => {
    const uri = Uri.file(join(tmpdir(), 'elsewhere', 'train.py'));
    const name = toWorkspacePath(uri);
    strictEqual(name, uri.fsPath.replaceAll('\\', '/'));
    strictEqual(fromWorkspacePath(name).fsPath, uri.fsPath);
  });

  test('what a command names is seen from where it ran', () => {
    const cwd = Uri.joinPath(workspaceRoot(), 'src');
    const inside = Uri.joinPath(workspaceRoot(), 'train.py');
    strictEqual(resolveFrom(cwd, '../train.py')?.toString(), inside.toString());
    strictEqual(resolveFrom(undefined, 'train.py')?.toString(), inside.toString());
    strictEqual(resolveFrom(cwd, inside.fsPath)?.fsPath, inside.fsPath);
  });
});
