import type { ParsedCommand } from './parseCommand';

// Programs whose output may speak of losses and steps and is yet never a training's own.
const NEVER = new Set(
  `git gh hg svn ls ll la dir tree cat bat tac head less more grep egrep fgrep rg ag find fd awk sed cut
  sort uniq wc diff cmp stat file du df ps top htop btop nvidia-smi nvtop free uname whoami which where
  whereis type alias history man info help echo printf date cal pwd cd pushd popd mkdir rmdir rm mv cp
  ln touch chmod chown tar zip unzip gzip gunzip xz rsync scp curl wget ping dig nslookup host ip ifconfig
  netstat ss lsof kill killall pkill jobs fg bg export source unset set env printenv clear cls reset exit
  logout apt apt-get dpkg yum dnf pacman brew snap apk choco winget scoop pip pip3 pipx conda mamba
  micromamba uv poetry pdm pipenv rye hatch npm npx pnpm yarn bun node deno tsc eslint prettier biome
  docker docker-compose podman kubectl helm terraform ansible gcc g++ cc clang clang++ cmake ninja ld nm
  size objdump strings sha256sum md5sum shasum rustc go javac pytest tox nox unittest mypy ruff black
  flake8 pylint isort pyright pre-commit vim vi nvim nano emacs code subl jq yq xargs test sleep watch
  dvc mlflow tensorboard gitk tig Get-ChildItem Get-Content Set-Location Select-String Write-Host
  Write-Output Copy-Item Remove-Item gci gc true false crontab systemctl journalctl mount umount`
    .split(/\s+/)
    .filter((name) => name !== ''),
);
const NEVER_MODULES =
  /^(?:pip|venv|virtualenv|ensurepip|pytest|unittest|http\.server|json\.tool|build|twine|black|ruff|mypy|flake8|pylint|isort|pydoc|site|sysconfig|compileall|timeit|zipfile|tarfile|webbrowser|IPython|jupyter|notebook|jupyterlab|ipykernel(?:\..*)?|nbconvert|tensorboard(?:\..*)?|uvicorn|gunicorn|flask|django|sphinx|pre_commit|tox|nox|coverage)$/;

/**
 * Whether nothing that the command line runs can be a training, so that its output is not searched.
 * Shells, remote shells, containers' `exec`/`run` and unknown programs may train.
 */
export function isNeverTraining(parsed: ParsedCommand): boolean {
  if (parsed.program === '') return true;
  if (parsed.module !== undefined) return NEVER_MODULES.test(parsed.module);
  if (parsed.kind !== 'other') return parsed.script !== undefined && isTestScript(parsed);
  if (/^(?:docker|podman|kubectl)$/.test(baseName(parsed.program))) {
    return !/^(?:run|exec|logs|attach|compose|start)$/.test(parsed.args[0] ?? '');
  }
  // Following a log shows a training while it runs; printing one shows what was.
  if (baseName(parsed.program) === 'tail') {
    return !parsed.args.some((arg) => /^-\w*[fF]|^--follow/.test(arg));
  }
  if (/^(?:dvc|mlflow)$/.test(baseName(parsed.program))) {
    return !/^(?:repro|run|exp)$/.test(parsed.args[0] ?? '');
  }
  return parsed.programs.every((name) => NEVER.has(name));
}

function isTestScript(parsed: ParsedCommand): boolean {
  return /(?:^|[/\\])(?:setup|manage|conftest)\.py$/.test(parsed.script ?? '');
}

function baseName(program: string): string {
  return program.replace(/^.*[/\\]/, '').replace(/\.exe$/i, '');
}
