/** A call as the rules see it. */
export interface CallShape {
  /** The names of the callee, the last one being what is called: `model`, `fit`. */
  readonly names: readonly string[];
  /** What made the object the call is made on, if the source tells: `StandardScaler`. */
  readonly constructorName?: string;
  readonly positionalCount: number;
  readonly keywords: readonly string[];
  /** The text of the first positional argument. */
  readonly firstArgument?: string;
}

/** `step` is one step of a training, which trains only within a loop. */
export type CallRole = 'training' | 'step' | 'other';

/** Objects whose `fit` prepares data. They learn, but nobody calls that a training. */
const preparesData =
  /scaler|(?<!auto)encoder|imput|vectori[sz]er|tokeni[sz]er|binari[sz]er|normali[sz]er|preproc|discreti[sz]er|selector|select(?:k|from|percentile)|transformer|polynomialfeatures|hasher|sampler|smote|datagen|datagenerator|^pca|pca$|projection|svd|t_?sne|umap/i;
/** Short names of such objects, also used for models: with features and targets it is a model. */
const mayPrepareData =
  /^(?:cv|enc|ica|imp|kbd|lb|le|mlb|mms|nmf|ohe|poly|sc|scl|ss|tfidf|tok|vec|vect)$/i;
/** Arguments that only a training takes. */
const trainingKeywords: ReadonlySet<string> = new Set([
  'batch_size',
  'callbacks',
  'datamodule',
  'epochs',
  'eval_set',
  'max_epochs',
  'n_epochs',
  'nb_epoch',
  'num_boost_round',
  'num_epochs',
  'steps_per_epoch',
  'total_timesteps',
  'train_dataloaders',
  'train_dataset',
  'train_objectives',
  'validation_data',
  'validation_split',
]);
const boosters = /^(?:xgb|xgboost|lgb|lgbm|lightgbm|cat|catboost|cb)$/;
const alwaysTrains: ReadonlySet<string> = new Set([
  'cross_val_predict',
  'cross_val_score',
  'cross_validate',
  'fine_tune',
  'fit_flat_cos',
  'fit_generator',
  'fit_one_cycle',
  'learning_curve',
  'train_on_batch',
  'validation_curve',
]);
/** Functions of a user's own, such as `train_one_epoch`; the rest of the name must not be data. */
const trainingName =
  /^(?:run_|do_|start_)?(?:pre)?(?:train|training|fit|finetune|fine_tune)(_\w+|[A-Z]\w*)?$/;
const notTraining =
  /split|test|val(?:id)?(?![a-z])|data|loader|transform|resample|iter(?:ator)?$|generator|_(?:ds|dl|df|x|y|set|size|idx|index|indices|mask|path|dir|files?|config|args|params|ratio|labels?|images?|features?|curve|line|plot|loss|acc|accuracy|metrics?|history|logs?|mode|sampler|on_batch_end)$/i;

/** Whether a call trains, by what it is called on and with. */
export function classifyCall(call: CallShape): CallRole {
  const { names, keywords, positionalCount } = call;
  const name = names.at(-1) ?? '';
  const receiver = names.length > 1 ? names.at(-2) : undefined;
  const preparer = call.constructorName ?? receiver ?? '';
  const hasTrainingKeyword = keywords.some((keyword) => trainingKeywords.has(keyword));
  if (!hasTrainingKeyword && preparesData.test(preparer) && name !== 'step') return 'other';
  if (!hasTrainingKeyword && mayPrepareData.test(preparer) && positionalCount < 2) return 'other';
  if (alwaysTrains.has(name)) return 'training';
  if (receiver === undefined) return isTrainingName(name) ? 'training' : 'other';

  switch (name) {
    case 'fit':
      return receiver === 'stats' || names[0] === 'stats' ? 'other' : 'training';
    case 'partial_fit':
    case 'fit_predict':
      return 'training';
    case 'train':
      return isTrainMethod(call, receiver) ? 'training' : 'other';
    case 'cv':
      return boosters.test(receiver) ? 'training' : 'other';
    case 'optimize':
      return /study|tuner|optimi[sz]er/i.test(receiver) ? 'training' : 'other';
    case 'search':
      return /tuner/i.test(preparer) && positionalCount > 0 ? 'training' : 'other';
    case 'run':
      return receiver === 'tune' ? 'training' : 'other';
    case 'learn':
      return positionalCount + keywords.length > 0 ? 'training' : 'other';
    case 'backward':
    case 'apply_gradients':
    case 'apply_updates':
      return 'step';
    case 'step':
      return isOptimizerStep(receiver, positionalCount) ? 'step' : 'other';
    default:
      return isTrainingName(name) ? 'training' : 'other';
  }
}

function isTrainingName(name: string): boolean {
  const suffix = trainingName.exec(name);
  return suffix !== null && !notTraining.test(suffix[1] ?? '');
}

/** `trainer.train()` trains; `model.train()` and `model.train(False)` switch a torch module's mode. */
function isTrainMethod(call: CallShape, receiver: string): boolean {
  const maker = call.constructorName ?? '';
  if (boosters.test(receiver) || /trainer|tuner|learner|agent|algo/i.test(`${receiver} ${maker}`)) {
    return true;
  }
  if (call.keywords.some((keyword) => keyword !== 'mode')) return true;
  if (call.positionalCount === 0) return false;
  const first = call.firstArgument ?? '';
  return call.positionalCount > 1 || !/^(?:True|False|mode|training|is_training|[01])$/.test(first);
}

function isOptimizerStep(receiver: string, positionalCount: number): boolean {
  if (/sched/i.test(receiver)) return false;
  if (/opt|adam|sgd|rmsprop/i.test(receiver)) return true;
  // torch's gradient scaler: scaler.step(optimizer).
  return /scaler/i.test(receiver) && positionalCount > 0;
}
