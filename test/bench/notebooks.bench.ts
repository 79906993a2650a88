import type { Benchmark } from '../../tools/bench';
import { SetupError } from '../../tools/start/step.cjs';
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
    const only = options.find((option) => option.startsWith('--only='))?.slice('--only='.length);
    const names = only?.split(',') ?? Object.keys(parts);
    const unknown = options.find((option) => !option.startsWith('--only='));
    if (unknown !== undefined || names.some((name) => !(name in parts))) {
      throw new SetupError(
        `The benchmark has no option ${unknown ?? `--only=${only}`}`,
        `use --only= with some of ${Object.keys(parts).join(',')}.`,
      );
    }
    let figures: Figures = {};
    for (const name of names) figures = { ...figures, ...(await parts[name]?.()) };
    return figures;
  },
};
