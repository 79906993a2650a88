import type { Span } from './compilePattern';

const maxNameChars = 60;
const maxWords = 3;

/** What a number is called by the text beside it: `val_loss`, `Test accuracy`; empty if by nothing. */
export function proposeName(line: string, { start, end }: Span): string {
  return nameBefore(line.slice(0, start)) || nameAfter(line.slice(end));
}

function nameBefore(text: string): string {
  // `loss: `, `loss = tensor(`, `"loss": `, `loss | `
  const label = text.replace(/[\s:=([{|│┃║<>~'"-]*(?:\w+\()?$/, '').replace(/['"\]\s]+$/, '');
  return lastWords(label);
}

/** The words that a label ends with, back to what parts it from others. */
function lastWords(label: string): string {
  const words = /[A-Za-z_][\w@./%-]*(?: +[A-Za-z_][\w@./%-]*){0,7}$/.exec(label)?.[0];
  if (words === undefined) return '';
  const name = words.split(/ +/).slice(-maxWords).join(' ');
  return name.length > maxNameChars ? '' : name;
}

function nameAfter(text: string): string {
  const name = /^\s*[-:|=]*\s*([A-Za-z_][\w@./-]*)/.exec(text)?.[1] ?? '';
  return name.length > maxNameChars ? '' : name;
}
