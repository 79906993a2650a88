import { sign } from './lineSigns';

const SAID =
  /\b(?:sav(?:ed|es|ing)|wr(?:ote|itten|iting)|export(?:ed|ing)|dump(?:ed|ing)|stored|storing|logging results|results? (?:saved|here|in)|checkpoint\w*|best model(?: path)?|weights|base path|optimizer stripped|output (?:dir\w*|path|written)|restoring|loading best)\b/i;
const PATH =
  /(?<![\w.@+=~$-])(?:(?:[A-Za-z]:)?(?:[\w.@+=~$-]*[/\\])+[\w.@+=-]+|[\w.@+=-]+\.(?:pt|pth|ckpt|h5|hdf5|keras|pkl|pickle|joblib|onnx|safetensors|bin|npz|npy|model|pb|tflite|engine|torchscript|ubj|cbm|parquet|feather|png|jpe?g|svg|pdf|mlmodel|gguf|weights|index))(?![\w/\\])/g;
const AFTER_TO =
  /\b(?:sav(?:ed|ing)\b[^:]*?\b(?:to|in|at|as)|written to|logging results to)\s+["'`]?([^\s"'`,]+)/i;
const MAX_LINE_CHARS = 2_000;

// A sentence that ends in `to output directory` has its path alone on the next line.
const PATH_FOLLOWS =
  /\b(?:sav|wr[io]t|export)\w*\b.*\b(?:to|in|at|directory|folder|file|path)\W*$/i;
const LONE_PATH = /^\s*([\w.@+=~/\\:-]*[/\\.][\w.@+=~/\\:-]*\w)\s*$/;
const NOTHING: readonly string[] = [];

/** Finds the paths of lines that say that something was saved, written or exported. */
export interface ArtifactFinder {
  /** The paths of the next line, whose signs are given. */
  read(line: string, signs: number): readonly string[];
  /** Whether the last line announced a path on a line of its own. */
  isWaiting(): boolean;
  /** Whether the last line has words of saving, so that a path in it would count. */
  isSaying(): boolean;
}

export function createArtifactFinder(): ArtifactFinder {
  let pathFollows = false;
  let says = false;

  return {
    isWaiting: () => pathFollows,
    isSaying: () => says,
    read(line, signs) {
      const isAnnounced = pathFollows;
      const saving = (signs & sign.saving) !== 0;
      pathFollows = saving && PATH_FOLLOWS.test(line.slice(-300));
      says = saving && line.length <= MAX_LINE_CHARS && SAID.test(line);
      const lone =
        isAnnounced && line.length <= MAX_LINE_CHARS ? LONE_PATH.exec(line)?.[1] : undefined;
      if (lone !== undefined) return [lone];
      return says ? pathsIn(line) : NOTHING;
    },
  };
}

function pathsIn(line: string): readonly string[] {
  const paths = [...line.matchAll(PATH)].map(([path]) => path);
  const named = AFTER_TO.exec(line)?.[1];
  if (named !== undefined && /^[\w.@+=~/\\:-]*[\w]/.test(named) && /[-_./\\]/.test(named))
    paths.push(named);
  return [...new Set(paths.map((path) => path.replace(/[.:,;]+$/, '')))].filter(
    (path) =>
      !/^\d+\/\d+$|^https?:|^\/\/|\.py$|^[\w.]+\/(?:s|sec|step|it|epoch|batch)(?:=|$)/.test(path) &&
      /[A-Za-z]/.test(path),
  );
}
