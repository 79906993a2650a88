/**
 * Which cells' outputs are kept where not all fit: those of the cell that ran before all, then of the
 * others the small ones, so that as many cells as possible are whole.
 *
 * @param outputBytes of each cell.
 * @param ranIndex the cell that ran.
 * @returns indexes of the cells whose outputs are kept, those without any included.
 */
export function keptOutputs(
  outputBytes: readonly number[],
  ranIndex: number,
  maxBytes: number,
): ReadonlySet<number> {
  const order = outputBytes
    .map((bytes, index) => ({ bytes, index }))
    .sort(
      (a, b) => Number(b.index === ranIndex) - Number(a.index === ranIndex) || a.bytes - b.bytes,
    );
  const kept = new Set<number>();
  let keptBytes = 0;
  for (const { bytes, index } of order) {
    if (keptBytes + bytes > maxBytes) continue;
    keptBytes += bytes;
    kept.add(index);
  }
  return kept;
}
