import type { Api } from './api';
import { kerasApis } from './keras';
import { pytorchApis } from './pytorch';
import { tensorflowApis } from './tensorflow';

/** Every transposed convolution that is read. The one list: a new framework is added here. */
export const apis: readonly Api[] = [...pytorchApis, ...kerasApis(), ...tensorflowApis()];

const byName = new Map<string, Api>();
for (const api of apis) for (const name of [api.name, ...api.aliases]) if (!byName.has(name)) byName.set(name, api);

/** The API with this qualified name, as imports give it: `torch.nn.ConvTranspose2d`, or one of its aliases. */
export function findApi(qualifiedName: string): Api | undefined {
  return byName.get(qualifiedName);
}
