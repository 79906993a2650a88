import { paramNumber } from '../run/paramNumber';

/** Whether a spreadsheet that opens a CSV would take a text of it for a formula. */
export function isFormula(text: string): boolean {
  // What is a number stays one: −0.5 is no formula.
  return /^[=+\-@\t\r]/.test(text) && paramNumber(text) === undefined;
}

/** A field of a CSV file (RFC 4180) that holds the text as it is. */
export function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * A field of a CSV file that a spreadsheet may open: what it would take for a formula begins with an
 * apostrophe, as the text may come from anywhere.
 */
export function csvText(text: string): string {
  return csvField(isFormula(text) ? `'${text}` : text);
}
