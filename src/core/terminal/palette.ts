import { applyRendition, plainStyle, type TextStyle } from './textStyle';

/** The styles that a log uses, each by a small number: 0 is the plain one. */
export interface Palette {
  styleOf(id: number): TextStyle;
  /** The style that an escape sequence leads to from another. */
  follow(id: number, parameters: string): number;
}

/** What one UTF-16 unit can name; a log of more styles than that is a picture, and stays plain from there on. */
const maxStyles = 0xd000;

export function createPalette(): Palette {
  const styles: TextStyle[] = [plainStyle];
  const ids = new Map<string, number>([[keyOf(plainStyle), 0]]);
  const known = new Map<string, number>();
  return {
    styleOf: (id) => styles[id] ?? plainStyle,
    follow(id, parameters) {
      const step = `${id} ${parameters}`;
      const before = known.get(step);
      if (before !== undefined) return before;
      const style = applyRendition(styles[id] ?? plainStyle, parameters);
      const key = keyOf(style);
      let next = ids.get(key);
      if (next === undefined) {
        if (styles.length >= maxStyles) return 0;
        next = styles.length;
        styles.push(style);
        ids.set(key, next);
      }
      if (known.size < maxStyles) known.set(step, next);
      return next;
    },
  };
}

function keyOf(style: TextStyle): string {
  return Object.entries(style).sort().join();
}
