/** What a program does with a path: reads it, writes it, or nobody knows. */
export type PathUse = 'read' | 'write' | 'unknown';

const writtenWords =
  /^(?:out|outs|output|outputs|outdir|outfile|save|saved|saves|savedir|savepath|log|logs|logdir|logger|logging|ckpt|ckpts|checkpoints|export|exports|result|results|run|runs|rundir|work|workdir|project|exp|experiment|tb|tensorboard|artifact|artifacts|dump|dest|destination|target|pred|preds|prediction|predictions|plot|plots|figure|figures|fig|report|reports|snapshot|snapshots)$/;
const readWords =
  /^(?:data|dataset|datasets|datadir|dataroot|root|train|training|val|valid|validation|test|testing|eval|input|inputs|in|src|source|images|image|img|imgs|labels|label|annotations|annotation|ann|corpus|text|vocab|tokenizer|csv|file|files|path|dir|folder|resume|pretrained|weights|init|load|checkpoint|model|features|embeddings|features|split|csvs|glob)$/;

/** What the name of an option or a keyword says of the path that it takes: `output_dir`, `train_file`. */
export function keyUse(key: string): PathUse {
  const words = key
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/);
  if (words.some((word) => writtenWords.test(word)) || key === 'o') return 'write';
  return words.some((word) => readWords.test(word)) ? 'read' : 'unknown';
}

/** Whether a text is written as a path is, and not only happens to be a file's name. */
export function looksLikePath(text: string): boolean {
  if (text === '' || text.length > 1_000 || /[\n\r\0*?<>|"]/.test(text)) return false;
  if (/^[a-z][\w+.-]*:\/\//i.test(text)) return false;
  return /[/\\]/.test(text) || /\.[A-Za-z]\w{0,9}$/.test(text);
}
