import { spawn } from 'node:child_process';
import { gitEnvironment, harmless } from './git';

/**
 * The contents of a repository's blobs, in turn, through one process of git.
 *
 * @returns for each its bytes in parts; undefined where the repository lacks it. Ends early if git does.
 */
export async function* readGitBlobs(
  cwd: string,
  blobs: readonly string[],
): AsyncGenerator<readonly Buffer[] | undefined> {
  const git = spawn('git', [...harmless, 'cat-file', '--batch'], {
    cwd,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
    env: gitEnvironment(),
  });
  git.on('error', () => git.stdout.destroy());
  git.stdin.on('error', () => undefined);
  try {
    const parts = createReader(git.stdout);
    for (const blob of blobs) {
      git.stdin.write(`${blob}\n`);
      // https://git-scm.com/docs/git-cat-file#_batch_output
      const line = await parts.line();
      if (line === undefined) return;
      const size = /^[0-9a-f]+ blob (\d+)$/.exec(line)?.[1];
      if (size === undefined) {
        yield undefined;
        continue;
      }
      const content = await parts.bytes(Number(size));
      await parts.bytes(1);
      if (content === undefined) return;
      yield content;
    }
  } finally {
    git.kill();
  }
}

function createReader(stream: NodeJS.ReadableStream) {
  const chunks = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  /** False at the end. */
  async function more(): Promise<boolean> {
    const next = await chunks.next().catch(() => ({ done: true, value: undefined }));
    if (next.done || next.value === undefined) return false;
    // SAFETY: a stream without an encoding gives bytes.
    rest = next.value as unknown as Buffer;
    return true;
  }
  return {
    async line(): Promise<string | undefined> {
      let text = '';
      for (;;) {
        const end = rest.indexOf(0x0a);
        if (end >= 0) {
          text += rest.toString('latin1', 0, end);
          rest = rest.subarray(end + 1);
          return text;
        }
        text += rest.toString('latin1');
        if (!(await more())) return undefined;
      }
    },
    async bytes(count: number): Promise<readonly Buffer[] | undefined> {
      const parts: Buffer[] = [];
      for (let left = count; left > 0; ) {
        if (rest.length === 0 && !(await more())) return undefined;
        const part = rest.subarray(0, left);
        parts.push(part);
        rest = rest.subarray(part.length);
        left -= part.length;
      }
      return parts;
    },
  };
}
