import assert from 'node:assert/strict';
import { analyzeFile } from '../../../src/analyze';

const header = 'import torch\nimport torch.nn as nn\n';

/** Findings of a rule: the marked text, what is said up to the framework's words, and what is related. */
function found(rule: string, text: string): readonly { readonly at: string; readonly message: string; readonly related: readonly string[] }[] {
  const source = header + text;
  const slice = ({ from, to }: { readonly from: number; readonly to: number }): string => source.slice(from, to);
  return analyzeFile(source).findings.filter(finding => finding.rule === rule).map(({ range, message, related }) => ({
    at: slice(range), message: message.replace(/ (?:(?:Else t|T)he framework|PyTorch) says.*$/s, ''),
    related: related.map(each => `${slice(each.range)}: ${each.message}`),
  }));
}

const unet = (use: string): string => `
class UNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1 = nn.Conv2d(3, 8, 2, 2)
        self.down2 = nn.Conv2d(8, 16, 2, 2)
        self.down3 = nn.Conv2d(16, 32, 2, 2)
        self.up3 = nn.ConvTranspose2d(32, 16, 2, 2)
        self.up2 = nn.ConvTranspose2d(32, 8, 2, 2)
        self.up1 = nn.ConvTranspose2d(16, 3, 2, 2)
    def forward(self, x):
        a = self.down1(x)
        b = self.down2(a)
        y = torch.cat([b, torch.relu(self.up3(self.down3(b)))], 1)
        y = torch.cat([a, self.up2(y)], 1)
        return torch.cat([x, self.up1(y)], 1)
${use}
`;

describe('a U-Net whose skip connections disagree for some sizes', () => {
  it('is told of once, with what all joins amount to', () => {
    const [only, ...others] = found('TC208', unet(''));
    assert.deepEqual(others, []);
    assert.equal(only?.message, 'The tensors joined here and at 2 other places fit only if H is a multiple of 8 and W is a multiple of 8: here their sizes are H//4 and 2·(H//8); W//4 and 2·(W//8).');
    assert.deepEqual(only.related, [
      'nn.Conv2d(8, 16, 2, 2): size H//4 comes from this layer',
      'nn.ConvTranspose2d(32, 16, 2, 2): size 2·(H//8) comes from this layer',
      'torch.cat([a, self.up2(y)], 1): here the sizes are H//2 and 2·(H//4); W//2 and 2·(W//4)',
      'torch.cat([x, self.up1(y)], 1): here the sizes are H and 2·(H//2); W and 2·(W//2)',
    ]);
  });

  it('with an input that does not fit names the layers that gave the sizes', () => {
    assert.deepEqual(found('TC208', unet('UNet()(torch.zeros(1, 3, 100, 96))')), [{
      at: 'torch.cat([b, torch.relu(self.up3(self.down3(b)))], 1)', message: 'The tensors joined here differ in size 2: 25 and 24.',
      related: ['nn.Conv2d(8, 16, 2, 2): size 25 comes from this layer', 'nn.ConvTranspose2d(32, 16, 2, 2): size 24 comes from this layer'],
    }]);
  });

  it('with an input that fits is silent', () => {
    assert.deepEqual(found('TC208', unet('UNet()(torch.zeros(1, 3, 96, 64))')), []);
  });

  it('is told apart from another model', () => {
    const other = unet('').replaceAll('UNet', 'Other');
    assert.equal(found('TC208', unet('') + other).length, 2);
  });
});

describe('what is rejected where it is applied', () => {
  it('names the layer that gave other channels: TC207', () => {
    const text = 'a = nn.Conv2d(3, 8, 3)\nup = nn.ConvTranspose2d(16, 4, 2, 2)\nup(torch.relu(a(torch.zeros(1, 3, 9, 9))))\n';
    const [only] = found('TC207', text);
    assert.deepEqual(only?.related, ['nn.Conv2d(3, 8, 3): the input (1, 8, 7, 7) comes from this layer']);
    const [between] = found('TC207', 'a = nn.ConvTranspose2d(3, 8, 2, 2)\nb = nn.Conv2d(16, 4, 3)\nb(a(torch.zeros(1, 3, 9, 9)))\n');
    assert.deepEqual(between?.related, ['nn.ConvTranspose2d(3, 8, 2, 2): the 8 channels come from this layer']);
  });

  it('names the layer whose output is too small: TC203', () => {
    const [only] = found('TC203', 'a = nn.MaxPool2d(4)\nup = nn.ConvTranspose2d(3, 4, 3, 2, padding=2)\nup(a(torch.zeros(1, 3, 4, 4)))\n');
    assert.deepEqual(only?.related.slice(0, 1), ['nn.MaxPool2d(4): the input (1, 3, 1, 1) comes from this layer']);
  });

  it('says in numbers what a size that is off comes to: TC301', () => {
    const [only] = found('TC301', 'a = nn.MaxPool2d(2)\nup = nn.ConvTranspose2d(3, 4, 3, 2, padding=1)\nfor n in (8, 16):\n    up(a(torch.zeros(1, 3, n, 8)))\n');
    assert.deepEqual(only?.related, ['nn.MaxPool2d(2): an input of 4 × 4 from here gives 7 × 7, not 8 × 8', 'nn.MaxPool2d(2): an input of 8 × 4 from here gives 15 × 7, not 16 × 8']);
  });

  it('names the layer that gave the size which output_size cannot follow: TC209', () => {
    const [only] = found('TC209', 'a = nn.MaxPool2d(2)\nup = nn.ConvTranspose2d(3, 4, 2, 2)\nup(a(torch.zeros(1, 3, 8, 8)), output_size=(20, 20))\n');
    assert.deepEqual(only?.related.slice(0, 1), ['nn.MaxPool2d(2): the input (1, 3, 4, 4) comes from this layer']);
  });
});

describe('calls that lead to a warning in a wrapper', () => {
  it('are related', () => {
    const [only] = found('TC101', 'def up(k):\n    return nn.ConvTranspose2d(8, 8, k, 2)\nup(4)\nup(3)\n');
    assert.deepEqual(only?.related, ['up(3): nn.ConvTranspose2d is reached from this call']);
  });
});

describe('uneven layers in a row', () => {
  it('are named, and so is the layer itself where a loop makes several of it', () => {
    const [only, ...others] = found('TC103', `
class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.ConvTranspose1d(64, 32, 5, 2)
        self.ups = nn.ModuleList([nn.ConvTranspose1d(32 // 2**i, 16 // 2**i, 5, 3) for i in range(2)])
    def forward(self, x):
        x = self.first(x)
        for up in self.ups:
            x = up(x)
        return x
`);
    assert.deepEqual(others, []);
    assert.equal(only?.at, 'nn.ConvTranspose1d');
    assert.deepEqual(only.related, [
      'nn.ConvTranspose1d(64, 32, 5, 2): uneven layer before it',
      'nn.ConvTranspose1d(32 // 2**i, 16 // 2**i, 5, 3): this layer itself, in an earlier turn',
    ]);
  });
});
