/** A number as people read it: four significant digits, no trailing zeros, `NaN` and `∞` as such. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return minus(String(value));
  const magnitude = Math.abs(value);
  if (magnitude >= 1e7 || magnitude < 1e-4)
    return minus(value.toExponential(3).replace(/\.?0+e/, 'e'));
  return minus(String(Number(value.toPrecision(4))));
}

/** The numbers at the marks of an axis, with as many digits as tell each from the next. */
export function formatMarks(values: readonly number[]): readonly string[] {
  return values.map((value, at) => {
    const next = values[at + 1] ?? values[at - 1] ?? value;
    const digits = Math.ceil(Math.log10(Math.abs(value) / Math.abs(next - value))) + 1;
    const needsMore = digits > 4 && digits <= 15;
    return needsMore ? minus(String(Number(value.toPrecision(digits)))) : formatNumber(value);
  });
}

/** A difference with its sign: `+0.01`, `−0.2`, `±0`. */
export function formatDelta(delta: number): string {
  if (delta === 0) return '±0';
  return delta > 0 ? `+${formatNumber(delta)}` : formatNumber(delta);
}

function minus(text: string): string {
  return text.startsWith('-') ? `−${text.slice(1)}` : text;
}
