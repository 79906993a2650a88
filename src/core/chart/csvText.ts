/**
 * A field of a CSV file (RFC 4180). A text that a spreadsheet would take for a formula begins with an
 * apostrophe, as what it holds may come from anywhere.
 */
export function csvText(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
