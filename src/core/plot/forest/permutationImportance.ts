import type { RunColumn } from '../runColumn';
import { createSeededRandom } from '../seededRandom';
import { type BinnedFeature, binFeature } from './binFeature';
import { growTree, predict, type RegressionTree } from './regressionTree';

export interface ForestImportance {
  /** One a feature: by how much of the target's variance the squared error grows without it, at least 0. */
  readonly importance: readonly number[];
  /** The standard error of each over the trees. */
  readonly error: readonly number[];
  /** R² on runs that the trees had not seen: 1 at best, 0 or less where the params explain nothing. */
  readonly rSquared: number;
  readonly treeCount: number;
}

const treeCount = 100;
const minLeaf = 2;
const maxDepth = 14;
const seed = 20_010_110;
/** A tree is grown on no more runs, and its error is measured on no more: 100 trees see many all the same. */
const maxTreeRows = 1000;

/**
 * How much a random forest (Breiman, "Random Forests", 2001) needs each feature: for every tree, the
 * squared error on the runs that it was not grown on, before and after the feature's values are
 * shuffled among them; the mean of the difference, as a share of the target's variance. The same each
 * time, as the chance in it is seeded. At a split a third of the features are tried, at least two.
 *
 * @param target a finite value for each row.
 */
export function permutationImportance(
  columns: readonly RunColumn[],
  target: Float64Array,
): ForestImportance {
  const features = columns.map(binFeature);
  const random = createSeededRandom(seed);
  const { length } = target;
  const mean = target.reduce((sum, value) => sum + value, 0) / length;
  const variance = target.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length;
  const sums = new Float64Array(features.length);
  const squares = new Float64Array(features.length);
  const predicted = new Float64Array(length);
  const votes = new Uint32Array(length);
  let grown = 0;
  for (let tree = 0; tree < treeCount; tree++) {
    const { rows, outside } = bootstrap(length, random);
    if (outside.length < 2) continue;
    grown++;
    const root = growTree(features, target, rows, {
      triedFeatures: Math.max(2, Math.ceil(features.length / 3)),
      ...{ minLeaf, maxDepth, random },
    });
    for (const row of outside) {
      predicted[row] = (predicted[row] ?? 0) + predict(root, features, row);
      votes[row] = (votes[row] ?? 0) + 1;
    }
    const before = errorOf(root, features, target, outside);
    const used = new Set(root.feature);
    for (let feature = 0; feature < features.length; feature++) {
      // Always, so that what one feature draws does not depend on the trees.
      const shuffled = shuffle(outside, random);
      if (!used.has(feature)) continue;
      const lost = errorOf(root, features, target, outside, feature, shuffled) - before;
      sums[feature] = (sums[feature] ?? 0) + lost;
      squares[feature] = (squares[feature] ?? 0) + lost * lost;
    }
  }
  const trees = Math.max(1, grown);
  const share = (value: number) => (variance > 0 ? value / variance : 0);
  return {
    importance: Array.from(sums, (sum) => Math.max(0, share(sum / trees))),
    error: Array.from(sums, (sum, feature) => {
      const spread = Math.max(0, (squares[feature] ?? 0) / trees - (sum / trees) ** 2);
      return share(Math.sqrt(spread / trees));
    }),
    rSquared: outOfBag(predicted, votes, target),
    treeCount: grown,
  };
}

/** As many rows as there are, or 1,000, drawn with repetition; those that were not drawn are outside. */
function bootstrap(count: number, random: () => number) {
  const isDrawn = new Uint8Array(count);
  const rows = Int32Array.from({ length: Math.min(count, maxTreeRows) }, () =>
    Math.floor(random() * count),
  );
  for (const row of rows) isDrawn[row] = 1;
  const outside = Int32Array.from(isDrawn.keys()).filter((row) => isDrawn[row] === 0);
  // Drawn once more in random order, so that those that are measured are no special ones.
  const measured =
    outside.length > maxTreeRows ? shuffle(outside, random).subarray(0, maxTreeRows) : outside;
  return { rows, outside: measured };
}

function shuffle(rows: Int32Array, random: () => number): Int32Array {
  const shuffled = rows.slice();
  for (let at = shuffled.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [shuffled[at], shuffled[other]] = [shuffled[other] ?? 0, shuffled[at] ?? 0];
  }
  return shuffled;
}

function errorOf(
  tree: RegressionTree,
  features: readonly BinnedFeature[],
  target: Float64Array,
  rows: Int32Array,
  replaced = -1,
  others: Int32Array = rows,
): number {
  let sum = 0;
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    sum += ((target[row] ?? 0) - predict(tree, features, row, replaced, others[at])) ** 2;
  }
  return sum / rows.length;
}

function outOfBag(predicted: Float64Array, votes: Uint32Array, target: Float64Array): number {
  const rows = Array.from(votes.keys()).filter((row) => (votes[row] ?? 0) > 0);
  const mean = rows.reduce((sum, row) => sum + (target[row] ?? 0), 0) / rows.length;
  let [wrong, all] = [0, 0];
  for (const row of rows) {
    wrong += ((target[row] ?? 0) - (predicted[row] ?? 0) / (votes[row] ?? 1)) ** 2;
    all += ((target[row] ?? 0) - mean) ** 2;
  }
  return all > 0 ? 1 - wrong / all : Number.NaN;
}
