import { leftOutMark } from '../core/recording/leftOutMark';

/** What may wait before the oldest of it is let go, in UTF-16 units. */
const maxLength = 16 * 1024 * 1024;
/** What is written at once, so that a window's thread is not held up. */
const writeLength = 256 * 1024;

/**
 * Output that waits: for its command to be known, to be a run, or for a store that can be written. What
 * is let go is said in its place.
 */
export class LogBuffer {
  private parts: string[] = [];
  private length = 0;
  private lostLength = 0;

  add(text: string): void {
    if (text === '') return;
    this.parts.push(text);
    this.length += text.length;
    while (this.length > maxLength && this.parts.length > 1) {
      const lost = this.parts.shift()?.length ?? 0;
      this.length -= lost;
      this.lostLength += lost;
    }
  }

  /** All that waits, from the beginning of a line on where something before it was let go. */
  take(): string {
    const text = this.parts.join('');
    const lost = this.lostLine();
    this.parts = [];
    this.length = 0;
    this.lostLength = 0;
    // Of a secret that was cut the rest would not be known.
    return lost === '' ? text : lost + text.slice(text.indexOf('\n') + 1);
  }

  /** Gives what waits to `write`, part by part; what it does not take waits on. */
  async flush(write: (bytes: Uint8Array) => Promise<void>): Promise<void> {
    while (this.length > 0) {
      let count = 0;
      let length = 0;
      while (count < this.parts.length && length < writeLength) {
        length += this.parts[count]?.length ?? 0;
        count++;
      }
      const text = this.lostLine() + this.parts.slice(0, count).join('');
      await write(new TextEncoder().encode(text));
      this.parts.splice(0, count);
      this.length -= length;
      this.lostLength = 0;
    }
  }

  private lostLine(): string {
    return this.lostLength > 0
      ? `${leftOutMark} ${this.lostLength} characters of output before this]\r\n`
      : '';
  }
}
