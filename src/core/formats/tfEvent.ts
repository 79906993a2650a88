import { PbfReader } from 'pbf';
import { readTensor, type Tensor } from './tfTensor';

/**
 * One value of an event: `tensorflow.Summary.Value`
 * (tensorflow/core/framework/summary.proto).
 */
export interface SummaryValue {
  readonly tag: string;
  readonly simpleValue?: number;
  readonly tensor?: Tensor;
  /** Of the plugin that shows it, such as `scalars`; a writer may say it with the first value only. */
  readonly plugin?: string;
  /** What that plugin keeps with it. */
  readonly pluginContent?: Uint8Array;
}

/** `tensorflow.Event`, as far as it is read here (tensorflow/core/util/event.proto). */
export interface TfEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly values: readonly SummaryValue[];
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Throws on bytes that are none. */
export function readEvent(bytes: Uint8Array): TfEvent {
  const values: SummaryValue[] = [];
  const event = { wallTime: 0, step: 0 };
  new PbfReader(bytes).readFields((field, _, reader) => {
    if (field === 1) event.wallTime = reader.readDouble();
    else if (field === 2) event.step = reader.readVarint(true);
    else if (field === 5) reader.readMessage(readSummary, values);
  }, undefined);
  return { ...event, values };
}

function readSummary(field: number, values: SummaryValue[], reader: PbfReader): void {
  if (field === 1) values.push(reader.readMessage(readValue, { tag: '' }));
}

function readValue(field: number, value: Mutable<SummaryValue>, reader: PbfReader): void {
  if (field === 1) value.tag = reader.readString();
  else if (field === 2) value.simpleValue = reader.readFloat();
  else if (field === 8) value.tensor = readTensor(reader.readBytes());
  else if (field === 9) {
    reader.readMessage((inner, _, metadata) => {
      if (inner === 1) metadata.readMessage(readPlugin, value);
    }, undefined);
  }
}

/** `SummaryMetadata.PluginData`. */
function readPlugin(field: number, value: Mutable<SummaryValue>, reader: PbfReader): void {
  if (field === 1) value.plugin = reader.readString();
  else if (field === 2) value.pluginContent = reader.readBytes();
}
