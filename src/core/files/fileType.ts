import { fileFormat } from '../formats/fileFormat';
import { mediaFileKind } from '../media/mediaKind';
import type { RunFile } from '../run/run';

type FileType = RunFile['type'];

const suffixes: Readonly<Record<Exclude<FileType, 'code' | 'other'>, string>> = {
  model: `pt pth ckpt h5 hdf5 keras pkl pickle joblib onnx safetensors bin model pb tflite engine torchscript
    ubj cbm mlmodel mlpackage gguf weights params pdparams msgpack xgb lgb skops torch distcp cloudpickle dill`,
  figure: 'png jpg jpeg svg pdf gif webp eps tif tiff bmp mp4',
  table: 'csv tsv parquet feather arrow xlsx xls orc avro',
  data: 'npy npz mat tfrecord tfrecords lmdb mdb zarr nc jsonl ndjson zip tar gz tgz bz2 xz zst 7z db sqlite wav flac mp3 rec',
  log: 'log out err',
  config: 'yaml yml json toml ini cfg conf gin',
};

const typeOf: ReadonlyMap<string, FileType> = new Map(
  Object.entries(suffixes).flatMap(([type, names]) =>
    // SAFETY: the keys of `suffixes` are types.
    names.split(/\s+/).map((name) => [name, type as FileType] as const),
  ),
);

/** What a file is, by its name. */
export function fileType(path: string): FileType {
  if (fileFormat(path)?.isTelling) return 'log';
  // Whatever its suffix: a JSON file of another name is a configuration.
  if (mediaFileKind(path) === 'matrix') return 'table';
  const suffix = /\.([A-Za-z]\w*)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  if (suffix === 'py') return 'code';
  return typeOf.get(suffix) ?? 'other';
}

/** Types that only programs write; a settings file or a text may be what the user has just saved. */
export function isProduct(type: FileType): boolean {
  return type === 'model' || type === 'figure' || type === 'table' || type === 'data';
}
