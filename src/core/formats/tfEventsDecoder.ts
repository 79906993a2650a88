import type { ExtractedMetric, ExtractedParam } from '../extract/extraction';
import { classifyKey } from '../extract/keyFacts';
import type { FormatDecoder, FormatReading } from './formatReading';
import { readEvent, type SummaryValue, type TfEvent } from './tfEvent';
import { readHparams } from './tfHparams';
import { createTfRecordReader } from './tfRecords';
import { type EventFolder, nameEventSeries } from './tfSeriesName';

/** Tags are remembered up to so many; a file with more holds no metrics. */
const maxTags = 10_000;

/** In seconds, far behind any clock: what is beyond is no time. */
const maxWallTime = 1e11;

type SeriesName = Pick<ExtractedMetric, 'key' | 'context'>;

const leftOut = 'A damaged part of it was left out.';
const givenUp = 'It is damaged, and the rest of it is not read.';

/**
 * Reads a TensorBoard event file, by whatever wrote it: TFRecords of `tensorflow.Event`. Scalars as
 * simple values (TensorFlow 1, PyTorch, tensorboardX) and as tensors of the `scalars` plugin
 * (TensorFlow 2) become points with the event's step and wall time, the `hparams` plugin's session
 * becomes params. Graphs, pictures, histograms and texts are passed over. The end of a file that is
 * still written may be torn; a damaged record is left out.
 */
export function createTfEventsDecoder(folder: EventFolder): FormatDecoder {
  const records = createTfRecordReader();
  /** The writer may name the plugin of a tag only once. */
  const plugins = new Map<string, string>();
  const names = new Map<string, SeriesName | undefined>();
  let isTrainer = false;
  let unreadable = 0;
  let told: string | undefined;

  function pluginOf({ tag, plugin }: SummaryValue): string | undefined {
    if (plugin !== undefined && plugins.size < maxTags) plugins.set(tag, plugin);
    return plugin ?? plugins.get(tag);
  }

  function readMetric(value: SummaryValue, event: TfEvent): ExtractedMetric | undefined {
    const plugin = pluginOf(value);
    const isScalar = plugin === undefined || plugin === 'scalars';
    const number = value.simpleValue ?? (isScalar ? value.tensor?.number : undefined);
    if (number === undefined || value.tag === '') return undefined;
    // What Lightning writes where no metric was given for the params.
    if (value.tag === 'hp_metric' && number === -1) return undefined;
    const series = seriesOf(value.tag);
    if (series === undefined) return undefined;
    const { step, wallTime } = event;
    // Put together by hand, as there are millions.
    const metric: { -readonly [K in keyof ExtractedMetric]: ExtractedMetric[K] } = {
      key: series.key,
      value: number,
      step,
    };
    if (series.context !== undefined) metric.context = series.context;
    if (wallTime > 0 && wallTime < maxWallTime) metric.atMs = wallTime * 1000;
    return metric;
  }

  function seriesOf(tag: string): SeriesName | undefined {
    if (names.has(tag)) return names.get(tag);
    const series = nameEventSeries(tag, folder, isTrainer);
    const isMeasure = isTrainer && series && classifyKey(series.key) === 'measure';
    const name = isMeasure ? undefined : series;
    if (names.size < maxTags) names.set(tag, name);
    return name;
  }

  return {
    push(bytes) {
      const metrics: ExtractedMetric[] = [];
      const params: ExtractedParam[] = [];
      for (const record of records.push(bytes)) {
        try {
          const event = readEvent(record);
          for (const value of event.values) {
            if (value.pluginContent && pluginOf(value) === 'hparams') {
              params.push(...readHparams(value.pluginContent));
            } else if (isTrainerArguments(value)) {
              isTrainer = true;
              names.clear();
            } else {
              const metric = readMetric(value, event);
              if (metric !== undefined) metrics.push(metric);
            }
          }
        } catch {
          unreadable++;
        }
      }
      return { metrics, params, notes: notes() };
    },
    end: (): FormatReading => ({ metrics: [], params: [], notes: [] }),
  };

  function notes(): readonly string[] {
    const isDamaged = records.damages() + unreadable > 0;
    const now = records.isGivenUp() ? givenUp : isDamaged ? leftOut : undefined;
    if (now === told || now === undefined) return [];
    told = now;
    return [now];
  }
}

/** The Trainer of Hugging Face writes its arguments first (integrations, `TensorBoardCallback`). */
function isTrainerArguments({ tag, tensor }: SummaryValue): boolean {
  return (
    tag === 'args/text_summary' && tensor?.text?.includes('"per_device_train_batch_size"') === true
  );
}
