import { ConfigurationTarget, type Disposable, workspace } from 'vscode';
import { type MetricPattern, readPatterns } from '../core/extract/patterns/metricPattern';
import { type Prices, readPrices } from '../core/leaderboard/cost';
import { type DirectionRule, readDirectionRules } from '../core/run/directionTable';
import { defaultLimits, defaultOutputBytes, type StoreLimits } from '../core/space/storeLimits';
import { settingIds } from './contributionIds';

/** The user's settings, read afresh each time so that a change needs no reload. */
export interface Settings {
  readonly excludePaths: readonly string[];
  readonly excludeCommands: readonly string[];
  readonly includeCommands: readonly string[];
  /** How the user names metrics that are printed; `readPatterns` reads it. */
  readonly metricPatterns: readonly unknown[];
  /** Which metrics are better low or high, besides what their names say. */
  readonly directions: readonly DirectionRule[];
  readonly codeLens: boolean;
  readonly tellSame: boolean;
  /** Says below a cell that its result is stale, out of order, or of hidden state. */
  readonly tellStale: boolean;
  readonly storeLocation: 'workspace' | 'extension';
  readonly limits: StoreLimits;
  /** Between two looks at what a run uses of the machine; 0 turns them off. */
  readonly sampleEveryMs: number;
  /** Of the outputs that a checkpoint of an execution keeps. */
  readonly maxOutputBytes: number;
}

/** In an untrusted workspace VS Code itself leaves out the restricted settings of the workspace. */
export function readSettings(): Settings {
  const read = <T>(id: string, fallback: T) => workspace.getConfiguration().get<T>(id, fallback);
  return {
    excludePaths: strings(read<unknown>(settingIds.excludePaths, [])),
    excludeCommands: strings(read<unknown>(settingIds.excludeCommands, [])),
    includeCommands: strings(read<unknown>(settingIds.includeCommands, [])),
    metricPatterns: readAllPatterns(),
    directions: readDirectionRules(read<unknown>(settingIds.metricDirection, {})),
    tellSame: read<unknown>(settingIds.tellSame, true) === true,
    tellStale: read<unknown>(settingIds.tellStale, true) === true,
    codeLens: read<unknown>(settingIds.codeLens, true) === true,
    storeLocation:
      read<unknown>(settingIds.storeLocation, 'workspace') === 'extension'
        ? 'extension'
        : 'workspace',
    limits: {
      maxLogBytes: size(
        read<unknown>(settingIds.maxLogMB, undefined),
        1e6,
        defaultLimits.maxLogBytes,
      ),
      maxTotalBytes: size(
        read<unknown>(settingIds.maxTotalGB, undefined),
        1e9,
        defaultLimits.maxTotalBytes,
      ),
      maxOutputsBytes: size(read<unknown>(settingIds.maxOutputsGB, undefined), 1e9, 0),
    },
    sampleEveryMs: size(read<unknown>(settingIds.sampleSeconds, undefined), 1000, 5000),
    maxOutputBytes: size(read<unknown>(settingIds.maxOutputMB, undefined), 1e6, defaultOutputBytes),
  };
}

/** What the user says that machines cost. */
export function readPriceSettings(): Prices {
  const read = (id: string) => workspace.getConfiguration().get<unknown>(id);
  const perHour = read(settingIds.pricePerHour);
  const currency = read(settingIds.currency);
  return {
    perHour: typeof perHour === 'number' && perHour >= 0 ? perHour : undefined,
    perHardware: readPrices(read(settingIds.pricePerGpuHour)),
    currency: typeof currency === 'string' ? currency.slice(0, maxCurrencyLength) : '',
  };
}

const maxCurrencyLength = 8;

/** Those of the user's metric patterns that are well formed. */
export function readMetricPatterns(): readonly MetricPattern[] {
  return readPatterns(readAllPatterns()).patterns;
}

export function onSettingsChange(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('epochlog')) listener();
  });
}

/** Of a setting in units of `unit`. */
function size(value: unknown, unit: number, fallback: number): number {
  return typeof value === 'number' && value >= 0 ? value * unit : fallback;
}

/** A hand-written settings file may hold anything. */
function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Lists of several places do not add up by themselves; those of the workspace stand first. */
function readAllPatterns(): readonly unknown[] {
  const found = workspace.getConfiguration().inspect<unknown>(settingIds.metricPatterns);
  const ofWorkspace = workspace.isTrusted
    ? [found?.workspaceFolderValue, found?.workspaceValue]
    : [];
  return [...ofWorkspace, found?.globalValue].flatMap((value) =>
    Array.isArray(value) ? value : [],
  );
}

/** Adds a pattern to those of a place, unless it is there. */
export async function addMetricPattern(
  pattern: MetricPattern,
  target: PatternTarget,
): Promise<void> {
  const settings = workspace.getConfiguration();
  const found = settings.inspect<unknown>(settingIds.metricPatterns);
  const value = target === 'user' ? found?.globalValue : found?.workspaceValue;
  const patterns: readonly unknown[] = Array.isArray(value) ? value : [];
  if (patterns.some((each) => isSamePattern(each, pattern))) return;
  await settings.update(
    settingIds.metricPatterns,
    [...patterns, pattern],
    target === 'user' ? ConfigurationTarget.Global : ConfigurationTarget.Workspace,
  );
}

export type PatternTarget = 'user' | 'workspace';

function isSamePattern(one: unknown, { name, pattern, context }: MetricPattern): boolean {
  if (typeof one !== 'object' || one === null) return false;
  const fields: { readonly [field: string]: unknown } = { ...one };
  return fields.name === name && fields.pattern === pattern && fields.context === context;
}
