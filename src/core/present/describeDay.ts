/** Which local day a moment belongs to, as a key that sorts: `2026-11-20`. */
export function dayKey(atMs: number): string {
  const date = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** `Today`, `Yesterday`, or the date. */
export function describeDay(day: string, nowMs: number): string {
  if (day === dayKey(nowMs)) return 'Today';
  // Noon is on the day before also where clocks were changed that night.
  const noon = new Date(nowMs).setHours(12, 0, 0, 0);
  return day === dayKey(noon - 24 * 3600 * 1000) ? 'Yesterday' : day;
}

/** Local time of day: `14:05:09`. */
export function timeOfDay(atMs: number): string {
  const date = new Date(atMs);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
