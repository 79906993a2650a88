/**
 * Names of params that repeat a run and do not configure it: random seeds, the fold of a
 * cross-validation, and where a run writes or what it is called.
 */
const seedName =
  /(^|_)(seeds?|random_?state|random_?seed|rng(_?seed)?|manual_?seed|fold(_?(id|index|idx|no|num))?|trial_?(id|no|number)|repeat(_?(id|index|idx))?|replicate)$/;
/** How many there are of these configures a run. */
const countName = /(^|_)((n|num|k)_(seeds?|folds?|repeats?|trials?)|data(set)?_repeats?)$/;
const placeName =
  /^(out(put)?|save|log|logging|work|run|result|results|checkpoint|ckpt|experiment|exp)s?_?(dir|directory|folder|path|root|name|id|file)$|^(out|output|logdir|outdir|workdir|run_?name|exp_?name)$/;

/** Whether a param does not count as configuration unless the user says so. */
export function isUncounted(key: string): boolean {
  // `train.seed` is one too; of `optimizer.name` the whole says what it is.
  const lastPart = key.slice(key.lastIndexOf('.') + 1);
  const words = wordsOf(lastPart);
  return (seedName.test(words) && !countName.test(words)) || placeName.test(wordsOf(key));
}

function wordsOf(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
}

/** What the user says of single params, before what their names say. */
export interface ParamChoice {
  /** Do not count. */
  readonly uncounted: readonly string[];
  /** Count. */
  readonly counted: readonly string[];
}

/** Tells which params do not count; each name is looked at once. */
export function createUncounted({ uncounted, counted }: ParamChoice): (key: string) => boolean {
  const known = new Map<string, boolean>();
  for (const key of uncounted) known.set(key, true);
  for (const key of counted) known.set(key, false);
  return (key) => {
    let is = known.get(key);
    if (is === undefined) {
      is = isUncounted(key);
      known.set(key, is);
    }
    return is;
  };
}
