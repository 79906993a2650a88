import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultLimits, defaultOutputBytes } from '../../../src/core/space/storeLimits';
import {
  commandIds,
  contextKeyIds,
  pageIds,
  schemes,
  settingIds,
  viewIds,
  walkthroughIds,
} from '../../../src/platform/contributionIds';

const root = resolve(__dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const { contributes } = manifest;
const sorted = (values: Iterable<string>) => [...values].sort();

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('contributionIds.ts'))
  .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
  .join('\n');

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}
interface WalkthroughStep {
  readonly description: string;
  readonly media: { readonly svg: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}
const steps: readonly WalkthroughStep[] = contributes.walkthroughs.flatMap(
  (walkthrough: { steps: readonly WalkthroughStep[] }) => walkthrough.steps,
);
const menuItems: readonly MenuItem[] = Object.values<MenuItem[]>(contributes.menus).flat();

describe('the manifest', () => {
  it('has each command of the code, and no other', () => {
    const declared = contributes.commands.map(({ command }: MenuItem) => command);
    expect(sorted(declared)).toEqual(sorted(Object.values(commandIds)));
    expect(new Set(declared).size).toBe(declared.length);
  });

  it.each(Object.keys(commandIds))('has code that registers %s', (name) => {
    expect(sources).toMatch(new RegExp(`register\\(\\s*commandIds\\.${name}\\b`));
  });

  it('has each setting of the code, and no other', () => {
    expect(sorted(Object.keys(contributes.configuration.properties))).toEqual(
      sorted(Object.values(settingIds)),
    );
    for (const name of Object.keys(settingIds)) expect(sources).toContain(`settingIds.${name}`);
  });

  it('has the limits that the code falls back to', () => {
    const bytesOf = (id: string, unit: number) =>
      contributes.configuration.properties[id].default * unit;
    expect({
      maxLogBytes: bytesOf(settingIds.maxLogMB, 1e6),
      maxTotalBytes: bytesOf(settingIds.maxTotalGB, 1e9),
    }).toEqual(defaultLimits);
    expect(bytesOf(settingIds.maxOutputMB, 1e6)).toBe(defaultOutputBytes);
  });

  it('has each view of the code, and no other', () => {
    const declared = contributes.views.epochlog.map(({ id }: { id: string }) => id);
    expect(sorted(declared)).toEqual(sorted(Object.values(viewIds)));
    for (const name of Object.keys(viewIds)) expect(sources).toContain(`viewIds.${name}`);
  });

  it('asks only for context keys that the code sets', () => {
    const clauses = [
      ...menuItems,
      ...contributes.viewsWelcome,
      ...contributes.commands.map(({ enablement }: { enablement?: string }) => ({
        when: enablement,
      })),
      ...steps.flatMap(({ completionEvents }) => completionEvents.map((when) => ({ when }))),
    ]
      .map(({ when }: { when?: string }) => when ?? '')
      .filter((when) => !when.startsWith('onCommand:'));
    const asked = clauses.flatMap((when) => when.match(/epochlog\.\w+/g) ?? []);
    const known: readonly string[] = [...Object.values(contextKeyIds), ...Object.values(viewIds)];
    expect(asked.filter((key) => !known.includes(key))).toEqual([]);
    for (const [name, key] of Object.entries(contextKeyIds)) {
      expect(asked).toContain(key);
      expect(sources).toContain(`contextKeyIds.${name}`);
    }
  });

  it('names only commands of its own in menus and key bindings', () => {
    const named = [...menuItems, ...contributes.keybindings].map(({ command }) => command);
    expect(named.filter((id) => !Object.values<string>(commandIds).includes(id))).toEqual([]);
  });

  it('gives every command one category and a title in title case', () => {
    for (const { title, category } of contributes.commands) {
      expect(category).toBe('Epochlog');
      expect(title).toMatch(/^[A-Z]/);
    }
  });

  it('has walkthroughs whose steps have a picture and are done by commands that are there', () => {
    const ids = contributes.walkthroughs.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(Object.values(walkthroughIds));
    for (const { media, description, completionEvents } of steps) {
      expect(existsSync(join(root, media.svg)), media.svg).toBe(true);
      expect(media.altText).not.toBe('');
      const links = [...description.matchAll(/command:([\w.]+)/g)].map(([, id]) => id ?? '');
      const done = completionEvents.flatMap((event) => event.match(/(?<=^onCommand:).+/) ?? []);
      const own = [...links, ...done].filter((id) => !id.startsWith('workbench.'));
      expect(own.filter((id) => !Object.values<string>(commandIds).includes(id))).toEqual([]);
      expect(completionEvents.length).toBeGreaterThan(0);
    }
  });

  it('leads from each view without content to the walkthrough', () => {
    for (const view of Object.values(viewIds)) {
      const welcome: readonly { view: string; when?: string; contents: string }[] =
        contributes.viewsWelcome;
      const empty = welcome.filter(
        (each) => each.view === view && each.when !== contextKeyIds.paused,
      );
      expect(empty).toHaveLength(1);
      expect(empty[0]?.contents).toContain(`(command:${commandIds.openWalkthrough})`);
    }
  });

  it('draws its walkthroughs in the colours of the theme alone', () => {
    for (const { media } of steps) {
      const drawn = readFileSync(join(root, media.svg), 'utf8');
      const paints = [...drawn.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, paint]) => paint);
      expect(paints.filter((paint) => paint !== 'none' && !paint?.startsWith('var('))).toEqual([]);
    }
  });

  it('restores each kind of page', () => {
    for (const name of Object.keys(pageIds)) expect(sources).toContain(`pageIds.${name}`);
  });

  it('wakes up for its file system', () => {
    expect(manifest.activationEvents).toContain(`onFileSystem:${schemes.checkpoint}`);
    expect(manifest.activationEvents).toContain(`onFileSystem:${schemes.revision}`);
    expect(manifest.activationEvents).toContain(`onFileSystem:${schemes.kept}`);
  });

  it('leaves workspace patterns out of untrusted workspaces', () => {
    const restricted = manifest.capabilities.untrustedWorkspaces.restrictedConfigurations;
    expect(sorted(restricted)).toEqual(
      sorted([
        settingIds.excludePaths,
        settingIds.excludeCommands,
        settingIds.includeCommands,
        settingIds.metricPatterns,
      ]),
    );
  });

  it('uses no proposed API', () => {
    expect(manifest.enabledApiProposals).toBeUndefined();
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /vscode\.proposed/.test(file))).toEqual([]);
    const proposed =
      /registerTimelineProvider|onDidWriteTerminalData|onDidChangeNotebookCellExecutionState|registerFileSearchProvider|registerTextSearchProvider|createInlineCompletionItem/;
    expect(sources).not.toMatch(proposed);
    // Compiled against the stable types of the oldest version it promises to run in.
    expect(manifest.devDependencies['@types/vscode'].replace(/[\^~]/, '')).toBe(
      manifest.engines.vscode.replace(/[\^~]/, ''),
    );
  });

  it('offers the history of a notebook in no version of it, which is read-only', () => {
    const { menus } = contributes;
    const offered: readonly MenuItem[] = [
      ...menus['notebook/cell/title'],
      ...menus['notebook/toolbar'],
    ];
    expect(offered.map(({ command }) => command)).toEqual([
      commandIds.showCellHistory,
      commandIds.showTimeline,
    ]);
    for (const { when } of offered) {
      for (const scheme of [schemes.checkpoint, schemes.revision]) {
        expect(when).toContain(`resourceScheme != ${scheme}`);
      }
    }
  });

  it('ships nothing that npm would have to install', () => {
    expect(manifest.dependencies).toBeUndefined();
  });
});
