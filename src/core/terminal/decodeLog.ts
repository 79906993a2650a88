import { createScreen } from './screen';

/**
 * A raw terminal capture as the text that a reader of the terminal saw: styles gone, each progress
 * bar as its last frame.
 */
export function decodeLog(raw: string): string {
  const lines: string[] = [];
  const screen = createScreen({ line: (text) => lines.push(text), frame: () => undefined });
  screen.push(raw);
  screen.end();
  return lines.join('\n');
}
