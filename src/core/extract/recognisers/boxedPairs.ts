import type { Finding, Reading, Recogniser } from '../finding';
import { classifyKey } from '../keyFacts';
import { sign } from '../lineSigns';
import { isBorder, splitCells } from '../tableCells';
import { stepRank } from '../vocabulary';

const RULED = /^\s*[|│┃║].*[|│┃║]\s*$/;
const MAX_PAIRS = 500;

/**
 * Boxes of two columns, a name and a number: stable-baselines3's logger (with section rows such as
 * `| rollout/ | |`), Lightning's test and validate tables. A box is one moment: the step that it names
 * belongs to all of it, so it is read when it ends.
 */
export function createBoxedPairsRecogniser(): Recogniser {
  let pairs: { readonly section: string; readonly name: string; readonly value: number }[] = [];
  let section = '';

  function take(): Finding | undefined {
    const block = pairs;
    pairs = [];
    section = '';
    if (block.length === 0) return undefined;
    let step: number | undefined;
    let epoch: number | undefined;
    let rank = 0;
    for (const { name, value } of block) {
      if (classifyKey(name) === 'epoch') epoch ??= value;
      if (stepRank(name) > Math.max(rank, 4)) {
        step = value;
        rank = stepRank(name);
      }
    }
    const positioned = step !== undefined || epoch !== undefined;
    const vouched = positioned || block.some(({ name }) => classifyKey(name) === 'metric');
    const readings = block.flatMap(({ section: own, name, value }): Reading[] => {
      const kind = classifyKey(name);
      const wanted = kind === 'metric' || kind === 'byproduct' || (kind === 'unknown' && vouched);
      if (!wanted || own === 'time/') return [];
      return [{ key: `${own}${name}`, value, certainty: 'sure' }];
    });
    if (readings.length === 0) return undefined;
    return { readings, step, epoch, isFinal: !positioned };
  }

  return {
    name: 'boxed-pairs',
    needs: 0,
    recognise(line, { signs }): Finding | undefined {
      if (pairs.length === 0 && (signs & sign.rule) === 0) return undefined;
      if (isBorder(line)) return pairs.length > 0 ? (take() ?? { readings: [] }) : undefined;
      if (!RULED.test(line)) return pairs.length > 0 ? take() : undefined;
      const cells = splitCells(line, 'ruled');
      const name = cells[0]?.text ?? '';
      const text = cells[1]?.text ?? '';
      if (cells.length !== 2 || name === '' || /^[-\d.]/.test(name)) return undefined;
      if (text === '' && name.endsWith('/')) {
        section = name;
        return { readings: [] };
      }
      const value = cells[1]?.value;
      if (value === undefined) return undefined;
      if (pairs.length < MAX_PAIRS) pairs.push({ section, name, value });
      return { readings: [] };
    },
    isOpen: () => pairs.length > 0 || section !== '',
    end: take,
  };
}
