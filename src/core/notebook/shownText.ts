import { decodeLog } from '../terminal/decodeLog';

/** Nothing but these changes what a reader sees of a text. */
const control = /[\r\b\u001b\u009b]/;

/** A text as a terminal shows it: ANSI escapes gone, `\r` and backspace applied. */
export function shownText(text: string): string {
  return control.test(text) ? decodeLog(text) : text;
}
