import { leftOutMark } from '../core/recording/leftOutMark';
import { splitText } from '../core/terminal/splitText';
import type { OutputPlace } from './recordingStart';

/** What one step reads, in UTF-16 units: about two thousand points. */
const maxStepLength = 128 * 1024;
/** What may wait to be read while the store cannot write, in UTF-16 units. */
const maxLength = 16 * 1024 * 1024;
export const leftOutLine = `\r\n${leftOutMark} output here, as it came while the store could not be written]\r\n`;

/** Output that waits to be read. */
export interface Unread {
  readonly text: string;
  /** Of its end. */
  readonly place: OutputPlace | undefined;
}

/** The output of one program that nobody has read yet, within bounds: what finds no room is left out. */
export class OutputQueue {
  /** Whether what comes is left out: all that finds no room, and the rest of its last line. */
  leavesOut = false;
  private readonly waiting: Unread[] = [];
  private length = 0;
  /** The first half of a character that a chunk cut in two. */
  private carried = '';

  /** @returns false if nothing of it is to be read. */
  push(text: string, place: OutputPlace | undefined): boolean {
    const whole = this.carried + text;
    const cut = /[\uD800-\uDBFF]$/.test(whole) ? whole.length - 1 : whole.length;
    this.carried = whole.slice(cut);
    const kept = cut === 0 ? '' : this.makeRoom(whole.slice(0, cut));
    if (kept === '') return false;
    // The place of a text is that of its end alone, so a text that has one stays whole.
    const parts = place ? [kept] : splitText(kept, maxStepLength);
    for (const part of parts) this.waiting.push({ text: part, place });
    this.length += kept.length;
    return true;
  }

  /** What one step reads, with the place of its end; `undefined` if there is none. */
  next(): Unread | undefined {
    let count = 0;
    let length = 0;
    while (count < this.waiting.length && length < maxStepLength) {
      length += this.waiting[count]?.text.length ?? 0;
      count++;
    }
    const taken = this.waiting.splice(0, count);
    this.length -= length;
    const last = taken.at(-1);
    return last && { text: taken.map(({ text }) => text).join(''), place: last.place };
  }

  /** What of a text is kept. */
  private makeRoom(text: string): string {
    if (this.length + text.length > maxLength) this.leavesOut = true;
    if (!this.leavesOut) return text;
    // In the middle of a line nobody would know what is a secret.
    const hasRoom = this.length + text.length <= maxLength / 2;
    const lineEnd = hasRoom ? text.indexOf('\n') : -1;
    if (lineEnd === -1) return '';
    this.leavesOut = false;
    return leftOutLine + text.slice(lineEnd + 1);
  }
}
