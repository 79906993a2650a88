/** What may wait to be logged before the oldest of it is let go, in UTF-16 units. */
const maxLength = 16 * 1024 * 1024;

/**
 * The log of a program that is not known to be a run yet, or whose store cannot be written. What is let
 * go is said in its place.
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

  /** Gives what waits to `write`; it waits on if that fails. */
  async flush(write: (bytes: Uint8Array) => Promise<void>): Promise<void> {
    if (this.length === 0) return;
    const lost =
      this.lostLength > 0
        ? `[Epochlog left out ${this.lostLength} characters of output before this]\r\n`
        : '';
    const count = this.parts.length;
    await write(new TextEncoder().encode(lost + this.parts.join('')));
    const written = this.parts.splice(0, count);
    this.length -= written.reduce((sum, part) => sum + part.length, 0);
    this.lostLength = 0;
  }
}
