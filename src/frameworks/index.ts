import type { Api } from './api';
import { pytorchApis } from './pytorch';

/** Every transposed convolution that is read. The one list: a new framework is added here. */
export const apis: readonly Api[] = [...pytorchApis];

const byName = new Map(apis.flatMap(api => [api.name, ...api.aliases].map(name => [name, api])));

/** The API with this qualified name, as imports give it: `torch.nn.ConvTranspose2d`, or one of its aliases. */
export function findApi(qualifiedName: string): Api | undefined {
  return byName.get(qualifiedName);
}
