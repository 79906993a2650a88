import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffNotebooks } from '../../src/core/notebook/diffNotebooks';
import { diffNotebookTexts } from '../../src/core/notebook/diffNotebookTexts';
import { applyHunks } from '../../src/core/notebook/diffSource';
import { displayedLines } from '../../src/core/notebook/displayedLines';
import { parseNotebook } from '../../src/core/notebook/parseNotebook';
import { findFaults, measureAsymmetry } from './findFaults';

export interface PairsReport {
  readonly pairs: number;
  /** Pairs of which a side is no notebook: compared as text. */
  readonly asText: number;
  readonly displayedLines: number;
  /** Pairs whose way back tells one cell otherwise; up to 1 % of them are no failure. */
  readonly asymmetric: readonly string[];
  readonly failures: readonly { readonly id: string; readonly fault: string }[];
}

const maxAsymmetric = 0.01;

/** Checks the diff of every `<id>/old.ipynb`, `<id>/new.ipynb` of a folder, there and back. */
export function checkPairs(folder: string): PairsReport {
  const asymmetric: string[] = [];
  const failures: { id: string; fault: string }[] = [];
  let [pairs, asText, lines] = [0, 0, 0];
  for (const id of readdirSync(folder).sort()) {
    const paths = ['old', 'new'].map((side) => join(folder, id, `${side}.ipynb`));
    if (!paths.every((path) => existsSync(path))) continue;
    pairs += 1;
    const [oldText = '', newText = ''] = paths.map((path) => readFileSync(path, 'utf8'));
    const there = diffNotebookTexts(oldText, newText);
    const back = diffNotebookTexts(newText, oldText);
    if (there.kind === 'text' || back.kind === 'text') {
      asText += 1;
      for (const [diff, from, to] of [
        [there, oldText, newText],
        [back, newText, oldText],
      ] as const) {
        if (diff.kind !== 'text' || diff.reason === '' || applyHunks(from, diff.hunks) !== to) {
          failures.push({ id, fault: 'the text view does not rebuild the other side' });
        }
      }
      continue;
    }
    const [old, fresh] = [parseNotebook(oldText), parseNotebook(newText)];
    lines += displayedLines(there.diff.cells);
    const faults = [
      ...findFaults(there.diff, old, fresh),
      ...findFaults(diffNotebooks(fresh, old), fresh, old).map(
        (fault) => `on the way back, ${fault}`,
      ),
    ];
    const asymmetry = measureAsymmetry(there.diff, back.diff);
    if (asymmetry === 1) asymmetric.push(id);
    if (asymmetry > 1) faults.push(`the way back tells ${asymmetry} cells otherwise`);
    failures.push(...faults.map((fault) => ({ id, fault })));
  }
  if (asymmetric.length > Math.ceil(pairs * maxAsymmetric)) {
    const fault = 'the way back tells a cell otherwise, as in too many pairs';
    failures.push(...asymmetric.map((id) => ({ id, fault })));
  }
  return { pairs, asText, displayedLines: lines, asymmetric, failures };
}
