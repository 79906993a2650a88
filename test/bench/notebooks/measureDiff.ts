import { displayedLines } from '../../../src/core/notebook/displayedLines';
import type { Figures } from '../store/report';
import { median, percentile, rounded } from '../store/statistics';
import { measureNbdime } from './measureNbdime';
import { measureOurs } from './measureOurs';
import { linesOfPairs } from './nbdimeLines';
import type { PairFiles } from './notebookPairs';
import { measureThousandsOfCells } from './thousandsOfCells';

const ourRepeats = 5;
const theirRepeats = 3;

/**
 * The diff engine on pairs of notebooks, beside nbdime on the same files. A whole diff is what
 * either does from two files to its diff: reading, parsing, diffing; ours in Node, after one diff of
 * every pair to warm up, nbdime's within one Python process, so that neither pays for its start.
 */
export async function measureDiff(pairs: readonly PairFiles[]): Promise<Figures> {
  console.log(
    `  ${pairs.length} pairs; timed: read and parse both files, diff them; ` +
      `the best of ${ourRepeats} (ours) and of ${theirRepeats} (nbdime)`,
  );
  const theirs = await measureNbdime(pairs, theirRepeats);
  for (const pair of pairs) measureOurs(pair, 1);
  const alignMs: number[] = [];
  const wholeMs: number[] = [];
  const faster: number[] = [];
  let [ourLines, theirLines, worstLines] = [0, 0, 0];
  for (const pair of pairs) {
    const ours = measureOurs(pair, ourRepeats);
    if (ours === undefined) {
      console.log(`  ${pair.id}: a side is no notebook`);
      continue;
    }
    alignMs.push(ours.alignMs);
    wholeMs.push(ours.parseMs + ours.diffMs);
    const nbdime = theirs.get(pair.id);
    if (nbdime === undefined) continue;
    const speed = (nbdime.parseMs + nbdime.diffMs) / (ours.parseMs + ours.diffMs);
    faster.push(speed);
    const lines = displayedLines(ours.diff.cells);
    const nbdimeLines = linesOfPairs(ours.old, ours.fresh, nbdime.pairs);
    ourLines += lines;
    theirLines += nbdimeLines;
    if (lines > 0) worstLines = Math.max(worstLines, lines / nbdimeLines);
    console.log(
      `  ${pair.id}: ${ours.parseMs.toFixed(2)} + ${ours.diffMs.toFixed(2)} ms` +
        ` (${ours.alignMs.toFixed(2)} to align), nbdime ${nbdime.parseMs.toFixed(1)} +` +
        ` ${nbdime.diffMs.toFixed(1)} ms: ${speed.toFixed(1)} times; lines ${lines}, nbdime ${nbdimeLines}`,
    );
  }
  return {
    pairs: faster.length,
    alignP50Ms: rounded(median(alignMs)),
    alignP99Ms: rounded(percentile(alignMs, 0.99)),
    wholeP50Ms: rounded(median(wholeMs)),
    vsNbdimeMedian: rounded(median(faster)),
    vsNbdimeWorst: rounded(Math.min(...faster)),
    linesVsNbdime: rounded(ourLines / theirLines),
    linesWorstPair: rounded(worstLines),
    fiveThousandCellsMs: rounded(measureThousandsOfCells()),
  };
}
