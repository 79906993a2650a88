import type { Finding, Reading, Recogniser } from '../finding';
import { keyFacts } from '../keyFacts';
import { sign } from '../lineSigns';
import { NUMBER_PATTERN, parseNumber } from '../numberText';
import { contextOfText } from '../vocabulary';

const VALUE = `(?<value>${NUMBER_PATTERN}|nan|-?inf)`;

/** A line that names its value in words of its own. Its groups are `value`, `key`, `step`, `epoch`. */
interface Sentence {
  /** The first letters that it can begin with. */
  readonly begins: string;
  readonly pattern: RegExp;
  /** Where the pattern has no group for it. */
  readonly key?: string;
}

const SENTENCES: readonly Sentence[] = [
  // lightning/pytorch/callbacks/model_checkpoint.py `_update_best_and_save`.
  {
    begins: 'E',
    pattern: new RegExp(
      `^Epoch (?<epoch>\\d+), global step (?<step>\\d+): '?(?<key>[\\w/. @-]+?)'? reached ${VALUE} \\(best `,
    ),
  },
  // lightning/pytorch/callbacks/early_stopping.py: the value was printed before, with more digits.
  { begins: 'M', pattern: /^(?:Metric \S+ improved|Monitored metric \S+ )/ },
  // Kaldi nnet3/nnet-training.cc `PrintStatsForThisPhase`, `PrintTotalStats`.
  {
    begins: 'OA',
    pattern: new RegExp(
      `^(?<key>(?:Overall )?[Aa]verage (?:objective function|log-prob\\S*|accuracy))(?: for '[^']*')?(?: for minibatches [\\d-]+)? is ${VALUE} over `,
    ),
  },
  // Kaldi's compute-wer.cc and best_wer.sh: `%WER 12.34 [ 1234 / 10000, 100 ins, 200 del, 934 sub ]`.
  { begins: '%', pattern: new RegExp(`^%(?<key>[WSCPT]ER) ${VALUE} \\[`) },
  // R's nnet/src/nnet.c: `iter  10 value 45.612345`.
  {
    begins: 'if',
    key: 'value',
    pattern: new RegExp(`^(?:iter\\s+(?<step>\\d+)|initial|final)\\s+value ${VALUE}\\s*$`),
  },
  // gensim/models/ldamodel.py `log_perplexity`.
  {
    begins: '-9',
    key: 'perplexity',
    pattern: new RegExp(`^-?[\\d.]+ per-word bound, ${VALUE} perplexity estimate`),
  },
  // darknet/src/yolo_layer.c: the state of one scale of one batch; its normalizers are settings.
  { begins: 'vR', pattern: /^(?:v3 \(.*\) )?Region \d+ Avg / },
];

const BY_FIRST = new Map<string, Sentence[]>();
for (const sentence of SENTENCES) {
  for (const first of sentence.begins) {
    BY_FIRST.set(first, [...(BY_FIRST.get(first) ?? []), sentence]);
  }
}

const AT_STEP = new RegExp(
  `^\\s*(?:\\[[\\w-]+\\]\\s*)?(?<key>[A-Za-z][\\w -]*?(?: \\([\\w ]+\\))?) (?:at|after) (?:the )?(?:(?:global )?(?<unit>step|iteration|iter|epoch|round|update|batch)s? (?<count>\\d+)|(?<count2>\\d+) (?<unit2>step|iteration|epoch|round|update|batche)s?)\\b[^:=]*?(?::| is| was|=| =)\\s*${VALUE}\\s*%?\\.?\\s*$`,
  'i',
);
// NVIDIA's tacotron2/train.py: `Train loss 100 0.512345 Grad Norm 1.2`, `Validation loss 1000: 0.456`.
const STEPPED = /^(?<key>[A-Za-z][A-Za-z ]*?) (?<step>\d+):? +(?<value>-?\d*\.\d+)(?=[\s,]|$)/;
const LONGEST_SENTENCE_CHARS = 300;

/** Lines of particular programs, and those that say `loss at step 100: 0.5`. */
export const sentences: Recogniser = {
  name: 'sentences',
  needs: sign.digit,
  recognise(line, { signs }): Finding | undefined {
    if (line.length > LONGEST_SENTENCE_CHARS) return undefined;
    const first = line.charAt(0) >= '0' && line.charAt(0) <= '9' ? '9' : line.charAt(0);
    for (const { pattern, key } of BY_FIRST.get(first) ?? []) {
      const groups = pattern.exec(line)?.groups;
      if (groups !== undefined) return found(line, groups, key);
      if (pattern.test(line)) return { readings: [] };
    }
    if ((signs & sign.counting) !== 0 && / (?:at|after) /i.test(line)) {
      const groups = AT_STEP.exec(line)?.groups;
      if (groups !== undefined) return atStep(line, groups);
    }
    const stepped = (signs & sign.loneNumber) === 0 ? undefined : STEPPED.exec(line)?.groups;
    if (stepped === undefined || !isMetric(stepped.key)) return undefined;
    return found(line, stepped, undefined);
  },
};

type Groups = Readonly<Record<string, string | undefined>>;

function atStep(line: string, groups: Groups): Finding | undefined {
  if (!isMetric(groups.key?.replace(/ \(.*/, ''))) return undefined;
  const count = groups.count ?? groups.count2;
  const isEpoch = /^epoch/i.test(groups.unit ?? groups.unit2 ?? '');
  return found(line, { ...groups, [isEpoch ? 'epoch' : 'step']: count }, undefined);
}

function isMetric(key: string | undefined): boolean {
  const { kind, isPlain } = keyFacts(key ?? '');
  return kind === 'metric' && isPlain;
}

function found(line: string, groups: Groups, fixedKey: string | undefined): Finding {
  const value = parseNumber(groups.value ?? '');
  const key = groups.key ?? fixedKey;
  if (value === undefined || key === undefined) return { readings: [] };
  const reading: Reading = { key, value, context: contextOfText(line), certainty: 'sure' };
  return {
    readings: [reading],
    step: groups.step === undefined ? undefined : Number(groups.step),
    epoch: groups.epoch === undefined ? undefined : Number(groups.epoch),
  };
}
