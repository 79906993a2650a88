import type { BinnedFeature } from './binFeature';

/** A tree as columns, one place a node; the root is the first. */
export interface RegressionTree {
  /** −1 in a leaf. */
  readonly feature: readonly number[];
  /** Which bins of the feature go left. */
  readonly left: readonly Uint8Array[];
  readonly leftChild: readonly number[];
  readonly rightChild: readonly number[];
  readonly value: readonly number[];
}

export interface TreeOptions {
  /** How many features are tried at a split. */
  readonly triedFeatures: number;
  readonly minLeaf: number;
  readonly maxDepth: number;
  readonly random: () => number;
}

interface Split {
  readonly feature: number;
  readonly left: Uint8Array;
  readonly gain: number;
}

/**
 * Grows a tree that minimises squared error (Breiman et al., "Classification and Regression Trees",
 * 1984) on the rows that are given, which may repeat. The bins of a feature that has no order are put
 * in that of their means, among whose cuts the best of all partings is (Fisher, 1958).
 */
export function growTree(
  features: readonly BinnedFeature[],
  target: Float64Array,
  rows: Int32Array,
  options: TreeOptions,
): RegressionTree {
  const feature: number[] = [];
  const left: Uint8Array[] = [];
  const leftChild: number[] = [];
  const rightChild: number[] = [];
  const value: number[] = [];
  const none = new Uint8Array();

  function grow(from: number, to: number, depth: number): number {
    const node = feature.length;
    feature.push(-1);
    left.push(none);
    leftChild.push(-1);
    rightChild.push(-1);
    value.push(meanOf(target, rows, from, to));
    const mayGrow = depth < options.maxDepth && to - from >= 2 * options.minLeaf;
    const split = mayGrow ? bestSplit(from, to) : undefined;
    if (split === undefined) return node;
    const middle = part(from, to, split);
    feature[node] = split.feature;
    left[node] = split.left;
    leftChild[node] = grow(from, middle, depth + 1);
    rightChild[node] = grow(middle, to, depth + 1);
    return node;
  }

  function bestSplit(from: number, to: number): Split | undefined {
    let best: Split | undefined;
    for (const tried of draw(features.length, options.triedFeatures, options.random)) {
      const split = splitOf(tried, from, to);
      if (split !== undefined && (best === undefined || split.gain > best.gain)) best = split;
    }
    return best;
  }

  function splitOf(at: number, from: number, to: number): Split | undefined {
    const binned = features[at];
    if (binned === undefined) return undefined;
    const { bins, binCount, isOrdered } = binned;
    const sums = new Float64Array(binCount);
    const counts = new Int32Array(binCount);
    let total = 0;
    for (let index = from; index < to; index++) {
      const row = rows[index] ?? 0;
      const bin = bins[row] ?? 0;
      const y = target[row] ?? 0;
      sums[bin] = (sums[bin] ?? 0) + y;
      counts[bin] = (counts[bin] ?? 0) + 1;
      total += y;
    }
    const order: number[] = [];
    for (let bin = 0; bin < binCount; bin++) if ((counts[bin] ?? 0) > 0) order.push(bin);
    if (order.length < 2) return undefined;
    const meanOfBin = (bin: number) => (sums[bin] ?? 0) / (counts[bin] ?? 1);
    if (!isOrdered) order.sort((a, b) => meanOfBin(a) - meanOfBin(b));
    const all = to - from;
    const base = (total * total) / all;
    let [leftSum, leftCount, bestGain, bestAt] = [0, 0, 1e-12 * Math.abs(base), -1];
    for (let place = 0; place < order.length - 1; place++) {
      const bin = order[place] ?? 0;
      leftSum += sums[bin] ?? 0;
      leftCount += counts[bin] ?? 0;
      const rightCount = all - leftCount;
      if (leftCount < options.minLeaf || rightCount < options.minLeaf) continue;
      const rightSum = total - leftSum;
      const gain = (leftSum * leftSum) / leftCount + (rightSum * rightSum) / rightCount - base;
      if (gain > bestGain) [bestGain, bestAt] = [gain, place];
    }
    if (bestAt < 0) return undefined;
    const goesLeft = new Uint8Array(binCount);
    for (let place = 0; place <= bestAt; place++) goesLeft[order[place] ?? 0] = 1;
    return { feature: at, left: goesLeft, gain: bestGain };
  }

  /** Puts the rows that go left in front; returns where the others begin. */
  function part(from: number, to: number, split: Split): number {
    const bins = features[split.feature]?.bins ?? none;
    let middle = from;
    for (let index = from; index < to; index++) {
      const row = rows[index] ?? 0;
      if (split.left[bins[row] ?? 0] !== 1) continue;
      rows[index] = rows[middle] ?? 0;
      rows[middle++] = row;
    }
    return middle;
  }

  grow(0, rows.length, 0);
  return { feature, left, leftChild, rightChild, value };
}

/**
 * What the tree says of a row.
 *
 * @param replaced a feature that is looked up in another row, as in permutation importance.
 */
export function predict(
  tree: RegressionTree,
  features: readonly BinnedFeature[],
  row: number,
  replaced = -1,
  otherRow = row,
): number {
  let node = 0;
  for (;;) {
    const at = tree.feature[node] ?? -1;
    if (at < 0) return tree.value[node] ?? 0;
    const bin = features[at]?.bins[at === replaced ? otherRow : row] ?? 0;
    node = (tree.left[node]?.[bin] === 1 ? tree.leftChild[node] : tree.rightChild[node]) ?? 0;
  }
}

function meanOf(target: Float64Array, rows: Int32Array, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += target[rows[index] ?? 0] ?? 0;
  return sum / Math.max(1, to - from);
}

/** Some of the first `count` numbers, each once. */
function draw(count: number, wanted: number, random: () => number): readonly number[] {
  const all = Array.from({ length: count }, (_, at) => at);
  for (let at = 0; at < Math.min(wanted, count); at++) {
    const other = at + Math.floor(random() * (count - at));
    [all[at], all[other]] = [all[other] ?? 0, all[at] ?? 0];
  }
  return all.slice(0, wanted);
}
