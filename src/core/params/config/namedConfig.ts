import type { StoredConfig } from '../hydra/hydraRepository';
import type { ConfigFormat } from './configFormat';

/** A file that a command line or a script names as its configuration. */
export interface NamedFile {
  readonly kind: 'file';
  /** As it is written; relative to the folder that the program runs in. */
  readonly path: string;
  /** Where its name does not say it. */
  readonly format?: ConfigFormat;
  /** Stands before its keys: `deepspeed` of `--deepspeed ds.json`. */
  readonly prefix?: string;
  /** What a configuration in Python is asked for: `large` of `config.py:large`. */
  readonly argument?: string;
  /** The command line names it. */
  readonly isTyped?: boolean;
  /** It may well be data: it counts only where it looks like settings. */
  readonly isDoubtful?: boolean;
}

/** The primary configuration of a Hydra program. */
export interface NamedHydra {
  readonly kind: 'hydra';
  /** The folder of its configurations, relative to the script's own, as written. */
  readonly folder?: string;
  /** Without or with its suffix, as written. */
  readonly name: string;
  /** What the program itself puts into Hydra's ConfigStore. */
  readonly stored: readonly StoredConfig[];
  /** What it overrides itself, in the place of a command line. */
  readonly overrides?: readonly string[];
}

export type NamedConfig = NamedFile | NamedHydra;
