import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(__dirname, '../../..');

/** Which layer may import which, beside itself. What is not listed is not allowed. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  protocol: ['core'],
  store: ['core'],
  workers: ['store', 'core', 'app'],
  app: ['core', 'store'],
  interop: ['core', 'app'],
  platform: ['core', 'protocol'],
  capture: ['core', 'app', 'platform'],
  ui: ['core', 'app', 'protocol', 'platform'],
  extension: ['core', 'app', 'protocol', 'platform', 'capture', 'ui'],
  webviews: ['core', 'protocol'],
  tools: ['core', 'store', 'app', 'interop', 'workers', 'protocol', 'webviews', 'test'],
};

/** Packages that a layer may name; Node's own are `node:`. */
const packages: Readonly<Record<string, readonly string[]>> = {
  core: [
    'diff',
    '@lezer/python',
    '@lezer/common',
    '@lezer/highlight',
    'birpc',
    're2js',
    'yaml',
    'smol-toml',
    'pbf',
    'd3-dsv',
    'htmlparser2',
  ],
  protocol: [],
  store: ['node:', 'sql.js', '@msgpack/msgpack'],
  workers: ['node:'],
  app: ['node:', 'pidtree'],
  interop: ['node:'],
  platform: ['node:', 'vscode'],
  capture: ['vscode'],
  ui: ['vscode'],
  extension: ['node:', 'vscode'],
  webviews: ['preact', 'chart.js', '@vscode/webview-ui-toolkit'],
};

interface Import {
  readonly file: string;
  readonly layer: string;
  readonly specifier: string;
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => join(root, folder, file));
}

function layerOf(file: string): string {
  const [top = '', second = ''] = relative(root, file).split(/[\\/]/);
  if (top !== 'src') return top;
  return second.startsWith('extension') ? 'extension' : second;
}

function importsOf(file: string): readonly Import[] {
  const source = readFileSync(file, 'utf8');
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s(?:[^'"();]*?\sfrom\s)?\s*['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/g;
  return [...source.matchAll(pattern)].map((match) => ({
    file,
    layer: layerOf(file),
    specifier: match[1] ?? match[2] ?? '',
  }));
}

const imports = ['src', 'webviews', 'tools'].flatMap(filesUnder).flatMap(importsOf);

function offends({ file, layer, specifier }: Import): boolean {
  if (specifier.startsWith('.')) {
    const target = resolve(dirname(file), specifier);
    const targetLayer = layerOf(target);
    return targetLayer !== layer && !(allowed[layer] ?? []).includes(targetLayer);
  }
  // Developer commands may use any package but the editor's.
  if (layer === 'tools') return specifier === 'vscode';
  const named = builtinModules.includes(specifier) ? `node:${specifier}` : specifier;
  return !(packages[layer] ?? []).some((each) =>
    each.endsWith(':') ? named.startsWith(each) : named === each || named.startsWith(`${each}/`),
  );
}

const show = ({ file, specifier }: Import) => `${relative(root, file)} imports ${specifier}`;

describe('the layers', () => {
  it('are all found', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(
      [...new Set(imports.map(({ layer }) => layer))].filter((each) => !(each in allowed)),
    ).toEqual([]);
  });

  it('import inward only', () => {
    expect(imports.filter(offends).map(show)).toEqual([]);
  });

  it('would notice a wrong import', () => {
    const wrong = (file: string, specifier: string) =>
      offends({ file: join(root, file), layer: layerOf(join(root, file)), specifier });
    expect(wrong('src/core/run/run.ts', '../../store/store')).toBe(true);
    expect(wrong('src/core/run/run.ts', 'node:fs')).toBe(true);
    expect(wrong('src/ui/runTree.ts', 'sql.js')).toBe(true);
    expect(wrong('src/ui/runTree.ts', '../capture/terminalCapture')).toBe(true);
    expect(wrong('src/app/git.ts', 'vscode')).toBe(true);
    expect(wrong('webviews/charts/main.tsx', '../../src/app/git')).toBe(true);
    expect(wrong('src/app/git.ts', '../core/rpc')).toBe(false);
  });

  it('name the toolkit in one file', () => {
    const users = imports.filter(({ specifier }) =>
      specifier.startsWith('@vscode/webview-ui-toolkit'),
    );
    expect(users.map(({ file }) => relative(root, file))).toEqual(['webviews/shared/controls.ts']);
  });

  it('keep the entry file a composition of under 80 lines', () => {
    const lines = readFileSync(join(root, 'src/extension.ts'), 'utf8').trimEnd().split('\n');
    const code = lines.filter((line) => !/^import |^\s*(\/\/|\/\*|\*)|^\s*$/.test(line));
    expect(code.length).toBeLessThan(80);
  });
});
