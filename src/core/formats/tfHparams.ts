import { PbfReader } from 'pbf';
import type { ExtractedParam } from '../extract/extraction';

/**
 * The params in what the `hparams` plugin keeps: `HParamsPluginData.session_start_info.hparams`, a map
 * of names to `google.protobuf.Value` (tensorboard/plugins/hparams/plugin_data.proto). Throws on what
 * is none.
 */
export function readHparams(content: Uint8Array): readonly ExtractedParam[] {
  const params: ExtractedParam[] = [];
  new PbfReader(content).readFields((field, _, reader) => {
    if (field === 3) reader.readMessage(readSession, params);
  }, undefined);
  return params;
}

function readSession(field: number, params: ExtractedParam[], reader: PbfReader): void {
  if (field !== 1) return;
  const entry = reader.readMessage(readEntry, { key: '', value: undefined });
  if (entry.value !== undefined) {
    params.push({ key: entry.key, value: entry.value, origin: 'client' });
  }
}

interface Entry {
  key: string;
  value: string | undefined;
}

function readEntry(field: number, entry: Entry, reader: PbfReader): void {
  if (field === 1) entry.key = reader.readString();
  else if (field === 2) reader.readMessage(readValue, entry);
}

function readValue(field: number, entry: Entry, reader: PbfReader): void {
  if (field === 2) entry.value = String(reader.readDouble());
  else if (field === 3) entry.value = reader.readString();
  else if (field === 4) entry.value = String(reader.readBoolean());
}
