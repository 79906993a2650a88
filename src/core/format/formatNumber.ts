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

/** A difference with its sign: `+0.01`, `−0.2`, `±0`. */
export function formatDelta(delta: number): string {
  if (delta === 0) return '±0';
  return delta > 0 ? `+${formatNumber(delta)}` : formatNumber(delta);
}

function minus(text: string): string {
  return text.startsWith('-') ? `−${text.slice(1)}` : text;
}
