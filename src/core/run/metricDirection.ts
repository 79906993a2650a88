/** Whether a metric is better low or high; undefined where its name does not say. */
export type MetricDirection = 'lower' | 'higher';

// Tried in this order: `error_rate` must not be read as a rate, nor `neg_mean_squared_error` (what
// scikit-learn calls a score) as an error; yet a negative log likelihood is a loss.
const rules: readonly (readonly [RegExp, MetricDirection])[] = [
  [/(^|_)(neg(ative)?_log_?lik|nloglik)/, 'lower'],
  [/(^|_)neg(ative)?_/, 'higher'],
  [
    /(^|_)(loss|losses|err|error|errors|mse|rmse|mae|mape|msle|rmsle|smape|logloss|cross_?entropy|xent|nll|elbo_loss|perplexity|ppl|bpc|bpd|wer|cer|ter|eer|lpips|davies_bouldin|fid|kid|kl|hinge|brier|divergence|deviance|inertia|regret|l1|l2|multi_logloss|binary_logloss|multi_error|binary_error|mlogloss|merror)($|_)/,
    'lower',
  ],
  [/loss$/, 'lower'],
  [
    /(^|_)(acc[15]?|accuracy|top_?[15]|prec|f1|f_?beta|precision|recall|sensitivity|specificity|auc|auroc|roc_auc|auprc|aucpr|pr_auc|m?ap\d*|ndcg|mrr|hits?|hit_rate|iou|miou|dice|jaccard|r2|r2_score|explained_variance|bleu|rouge|rouge[12l]|meteor|cider|psnr|ssim|reward|rew|return|score|kappa|mcc|corrcoef|silhouette|inception|win_rate|success_rate|likelihood|log_likelihood|exact_match|em)($|_)/,
    'higher',
  ],
  [/(acc|accuracy|auc|reward)\d*$/, 'higher'],
];

/** The names read last: of ten thousand runs each has the same few. */
const known = new Map<string, MetricDirection | undefined>();
const maxKnown = 1000;

/** Reads the direction off a metric's name, whatever the user says of it, as printed: `val/loss`, `valid_0's auc`, `test-rmse`. */
export function metricDirection(key: string): MetricDirection | undefined {
  if (known.has(key)) return known.get(key);
  if (known.size >= maxKnown) known.clear();
  const direction = readDirection(key);
  known.set(key, direction);
  return direction;
}

function readDirection(key: string): MetricDirection | undefined {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    // At which rank or threshold: `ndcg@10`, `mAP@.5:.95`.
    .replace(/@[\d.:]*/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_');
  return rules.find(([pattern]) => pattern.test(words))?.[1];
}

/** Whether `value` is better than `other`; false where the metric has no direction or a value is NaN. */
export function isBetter(direction: MetricDirection | undefined, value: number, other: number) {
  if (direction === 'lower') return value < other;
  return direction === 'higher' && value > other;
}
