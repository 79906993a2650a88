import { flattenConfig } from '../params/config/flattenConfig';
import { readConfig } from '../params/config/readConfig';
import { emptyReading, type FormatReading } from './formatReading';

/**
 * The params in a YAML file that a program writes for itself: Lightning's `hparams.yaml`, DVCLive's
 * `params.yaml`, the `args.yaml` of timm and Ultralytics. Inner ones are named `outer.inner`.
 *
 * @throws ConfigError
 */
export function readParamsFile(text: string): FormatReading {
  const params = flattenConfig(readConfig(text, 'yaml'));
  return { ...emptyReading, params: params.map((param) => ({ ...param, origin: 'config' })) };
}

const wandbValue = /^([^._][^.]*)\.value(?=\.|$)/;

/**
 * The params in W&B's `config.yaml`, which has `{ value: … }` of each, and its own behind `_wandb`.
 *
 * @throws ConfigError
 */
export function readWandbConfig(text: string): FormatReading {
  const { params } = readParamsFile(text);
  return {
    ...emptyReading,
    params: params
      .filter(({ key }) => wandbValue.test(key))
      .map((param) => ({ ...param, key: param.key.replace(wandbValue, '$1') })),
  };
}
