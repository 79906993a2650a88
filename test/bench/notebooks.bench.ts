import type { Benchmark } from '../../tools/bench';
import { chooseParts } from './chooseParts';
import { ensureComposedPairs } from './notebooks/composePairs';
import { measureDiff } from './notebooks/measureDiff';
import { listPairs, type PairFiles } from './notebooks/notebookPairs';
import { measureSaves, measureStorage } from './notebooks/storage';
import type { Figures } from './store/report';

/** Real ones where EPOCHLOG_PAIRS_DIR names a folder of them, else such as are composed. */
function findPairs(): Promise<readonly PairFiles[]> {
  const folder = process.env.EPOCHLOG_PAIRS_DIR;
  if (folder === undefined) return ensureComposedPairs();
  return Promise.resolve(listPairs(folder));
}

/** Measured in this order; each part can be asked for alone. */
const parts: Readonly<Record<string, () => Promise<Figures>>> = {
  diff: async () => measureDiff(await findPairs()),
  storage: measureStorage,
  saves: measureSaves,
};

/** `--only=diff` measures these parts alone; what pairs are measured, the output says. */
export const benchmark: Benchmark = {
  what: 'notebooks: the diff beside nbdime, and how checkpoints are kept beside git',
  async run(options) {
    const names = chooseParts(options, Object.keys(parts));
    let figures: Figures = {};
    for (const name of names) figures = { ...figures, ...(await parts[name]?.()) };
    return figures;
  },
};
