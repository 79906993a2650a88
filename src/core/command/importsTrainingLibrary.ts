const LIBRARIES = new Set(
  `torch torchvision torchtext torchaudio lightning pytorch_lightning ignite tensorflow tf_keras keras
  keras_core keras_tuner tensorflow_probability sklearn xgboost lightgbm catboost ngboost transformers
  sentence_transformers setfit accelerate peft trl unsloth axolotl torchtune litgpt diffusers
  jax flax optax haiku equinox objax fastai fastcore skorch tabpfn pytorch_tabnet
  stable_baselines3 sb3_contrib cleanrl rllib tianshou gymnasium gym pettingzoo ultralytics yolov5
  detectron2 mmengine mmdet mmcls mmseg mmpretrain timm fairseq espnet speechbrain nemo flair spacy
  thinc gensim optuna hyperopt ray wandb mlflow dvclive comet_ml neptune tensorboardX statsmodels
  prophet neuralforecast statsforecast darts sktime gluonts autogluon pycaret h2o flaml auto_sklearn
  tpot mxnet gluoncv paddle mindspore chainer cntk theano pyro numpyro pymc implicit surprise lightfm
  torch_geometric dgl segmentation_models_pytorch monai deepspeed colossalai composer bitsandbytes
  mlx tinygrad river vowpalwabbit pysr imblearn umap hdbscan`
    .split(/\s+/)
    .filter((name) => name !== ''),
);

// Strings first, so that an import inside a docstring is not seen; then comments.
const STRINGS_AND_COMMENTS =
  /(?:[rRbBuUfF]{0,2})(?:"""[\s\S]*?(?:"""|$)|'''[\s\S]*?(?:'''|$)|"(?:\\[\s\S]|[^"\\\n])*"?|'(?:\\[\s\S]|[^'\\\n])*'?)|#[^\n]*/g;
const IMPORT = /(?:^|[;:])[ \t]*(?:import[ \t]+([^\n;]+)|from[ \t]+([\w.]+)[ \t]+import\b)/gm;
const LONGEST_SOURCE_CHARS = 1_000_000;

/** Whether a Python source imports a library that trains models. Reads import lines; runs nothing. */
export function importsTrainingLibrary(pythonSource: string): boolean {
  const code = pythonSource
    .slice(0, LONGEST_SOURCE_CHARS)
    .replace(STRINGS_AND_COMMENTS, (text) => (text.startsWith('#') ? '' : '""'))
    .replace(/\\\r?\n/g, ' ');
  for (const match of code.matchAll(IMPORT)) {
    const names = match[2] === undefined ? (match[1] ?? '').split(',') : [match[2]];
    if (names.some((name) => LIBRARIES.has(name.trim().split(/[.\s]/)[0] ?? ''))) return true;
  }
  return false;
}
