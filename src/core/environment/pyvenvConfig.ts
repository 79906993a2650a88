/** What `pyvenv.cfg` says of a virtual environment (venv, virtualenv and uv write it). */
export interface PyvenvConfig {
  /** Folder of the interpreter that it was made from. */
  readonly home: string | undefined;
  /** Such as `3.11.7`. */
  readonly version: string | undefined;
  readonly includesSystemPackages: boolean;
}

export function parsePyvenvConfig(text: string): PyvenvConfig {
  const value = (key: string) => new RegExp(`^\\s*${key}\\s*=\\s*(.*?)\\s*$`, 'mi').exec(text)?.[1];
  // `version_info = 3.11.7.final.0` is virtualenv's.
  const version = value('version') ?? value('version_info');
  return {
    home: value('home'),
    version: /^\d+\.\d+(?:\.\d+)?(?:(?:a|b|rc)\d+)?/.exec(version ?? '')?.[0],
    includesSystemPackages: value('include-system-site-packages')?.toLowerCase() === 'true',
  };
}
