const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Words that name a quantity worth a chart, wherever they stand in a key. */
const METRIC_WORDS = words(`
  loss losses acc accuracy accuracies err error errors rmse mse mae mape mdape smape rmsle msle nrmse auc auroc
  auprc roc aucpr prauc gini ks f1 f2 fbeta fscore fmeasure f precision recall prec rec map ap ar ap50
  ap75 map50 map75 map95 iou miou fwiou giou diou ciou dice jaccard ppl perplexity bleu sacrebleu rouge
  rouge1 rouge2 rougel rougelsum meteor chrf ter wer cer per bertscore em exact score scores scoring
  reward rewards rew return returns kl kld entropy nll elbo xent crossentropy ce bce logloss binary_logloss
  multi_logloss merror mlogloss cross_entropy deviance r2 rsquared mcc kappa psnr ssim lpips fid kid
  inception inertia silhouette top1 top5 acc1 acc5 prec1 prec5 objective obj bpc bpb bpd ndcg mrr hits
  hit hr spearman spearmanr pearson pearsonr correlation corr likelihood loglikelihood sensitivity
  specificity hamming tpr fpr tnr fnr eer fitness cost costs mpjpe epe chamfer purity nmi ari
  mlm mae mfu dist_loss gap regret value_loss vloss tloss lossd lossg accu acc_top1 acc_top5 balanced
  brier ece r^2 squ calibration explained_variance variance advantage advantages td qf q1 q2 qvalue qvalues
  hinge huber poisson gamma_nloglik tweedie quantile winrate success metric metrics inertia_ fscore_
  episodic return_mean ep_rew_mean drift distortion compactness residual divergence mean_reward improve
  improvement confidence aic bic ll loglik logprob`);

/** Keys that are metrics as a whole, though their words alone would not be. */
const METRIC_KEYS = words(`
  p r r² ens trl tel vl tl trloss valoss vf_explained_var explained_variance approx_kl clip_fraction clipfrac
  clip_frac ep_len_mean ep_length_mean mean_ep_length episode_len_mean episode_length episode_len
  mean_episode_length ep_length episodic_length pg_loss oob_improve policy_gradient_loss tag_acc
  r_squared adj_r_squared adjusted_r_squared multiple_r_squared log_prob log_prob_per_frame kl_divergence
  function_value current_function_value function_value_obtained current_minimum
  best_value partial_aic concordance concordance_index c_index pseudo_r_squ aps apm apl ars arm arl win_rate success_rate hit_rate pass@1 lm_loss std avg_q mean_q d_real d_fake`);

/** Words that may stand in the key of a metric and say which one it is, or for what. */
const QUALIFIER_WORDS = words(`
  train training tr trn val valid valids validation vali eval evaluation dev test testing tst holdout oof oob
  learn cv cross fold set subset split data average avg averaged mean median total sum final best current
  cur last latest running smooth smoothed ema new initial updated overall global local batch mini epoch
  step iter iteration macro micro weighted samples class classes per top one two all max min maximum
  minimum highest lowest std ste stddev with and of the on for in at by no is over vs raw net network
  model models teacher student generator discriminator gen disc gan g d a b real fake cycle identity
  l1 l2 l0 smoothl1 pos neg positive negative policy value actor critic target aux auxiliary main cls
  classification reg regression box bbox obj objectness mask seg segmentation det detection rpn loc
  localization dfl kpt keypoint pose center centerness ctr heatmap depth flow rgb lm mlm nsp clm sop
  token tokens word words char sentence seq sequence text image img images pixel patch rec recon
  reconstruction kld prior posterior contrastive triplet margin distill distillation ce bce nll mse mae
  rmse cross entropy binary categorical sparse multi label multiclass multilabel log logistic squared square
  root absolute percentage percent pct rate ratio fraction scaled normalized norm standard deviation dev
  ctc att attention transducer simple pruned tot sub ins del phoneme character bits byte out bag
  trial cumulative discounted undiscounted episode episodic agent internal external mean_ max_ min_ score result in-sample
  validation_0 validation_1 valid_0 valid_1 training_set test_set area under curve index rand adjusted
  ranking rank hits hit k exact match matthews cohen cohens correlation coefficient coef pseudo partial pearson spearman
  mutual information explained variance tag tags ner ents ent pos dep las uas tok2vec tagger parser textcat
  minibatch function surrogate multiple adj adjusted change divergence
  spancat span spans speed_ sampler world entropy_ approx old critic1 critic2 alpha temperature_ fine coarse
  stage1 stage2 encoder decoder enc dec head heads rouge bleu s'`);

/** Words that make a key the setting of a program, even beside a metric's word. */
const CONFIG_WORDS = words(`
  patience coef coeff coeffs weight weights lambda lam iters iterations epochs steps decay interval freq
  frequency every warmup smoothing threshold thresh thres thr dim dims size sizes num n number nb count
  counts beta beta1 beta2 betas eps epsilon momentum seed path paths dir dirs directory file files name
  names type types fn func function functions mode scaling scale scaler config cfg args option options
  monitor clip clipping schedule scheduler limit window length width depth_ channels layers hidden
  bias nnzs budget tolerance tol tolerances params parameters parameter dtype version level workers hparam log_every
  skipped cached memory parity bins leaves estimators rounds jobs gpus devices nodes factor range`);

/** Quantities that runs print beside their metrics: times, rates, memory, machine state. */
const MEASURE_WORDS = words(`
  time times timestamp eta elapsed remaining duration dur sec secs second seconds s ms us min mins minute
  minutes hour hours hrs date datetime wall walltime clock runtime took tot speed throughput fps wps ups
  rate_per_second per_second persec sps tps ips tok qps tflops gflops flops mfu mem memory maxmem max_mem
  gpumem gpu_mem gpu cpu ram vram mb gb kb gib mib util utilization temp power port pid tid ppid rank
  local_rank host hostname node ip addr address line lines exit exitcode signal uuid id ids hash sha size
  sizes images instances support labels samples examples tokens frames files files_found found missing
  empty corrupted workers version v_num build progress percent eos batches items rows columns features
  bytes allocated reserved cached oom wpb bsz skipped consumed forward backward overhead latency delay
  seconds/step time/step priority code status year month day nonce attempt retries retry total downloaded
  uploaded transferred received sent cores threads python cuda torch tensorflow`);

const EPOCH_KEYS = words('epoch epochs ep epoch_num epoch_idx epoch_id current_epoch cur_epoch e');
// The rank says which count wins when a line prints several: the one that never restarts.
const STEP_RANKS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    9: 'global_step total_timesteps global_steps totalenvinteracts totalenvsteps',
    8: 'timesteps timestep num_timesteps total_steps num_updates env_step env_steps',
    7: 'up updates update',
    6: 'iterate step steps current_step train_step training_step iteration iterations iter iters it itr num_iter n_iter iterat training_iteration',
    5: 'round rounds boosting_round number_of_trees trial episode episodes generation',
    4: 'nupdates serial_timesteps n_updates batch batches minibatch batch_idx',
    3: 'game gen n_gen ngen',
    2: 's',
    1: 'fold i t',
  }).flatMap(([rank, keys]) => keys.split(' ').map((key) => [key, Number(rank)] as const)),
);

/** `p` values, `per` cent, deviations: metrics' names in their company alone. */
const WEAK_KEYS = words('p r per std variance');
/** Counts, if they are whole. */
const WEAK_COUNTS = words('error errors success hit hits cost costs');

/** When a key, in its normal form, says too little to name a metric by itself. */
export function weaknessOf(normal: string): 'always' | 'whole' | undefined {
  if (WEAK_KEYS.has(normal)) return 'always';
  return WEAK_COUNTS.has(normal) ? 'whole' : undefined;
}

export type KeyKind = 'metric' | 'epoch' | 'step' | 'byproduct' | 'measure' | 'config' | 'unknown';

const BYPRODUCTS =
  /^(?:(?:cur(?:rent)?|initial)_)?(?:lrs?|learn(?:ing)?_rates?|lr_?\d|lr_.*|grad(?:ient)?_norm|gnorm|norm|grad|loss_scale)$/;
/** `loss_test.go:12` is a place in a file. */
const FILE_NAME =
  /\.(?:py|ipynb|go|rs|cc?|cpp|hp?p?|jsx?|tsx?|java|jl|sh|lua|md|txt|csv|json|ya?ml|toml|log)$/;
/** Times that go by a metric's word, and lines of values for a spreadsheet. */
const MEASURE_KEYS = /^(?:data|(?:batch|reader|data|time|step|iter)_costs?|.*copypaste)$/;
const METRIC_SHAPE =
  /(?:loss|acc|accuracy|error|rmse|logloss|auc|f1|score|reward|precision|recall|perplexity|entropy)\d*$/;

/** A key in lower case with its separators as single underscores. */
export function normalizeKey(key: string): string {
  return key
    .trim()
    .toLowerCase()
    .replace(/[\s/\-.:()[\]'"#]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** The words of a key: `val/box_loss` and `valBoxLoss` both have `val`, `box`, `loss`. */
export function keyWords(key: string): readonly string[] {
  return key
    .replace(/([a-z\d])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z\d@^µ]+/)
    .filter((word) => word !== '');
}

function isMetricWord(word: string): boolean {
  if (METRIC_WORDS.has(word)) return true;
  const at = word.indexOf('@');
  if (at !== -1) {
    const name = word.slice(0, at);
    return METRIC_WORDS.has(name) || name === 'p' || name === 'r' || name === 'pass';
  }
  return word.length > 4 && METRIC_SHAPE.test(word);
}

/** How far up a count of steps is among several on one line; 0 for no count of steps. */
export function stepRank(key: string): number {
  return rankOf(normalizeKey(key));
}

/** `stepRank` of a normalized key. */
export function rankOf(normal: string): number {
  return STEP_RANKS.get(normal) ?? 0;
}

/** The words of names that are known as a whole, such as `win rate`. */
const PARTS_OF_NAMES: ReadonlySet<string> = new Set(
  [...METRIC_KEYS, ...STEP_RANKS.keys(), ...EPOCH_KEYS]
    .flatMap((name) => name.split('_'))
    .concat('learning', 'learn', 'rate', 'rates', 'grad', 'gradient', 'norm', 'scale', 'lr'),
);

/** Whether a word can be part of a name of several words that is known as a whole. */
export function isPartOfName(word: string): boolean {
  return PARTS_OF_NAMES.has(word.toLowerCase());
}

/** What a key names, judged by its normal form (`normalizeKey`) and its words (`keyWords`). */
export function judgeKey(key: string, normal: string, all: readonly string[]): KeyKind {
  if (normal === '' || normal.length > 80) return 'unknown';
  if (METRIC_KEYS.has(normal)) return 'metric';
  if (FILE_NAME.test(key)) return 'measure';
  if (MEASURE_KEYS.test(normal)) return 'measure';
  if (EPOCH_KEYS.has(normal)) return 'epoch';
  if (STEP_RANKS.has(normal)) return 'step';
  if (BYPRODUCTS.test(normal)) return 'byproduct';
  const first = all[0] ?? '';
  const last = all[all.length - 1] ?? '';
  const position = positionOf(all);
  if (position !== undefined) return position;
  const metricAt = all.findLastIndex(isMetricWord);
  if (metricAt === -1) {
    if (all.some((word) => MEASURE_WORDS.has(word))) return 'measure';
    return all.some((word) => CONFIG_WORDS.has(word)) ? 'config' : 'unknown';
  }
  if (/^(?:num|n|number|nb|use|no|with|save|log|max|min|early|target|eval)$/.test(first)) {
    // `max_f1` is a metric, `log_loss_every` and `use_dice` are not.
    const restIsMetric = /^(?:max|min|log|eval)$/.test(first) && metricAt === all.length - 1;
    if (!restIsMetric && first !== 'eval' && first !== 'target') return 'config';
  }
  const after = all.slice(metricAt + 1);
  if (after.some((word) => CONFIG_WORDS.has(word))) return 'config';
  if (MEASURE_WORDS.has(last) && !/^(?:samples|percent|min|total)$/.test(last)) return 'measure';
  if (all.slice(0, metricAt).some((word) => CONFIG_WORDS.has(word) && !QUALIFIER_WORDS.has(word))) {
    return /^(?:min|n|num)$/.test(first) ? 'config' : 'metric';
  }
  return 'metric';
}

/** `train epoch`, `current step`, `Epoch(train)`: a count of epochs or steps, qualified. */
function positionOf(all: readonly string[]): 'epoch' | 'step' | undefined {
  if (all.length > 4) return undefined;
  const counts = all.filter((word) => !POSITION_AHEAD.has(word));
  if (counts.length !== 1) return undefined;
  const [count] = counts;
  if (count === 'epoch' || count === 'ep') return 'epoch';
  return count === 'step' || count === 'iter' || count === 'iteration' || count === 'iterate'
    ? 'step'
    : undefined;
}

const POSITION_AHEAD = words(
  'no number id train training val valid validation eval test testing dev end of current cur at after in on the global start begin finished beginning',
);

/** Whether every word is one that metrics' names are made of, so that prose is not taken for a key. */
export function isPlainMetric(normal: string, all: readonly string[]): boolean {
  if (METRIC_KEYS.has(normal)) return true;
  return all.every((word) => isMetricWord(word) || QUALIFIER_WORDS.has(word) || /^\d+$/.test(word));
}

export type DataSide = 'train' | 'val' | 'test';

const CONTEXTS: Readonly<Record<string, DataSide>> = {
  train: 'train',
  training: 'train',
  trn: 'train',
  learn: 'train',
  trained: 'train',
  val: 'val',
  valid: 'val',
  vali: 'val',
  validation: 'val',
  validate: 'val',
  validating: 'val',
  dev: 'val',
  eval: 'val',
  evaluation: 'val',
  evaluating: 'val',
  evaluate: 'val',
  cv: 'val',
  test: 'test',
  testing: 'test',
  tst: 'test',
  holdout: 'test',
};

/** The side of the data that a word names, if it does. */
function contextOfWord(word: string): DataSide | undefined {
  return Object.hasOwn(CONTEXTS, word) ? CONTEXTS[word] : undefined;
}

/** The first side of the data that words name. */
export function sideOfWords(all: readonly string[]): DataSide | undefined {
  for (const word of all) {
    const side = contextOfWord(word);
    if (side !== undefined) return side;
  }
  return undefined;
}

/** The first side of the data that the words of a text name. */
export function contextOfText(text: string): DataSide | undefined {
  return sideOfWords(keyWords(text));
}
