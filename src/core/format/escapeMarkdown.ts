/** As text in a cell of a table: no markup, no link, no HTML, on one line. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>()#+!|~&$:@-]/g, '\\$&').replace(/\s*[\r\n]+\s*/g, ' ');
}
