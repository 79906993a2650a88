// `[rank0]: `, `[Rank 18] `, `rank 0: `, `[default0]:`, `[1,mpirank:0,algo-1]<stdout>:`, `local_rank=1`.
const RANK = /(?:rank|default|worker|proc(?:ess)?)[ :=]?(\d+)/i;

/** The rank of the process that a line's prefix names, of a training on several. */
export function rankOf(raw: string, line: string): number | undefined {
  if (raw.length === line.length) return undefined;
  const rank = RANK.exec(raw.slice(0, raw.length - line.length))?.[1];
  return rank === undefined ? undefined : Number(rank);
}
