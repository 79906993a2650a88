import type { ExtractedMetric } from '../extract/extraction';

/** What names the series of one event file besides its tags. */
export interface EventFolder {
  /** `train`, `val` or `test`, where a part of the folder's path says so. */
  readonly side: string | undefined;
  /** The other parts that tell it from the first folder of the run, joined by `/`; else empty. */
  readonly prefix: string;
}

const sides: ReadonlyMap<string, string> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['learn', 'train'],
  ['val', 'val'],
  ['valid', 'val'],
  ['validation', 'val'],
  ['eval', 'val'],
  ['dev', 'val'],
  ['test', 'test'],
]);
/** `SummaryWriter.add_hparams` makes a folder named after the time. */
const timeName = /^\d{9,}(?:\.\d+)?$/;

export function isSideFolder(name: string): boolean {
  return sides.has(name.toLowerCase());
}

/** @param parts the names on the way from the run's first folder of events to this one. */
export function readEventFolder(parts: readonly string[]): EventFolder {
  const side = parts.findLast(isSideFolder);
  const rest = parts.filter((part) => !isSideFolder(part) && !timeName.test(part));
  return { side: side && sides.get(side.toLowerCase()), prefix: rest.join('/') };
}

/** Counts that writers keep beside their metrics; the step of each event says the same. */
const isCount = /(?:^|\/)(?:epoch|step|global_step|iteration|iterations|total_timesteps)$/;
/** What Keras writes of each validation a second time, by another count. */
const isKerasRepetition = /^evaluation_.+_vs_iterations$/;

/**
 * The series of a tag, as the program itself would print it: Keras' callback writes `epoch_loss` into
 * folders `train` and `validation` for what its history calls `loss` and `val_loss`; the Trainer of
 * Hugging Face writes `train/loss` and `eval/loss` for what it prints as `loss` and `eval_loss`.
 *
 * @returns undefined for a tag that is no metric.
 */
export function nameEventSeries(
  tag: string,
  { side, prefix }: EventFolder,
  isTrainer: boolean,
): Pick<ExtractedMetric, 'key' | 'context'> | undefined {
  if (isCount.test(tag) || isKerasRepetition.test(tag)) return undefined;
  if (isTrainer) return { key: tag.replace(/^train\//, '').replace(/^(eval|test)\//, '$1_') };
  const keras = /^epoch_(.+)$/.exec(tag)?.[1];
  if (keras !== undefined && prefix === '' && (side === 'train' || side === 'val')) {
    return { key: side === 'val' ? `val_${keras}` : keras };
  }
  const key = joinTag(tag, prefix);
  return side === undefined ? { key } : { key, context: side };
}

/** `add_scalars('both', {'a': …})` writes the tag `both` into a folder `both_a` or `both/a`. */
function joinTag(tag: string, prefix: string): string {
  if (prefix === '') return tag;
  const main = tag.replaceAll('/', '_');
  const names = prefix.startsWith(`${main}_`) || prefix.startsWith(`${main}/`);
  return names ? `${tag}/${prefix.slice(main.length + 1)}` : `${prefix}/${tag}`;
}
