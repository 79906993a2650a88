import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder name under which VS Code expects an installed extension: `publisher.name-version`. */
export function extensionLinkName(extensionDir: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(extensionDir, 'package.json'), 'utf8'));
  const { publisher, name, version } = manifest as Record<string, unknown>; // SAFETY: checked next
  if (![publisher, name, version].every((part) => typeof part === 'string')) {
    throw new Error(`${extensionDir} is not an extension: publisher, name or version is missing.`);
  }
  return `${publisher}.${name}-${version}`;
}
