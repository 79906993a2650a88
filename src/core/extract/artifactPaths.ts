const SAID =
  /\b(?:sav(?:ed|es|ing)|wr(?:ote|itten|iting)|export(?:ed|ing)|dump(?:ed|ing)|stored|storing|logging results|results? (?:saved|here|in)|checkpoint\w*|best model(?: path)?|weights|base path|optimizer stripped|output (?:dir\w*|path|written)|restoring|loading best)\b/i;
const PATH =
  /(?:(?:[A-Za-z]:)?(?:[\w.@+=~$-]*[/\\])+[\w.@+=-]+|[\w@+=-][\w.@+=-]*\.(?:pt|pth|ckpt|h5|hdf5|keras|pkl|pickle|joblib|onnx|safetensors|bin|npz|npy|model|pb|tflite|engine|torchscript|ubj|cbm|parquet|feather|png|jpe?g|svg|pdf|mlmodel|gguf|weights|index))(?![\w/\\])/g;
const AFTER_TO =
  /\b(?:sav(?:ed|ing)\b[^:]*?\b(?:to|in|at|as)|written to|logging results to)\s+["'`]?([^\s"'`,]+)/i;
const MAX_LINE_CHARS = 2_000;

// A sentence that ends in `to output directory` has its path alone on the next line.
const PATH_FOLLOWS =
  /\b(?:sav|wr[io]t|export)\w*\b.*\b(?:to|in|at|directory|folder|file|path)\W*$/i;
const LONE_PATH = /^\s*([\w.@+=~/\\:-]*[/\\.][\w.@+=~/\\:-]*\w)\s*$/;

/** The paths of a line that says that something was saved, written or exported. */
export function artifactPaths(line: string, previousLine: string): readonly string[] {
  const lone = PATH_FOLLOWS.test(previousLine.slice(-300)) ? LONE_PATH.exec(line)?.[1] : undefined;
  if (lone !== undefined) return [lone];
  if (line.length > MAX_LINE_CHARS || !SAID.test(line)) return [];
  const paths = [...line.matchAll(PATH)].map(([path]) => path);
  const named = AFTER_TO.exec(line)?.[1];
  if (named !== undefined && /^[\w.@+=~/\\:-]*[\w]/.test(named) && /[-_./\\]/.test(named))
    paths.push(named);
  return [...new Set(paths.map((path) => path.replace(/[.:,;]+$/, '')))].filter(
    (path) => !/^\d+\/\d+$|^https?:|^\/\/|\.py$/.test(path) && /[A-Za-z]/.test(path),
  );
}
