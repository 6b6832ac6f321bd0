import type { Api, Signature } from './api';
import { readTorch } from './pytorchReading';
import type { TorchTraits } from './pytorchArguments';
import { functionSignature, lazySignature, moduleSignature } from './pytorchSignatures';

const documentation = 'https://docs.pytorch.org/docs/stable/generated';

/** Transposed convolutions of PyTorch. Source of names and signatures: semantics.md 2.1 and 2.2. */
export const pytorchApis: readonly Api[] = ([1, 2, 3] as const).flatMap(rank => [
  moduleApi(rank), lazyApi(rank), functionApi(rank), ...quantizedApis(rank),
]);

type Rank = 1 | 2 | 3;

function moduleApi(rank: Rank): Api {
  const name = `ConvTranspose${rank}d`;
  return torchApi({
    traits: { rank, form: 'layer', name, label: `nn.${name}`, lazy: false, quantized: false },
    qualified: `torch.nn.${name}`, signature: moduleSignature,
    aliases: [`torch.nn.modules.conv.${name}`, `torch.nn.modules.${name}`],
    documentation: `${documentation}/torch.nn.${name}.html`,
  });
}

function lazyApi(rank: Rank): Api {
  const name = `LazyConvTranspose${rank}d`;
  return torchApi({
    traits: { rank, form: 'layer', name, label: `nn.${name}`, lazy: true, quantized: false },
    qualified: `torch.nn.${name}`, signature: lazySignature,
    aliases: [`torch.nn.modules.conv.${name}`, `torch.nn.modules.${name}`],
    documentation: `${documentation}/torch.nn.${name}.html`,
  });
}

function functionApi(rank: Rank): Api {
  const name = `conv_transpose${rank}d`;
  return torchApi({
    traits: { rank, form: 'function', name, label: `F.${name}`, lazy: false, quantized: false },
    qualified: `torch.nn.functional.${name}`, signature: functionSignature,
    aliases: [`torch.${name}`],
    documentation: `${documentation}/torch.nn.functional.${name}.html`,
  });
}

function quantizedApis(rank: Rank): readonly Api[] {
  const name = `ConvTranspose${rank}d`;
  const traits: TorchTraits = { rank, form: 'layer', name, label: `nn.quantized.${name}`, lazy: false, quantized: true };
  const page = (module: string): string => `${documentation}/torch.ao.nn.${module}.${name}.html`;
  return [
    torchApi({
      traits, qualified: `torch.ao.nn.quantized.${name}`, signature: moduleSignature, documentation: page('quantized'),
      aliases: [`torch.ao.nn.quantized.modules.conv.${name}`, `torch.ao.nn.quantized.modules.${name}`, `torch.nn.quantized.${name}`, `torch.nn.quantized.modules.conv.${name}`, `torch.nn.quantized.modules.${name}`],
    }),
    torchApi({
      traits: { ...traits, label: `nn.quantized.dynamic.${name}` },
      qualified: `torch.ao.nn.quantized.dynamic.${name}`, signature: moduleSignature, documentation: page('quantized.dynamic'),
      aliases: [`torch.ao.nn.quantized.dynamic.modules.conv.${name}`, `torch.ao.nn.quantized.dynamic.modules.${name}`, `torch.nn.quantized.dynamic.${name}`, `torch.nn.quantized.dynamic.modules.conv.${name}`, `torch.nn.quantized.dynamic.modules.${name}`],
    }),
  ];
}

interface TorchDescription {
  readonly traits: TorchTraits;
  readonly qualified: string;
  readonly aliases: readonly string[];
  readonly signature: Signature;
  readonly documentation: string;
}

function torchApi({ traits, qualified, aliases, signature, documentation }: TorchDescription): Api {
  const api: Api = {
    name: qualified, aliases, label: traits.label, framework: 'pytorch', form: traits.form, rank: traits.rank, documentation,
    signature: () => signature,
    read: call => readTorch(api, traits, signature, call),
  };
  return api;
}
