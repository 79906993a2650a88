/** What of a column can be compared run by run: numbers that stand for its values, alike for equal ones. */
export type CodeOf = (slot: number) => number;

/** Whether not all runs have the same, where having nothing counts too. */
export function differs(slots: ArrayLike<number>, codeOf: CodeOf): boolean {
  const first = slots[0];
  if (first === undefined) return false;
  const code = codeOf(first);
  for (let index = 1; index < slots.length; index++) {
    const slot = slots[index];
    if (slot !== undefined && !Object.is(codeOf(slot), code)) return true;
  }
  return false;
}

/** What most runs have, of several the one that is met first; undefined if there are no runs. */
export function commonCode(slots: ArrayLike<number>, codeOf: CodeOf): number | undefined {
  const counts = new Map<number, number>();
  let best: number | undefined;
  for (let index = 0; index < slots.length; index++) {
    const slot = slots[index];
    if (slot === undefined) continue;
    const code = codeOf(slot);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  let most = 0;
  for (const [code, count] of counts) {
    if (count <= most) continue;
    most = count;
    best = code;
  }
  return best;
}
