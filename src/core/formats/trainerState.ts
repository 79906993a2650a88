import { emptyReading, type FormatReading } from './formatReading';
import { isObject, parseJson, readRecord } from './jsonRecord';

/**
 * The history in a `trainer_state.json`, which the Trainer of Hugging Face (and of TRL) writes into
 * each checkpoint: `log_history`, a list of `{ "step", "epoch", "loss", … }`
 * (transformers/trainer_callback.py, `TrainerState`). Throws on what is no JSON.
 */
export function readTrainerState(text: string): FormatReading {
  const state = parseJson(text);
  if (!isObject(state) || !Array.isArray(state.log_history)) return emptyReading;
  return { ...emptyReading, metrics: state.log_history.flatMap((entry) => readRecord(entry)) };
}

/**
 * The last value of each metric: DVCLive's `metrics.json`, with its `step`, and W&B's
 * `wandb-summary.json`, with its `_step`. Throws on what is no JSON.
 */
export function readSummaryFile(text: string): FormatReading {
  return { ...emptyReading, metrics: readRecord(parseJson(text), true) };
}
