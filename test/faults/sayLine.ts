import { writeSync } from 'node:fs';
import { errorCode } from '../../src/store/disk/disk';

const stdout = 1;

/** Prints a line of JSON at once, so that it is said whatever comes next. */
export function sayLine(line: unknown): void {
  let bytes: Uint8Array = new TextEncoder().encode(`${JSON.stringify(line)}\n`);
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(stdout, bytes));
    } catch (error) {
      // A thread of this process made it one that does not wait.
      if (errorCode(error) !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
