/**
 * The interpreter that is selected in the Python extension, by its public interface (the npm package
 * `@vscode/python-extension`): `environments.getActiveEnvironmentPath(resource)` gives what
 * `resolveEnvironment` takes, whose result has `executable.uri`.
 *
 * @param api what that extension exports, of whatever version.
 */
export async function selectedPython(api: unknown, resource: unknown): Promise<string | undefined> {
  try {
    // SAFETY: whatever is missing of it throws, and then nothing is known.
    const { environments } = api as PythonExtension;
    const environment = await environments.resolveEnvironment(
      environments.getActiveEnvironmentPath(resource),
    );
    const path = environment?.executable.uri?.fsPath;
    return typeof path === 'string' && path !== '' ? path : undefined;
  } catch {
    return undefined;
  }
}

interface PythonExtension {
  readonly environments: {
    getActiveEnvironmentPath(resource: unknown): unknown;
    resolveEnvironment(
      path: unknown,
    ): Promise<
      { readonly executable: { readonly uri?: { readonly fsPath?: unknown } } } | undefined
    >;
  };
}
