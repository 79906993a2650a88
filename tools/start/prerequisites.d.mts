export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly nodeVersion: string;
  readonly npmVersion: string | undefined;
  readonly gitVersion: string | undefined;
  readonly pythonVersion: string | undefined;
  readonly hasVenv: boolean;
  readonly hasMake: boolean;
  readonly hasCppCompiler: boolean;
}

export function findMissing(machine: Machine): { name: string; remedy: string }[];
export function probeMachine(): Machine;
export function pythonCommand(): string;
