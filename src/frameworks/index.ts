import type { Api } from './api';
import { jaxApis } from './jax';
import { kerasApis, legacyKerasApis } from './keras';
import { pytorchApis } from './pytorch';
import { tensorflowApis } from './tensorflow';

/** Every transposed convolution that is read, each name once. The one list: a new framework is added here. */
export const apis: readonly Api[] = [...pytorchApis, ...kerasApis(), ...tensorflowApis(), ...jaxApis()];

/** The same Keras layers where their path tells the version. They share a canonical name with one of `apis`. */
const variants: readonly Api[] = legacyKerasApis();

const byName = new Map<string, Api>();
for (const api of variants) for (const alias of api.aliases) byName.set(alias, api);
for (const api of apis) for (const name of [api.name, ...api.aliases]) byName.set(name, api);

/** The API with this qualified name, as imports give it: `torch.nn.ConvTranspose2d`, or one of its aliases. */
export function findApi(qualifiedName: string): Api | undefined {
  return byName.get(qualifiedName);
}
