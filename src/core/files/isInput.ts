import { fileType, isProduct } from './fileType';
import type { PathLiteral } from './pathLiterals';

/**
 * Whether a file or folder that is there is read by the run that names it. Settings and code are
 * recorded as such; of a path whose use nobody knows, its type decides.
 */
export function isInput({ path, use }: PathLiteral, isFolder: boolean): boolean {
  if (use === 'write' || isConfigFile(path)) return false;
  if (isFolder) return use === 'read';
  const type = fileType(path);
  if (type === 'code' || type === 'config' || type === 'log') {
    return use === 'read' && /\.(?:json|log|out)$/i.test(path);
  }
  return use === 'read' || (isProduct(type) && type !== 'figure');
}

function isConfigFile(path: string): boolean {
  return /(?:^|[/\\])[^/\\]*(?:config|cfg|settings|params|args)[^/\\]*\.\w+$/i.test(path);
}
