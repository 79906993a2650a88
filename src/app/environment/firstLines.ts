import { open } from 'node:fs/promises';

/** The beginning of a script, with the `#!` that names its interpreter; undefined if a file is none. */
export async function firstLines(path: string): Promise<string | undefined> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(1024), 0, 1024, 0);
      const text = buffer.toString('utf8', 0, bytesRead);
      return text.startsWith('#!') ? text : undefined;
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
}
