import type { ExtractedParam } from '../extract/extraction';

/**
 * Variables that set up how a program runs rather than what it trains: those of drivers, runtimes,
 * launchers, services and the shell.
 */
const setsUp =
  /^(?:CUDA|NVIDIA|NCCL|CUBLAS|CUDNN|GPU|ROCR?|HIP|HSA|AMD|MIOPEN|ONEAPI|SYCL|GLOO|OMP|MKL|OPENBLAS|VECLIB|NUMEXPR|KMP|GOMP|TF|TFDS|XLA|JAX|LIBTPU|TPU|TORCH|TORCHELASTIC|PYTORCH|PYTHON\w*|PIP|UV|CONDA|VIRTUAL|POETRY|PATH|LD|DYLD|LIBRARY|MALLOC|HF|HUGGINGFACE|TRANSFORMERS|DIFFUSERS|DATASETS|TOKENIZERS|SENTENCE|VLLM|TRITON|FLASH|UNSLOTH|DS|DEEPSPEED|ACCELERATE|FSDP|WANDB|MLFLOW|COMET|NEPTUNE|CLEARML|TENSORBOARD|DVC|HYDRA|RAY|DASK|SLURM|OMPI|PMI|PMIX|MPI|UCX|FI|NODE|MASTER|WORLD|RANK|LOCAL|NUM_GPUS|AWS|GOOGLE|AZURE|S3|HTTP|HTTPS|FTP|ALL|NO|SSL|HOME|USER|SHELL|LANG|LANGUAGE|LC|TERM|TZ|TMP|TEMP|TMPDIR|DISPLAY|QT|MPLBACKEND|MUJOCO|SDL|KERAS|LOGLEVEL|LOG|DEBUG|VERBOSE|CI|MAKEFLAGS|CFLAGS|CC|CXX|MAX_JOBS|NOTEBOOK|JUPYTER|JPY|FORCE|COLUMNS|LINES|PROJECT|RUST|GODEBUG|JULIA)(?:_|$)/i;

/** `LR=0.1 python train.py`: the variables before a command that say what it trains. */
export function variableParams(assignments: readonly string[]): readonly ExtractedParam[] {
  const found = new Map<string, string>();
  for (const assignment of assignments) {
    const [, key, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(assignment) ?? [];
    if (key !== undefined && value !== undefined && value !== '' && !setsUp.test(key)) {
      found.set(key, value);
    }
  }
  return [...found].map(([key, value]) => ({ key, value, origin: 'argv' }));
}
