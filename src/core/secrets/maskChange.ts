import type { Change } from '../change/change';
import type { Param, RunSource } from '../run/run';
import { experimentName } from '../run/runName';
import { maskText } from './maskText';
import { secretMark } from './secretMark';
import { secretNameStrength } from './secretNames';
import { isSecretValue } from './secretValues';

/**
 * The same change without the credentials in its command line and params. What a cell or a script
 * says stays as it is, and so does what the user wrote of a run.
 *
 * @returns `change` itself if there is none in it.
 */
export function maskChange(change: Change): Change {
  switch (change.kind) {
    case 'runStarted': {
      const source = maskSource(change.source);
      if (source === change.source) return change;
      // A command that names no script gives the experiment its name, cut to a length.
      const isNamedAfter = change.experiment === experimentName(change.source);
      const experiment = isNamedAfter ? experimentName(source) : mask(change.experiment);
      return { ...change, source, experiment };
    }
    case 'paramsAdded': {
      const params = change.params.map(maskParam);
      return params.some((param, index) => param !== change.params[index])
        ? { ...change, params }
        : change;
    }
    case 'pointsAppended': {
      const key = mask(change.key);
      return key === change.key ? change : { ...change, key };
    }
    case 'seriesReplaced': {
      const keys = change.keys.map(mask);
      return keys.some((key, index) => key !== change.keys[index]) ? { ...change, keys } : change;
    }
    default:
      return change;
  }
}

/** The same param, its value masked if its name or its look says that it is a credential. */
export function maskParam(param: Param): Param {
  const strength = secretNameStrength(param.key);
  const isSecret =
    strength !== undefined &&
    isSecretValue({ name: param.key, strength, value: param.value, quote: '' });
  const value = isSecret ? secretMark : mask(param.value);
  const key = mask(param.key);
  return value === param.value && key === param.key ? param : { ...param, key, value };
}

function maskSource(source: RunSource): RunSource {
  if (source.kind === 'notebook') return source;
  const commandLine = mask(source.commandLine);
  const { cwd, script } = source;
  const isSame =
    commandLine === source.commandLine &&
    (cwd === undefined || mask(cwd) === cwd) &&
    (script === undefined || mask(script) === script);
  if (isSame) return source;
  return {
    ...source,
    commandLine,
    ...(cwd === undefined ? {} : { cwd: mask(cwd) }),
    ...(script === undefined ? {} : { script: mask(script) }),
  };
}

const mask = (text: string): string => maskText(text).text;
