import type { Page } from '@playwright/test';
import type { Rpc } from './rpc';
import type { Workbench } from './workbench';

export interface SessionOptions {
  /** The workspace folder, or the `.code-workspace` file that names several. */
  readonly folder: string;
  /** Folders of extensions to load besides the helper. */
  readonly extensions: readonly string[];
  /** A packaged extension to install. */
  readonly vsix?: string | undefined;
  /** User settings, on top of those that make a window quiet. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Reaches the extension host and the terminals. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** `ask` leaves workspace trust on. Default `disabled`. */
  readonly trust?: 'disabled' | 'ask' | undefined;
  readonly size?: { readonly width: number; readonly height: number } | undefined;
}

/** One VS Code window under our hands, with all that belongs to it. */
export interface VsCodeSession {
  readonly page: Page;
  readonly workbench: Workbench;
  readonly rpc: Rpc;
  /** Ends VS Code and deletes its user data. */
  stop(): Promise<void>;
}
