import { diffArrays } from 'diff';
import type { OutputDiff } from './diffNotebooks';
import { mergeStreams, toRawText, toStableText } from './normalizeOutput';
import type { NotebookOutput } from './notebook';

/** Beyond this many outputs added and removed they are paired by position. */
const maxEditLength = 200;

/**
 * What became of each output, in order. Adjacent pieces of one stream count as one output. An
 * output that differs is paired with the one that took its place if it is of the same kind.
 */
export function diffOutputs(
  oldOutputs: readonly NotebookOutput[],
  newOutputs: readonly NotebookOutput[],
): OutputDiff[] {
  if (oldOutputs.length === 0 && newOutputs.length === 0) return [];
  const old = mergeStreams(oldOutputs);
  const fresh = mergeStreams(newOutputs);
  const oldTexts = old.map(toRawText);
  const newTexts = fresh.map(toRawText);
  if (oldTexts.length === newTexts.length && oldTexts.every((text, i) => text === newTexts[i])) {
    return old.flatMap((output, i) => toSame(output, fresh[i], true));
  }

  const changes = diffArrays(old.map(toStableText), fresh.map(toStableText), { maxEditLength });
  const diffs: OutputDiff[] = [];
  let [oldAt, newAt, oldOpen, newOpen] = [0, 0, 0, 0];
  const closeBlock = () => {
    diffs.push(...pairByPosition(old.slice(oldOpen, oldAt), fresh.slice(newOpen, newAt)));
  };
  for (const { added, removed, count } of changes ?? []) {
    if (added) newAt += count;
    else if (removed) oldAt += count;
    else {
      closeBlock();
      for (let k = 0; k < count; k += 1, oldAt += 1, newAt += 1) {
        diffs.push(...toSame(old[oldAt], fresh[newAt], oldTexts[oldAt] === newTexts[newAt]));
      }
      [oldOpen, newOpen] = [oldAt, newAt];
    }
  }
  [oldAt, newAt] = [old.length, fresh.length];
  closeBlock();
  return diffs;
}

function toSame(
  old: NotebookOutput | undefined,
  fresh: NotebookOutput | undefined,
  isExact: boolean,
): OutputDiff[] {
  if (old === undefined || fresh === undefined) return [];
  return [{ kind: 'same', old, new: fresh, onlyVolatile: !isExact }];
}

function pairByPosition(
  old: readonly NotebookOutput[],
  fresh: readonly NotebookOutput[],
): OutputDiff[] {
  const diffs: OutputDiff[] = [];
  for (let i = 0; i < Math.max(old.length, fresh.length); i += 1) {
    const [a, b] = [old[i], fresh[i]];
    if (a !== undefined && b !== undefined && isComparable(a, b)) {
      diffs.push({ kind: 'changed', old: a, new: b, onlyVolatile: false });
      continue;
    }
    if (a !== undefined) diffs.push({ kind: 'removed', old: a, onlyVolatile: false });
    if (b !== undefined) diffs.push({ kind: 'added', new: b, onlyVolatile: false });
  }
  return diffs;
}

/** Side by side they tell more than one below the other. */
function isComparable(a: NotebookOutput, b: NotebookOutput): boolean {
  if (a.kind === 'stream' || b.kind === 'stream') return a.kind === b.kind && a.name === b.name;
  if (a.kind === 'error' || b.kind === 'error') return a.kind === b.kind;
  return Object.keys(a.data).some((media) => Object.hasOwn(b.data, media));
}
