import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { check } from '../check';
import { shapesIn, testModels, type ModelCase } from './shapes';

const header = `
import torch
from torch import nn
from torchvision import models
`;

interface Golden {
  readonly [network: string]: readonly (readonly [part: string, shape: readonly number[]])[];
}

const { version, ...networks } = JSON.parse(readFileSync('test/oracle/golden/torchvision-encoders.json', 'utf8')) as Golden & { readonly version: string };

describe(`the parts of torchvision ${version}'s networks give its shapes`, () => {
  for (const [name, parts] of Object.entries(networks)) {
    it(name, () => {
      const all = name.includes('res') ? 'list(net.children())' : 'net.features';
      const applied = parts.map(([, [, channels = 0]], index) => `x = ${all}[${index}](x)\nnn.ConvTranspose2d(${channels}, ${index + 1}, 1)(x)`);
      const source = `${header}\nnet = models.${name}(pretrained=True)\nx = torch.zeros(1, 3, 96, 64)\n${applied.join('\n')}\n`;
      assert.deepEqual(shapesIn(source).map(shape => shape.replace(/ → .*/, '')), parts.map(([, shape]) => `(${shape.join(', ')})`));
    });
  }
});

const decoders: readonly ModelCase[] = [
  {
    name: 'parts by name, one of them replaced',
    source: `
      encoder = getattr(models, 'resnet' + '34')(weights=None)
      encoder.conv1 = nn.Conv2d(1, 64, 7, stride=2, padding=3)
      x = encoder.layer1(encoder.maxpool(encoder.relu(encoder.bn1(encoder.conv1(torch.zeros(2, 1, 64, 64))))))
      nn.ConvTranspose2d(64, 32, 2, 2)(x)
      nn.ConvTranspose2d(128, 16, 2, 2)(encoder._modules['layer2'](x))
      nn.ConvTranspose2d(512, 8, 2, 2)(nn.Sequential(*list(encoder.children())[:-2])(torch.zeros(2, 1, 64, 64)))
      nn.ConvTranspose2d(1000, 8, 2, 2)(encoder(torch.zeros(2, 1, 64, 64))[:, :, None, None])
    `,
    shapes: ['(2, 64, 16, 16) → (2, 32, 32, 32)', '(2, 128, 8, 8) → (2, 16, 16, 16)', '(2, 512, 2, 2) → (2, 8, 4, 4)', '(2, 1000, 1, 1) → (2, 8, 2, 2)'],
  },
  {
    name: 'layers of vgg16().features, by number',
    source: `
      features = models.vgg16().features
      block = nn.Sequential(features[0], nn.ReLU(), features[2], features[4], features[5])
      nn.ConvTranspose2d(128, 32, 2, 2)(block(torch.zeros(1, 3, 64, 64)))
    `,
    shapes: ['(1, 128, 32, 32) → (1, 32, 64, 64)'],
  },
  {
    name: 'strides replaced by dilation',
    source: `
      encoder = models.resnet50(replace_stride_with_dilation=[False, True, True])
      nn.ConvTranspose2d(2048, 8, 2, 2)(encoder.layer4(encoder.layer3(torch.zeros(1, 512, 28, 28))))
    `,
    shapes: ['(1, 2048, 28, 28) → (1, 8, 56, 56)'],
  },
  {
    name: 'children of a module with a list of which it is not known whether it holds layers',
    source: `
      class Encoder(nn.Module):
          def __init__(self):
              super().__init__()
              self.first, self.blocks = nn.Conv2d(3, 8, 1), [nn.Conv2d(8, 8, 2, 2)]
      nn.ConvTranspose2d(8, 8, 2, 2)(nn.Sequential(*Encoder().children())(torch.zeros(1, 3, 8, 8)))
    `,
    shapes: ['? → ?'],
  },
];

describe('decoders on networks of torchvision', () => {
  testModels(decoders, header);

  it('what does not fit into one is told at the call', () => {
    const { findings } = check(`
      import torch, torchvision
      torchvision.models.resnet18()(torch.zeros(1, 4, 64, 64))
      #< error TC207: In torchvision, as it is called here: The input has 4 channels here
    `);
    assert.deepEqual(findings.flatMap(finding => finding.related), []);
  });
});
