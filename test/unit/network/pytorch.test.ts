import { testModels, type ModelCase } from './shapes';

const header = `
import torch, torch.nn as nn, torch.nn.functional as F
from collections import OrderedDict
from functools import partial
`;

const doubled = '(N, 8, H, W) → (N, 4, 2*H, 2*W)';

const containers: readonly ModelCase[] = [
  {
    name: 'a layer whose stride is changed after it was made has no known output from there on',
    source: `
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.body = nn.Sequential(nn.Conv2d(3, 8, 3, 2, 1), nn.ReLU())
              self.body[0].stride = (1, 1)
              self.body[0].weight.requires_grad = False
              self.up = nn.ConvTranspose2d(8, 4, 2, 2)
          def forward(self, x):
              return self.up(self.body(x))
      def f(x):
          plain, changed = nn.Conv2d(3, 8, 3, 2, 1), nn.ConvTranspose2d(8, 4, 2, 2)
          y = changed(plain(x))
          changed.stride = 1
          nn.ConvTranspose2d(4, 2, 2, 2)(y)
          return nn.ConvTranspose2d(4, 1, 2, 2)(changed(plain(x)))
    `,
    shapes: [
      '? → ?', '(N, 8, (H + 1)//2, (W + 1)//2) → (N, 4, 2*((H + 1)//2), 2*((W + 1)//2))',
      '(N, 4, 2*((H + 1)//2), 2*((W + 1)//2)) → (N, 2, 4*((H + 1)//2), 4*((W + 1)//2))', '? → ?',
    ],
  },
  {
    name: 'what has the shape of something unknown has the shape that a layer implies of that',
    source: `
      net = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ConvTranspose2d(8, 3, 3))
      for batch in loader:
          image = torch.autograd.Variable(batch['image']).cuda()
          net(image)
      def f(x):
          y = torch.tanh(x).float() * 2
          return nn.ConvTranspose2d(16, 3, 3)(torch.cat([y, nn.Conv2d(8, 8, 1)(x)], 1))
    `,
    shapes: ['(N, 8, H - 2, W - 2) → (N, 3, H, W)', '(N, 16, H, W) → (N, 3, H + 2, W + 2)'],
  },
  {
    name: 'one of two tensors of which nothing is known has the shape of neither',
    source: `
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.convolution, self.up = nn.Conv2d(3, 8, 3), nn.ConvTranspose2d(3, 3, 3)
          def forward(self, x, y):
              z = torch.tanh(x) if self.flag else torch.tanh(y)
              self.convolution(x)
              return torch.cat([self.up(z), x])
    `,
    shapes: ['? → ?'],
  },
  {
    name: 'a function that is given a tensor of which nothing is known has its own input',
    source: `
      class Up(nn.Module):
          def __init__(self):
              super().__init__()
              self.first, self.up = nn.Conv2d(8, 8, 3, 2, 1), nn.ConvTranspose2d(8, 4, 2, 2)
          def forward(self, x):
              return self.up(self.first(x))
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.block, self.last = Up(), nn.ConvTranspose2d(4, 4, 2, 2)
          def forward(self, x):
              y = self.block(torch.stack(x))
              return self.last(y + self.block(torch.stack(x)))
    `,
    shapes: ['(N, 8, (H + 1)//2, (W + 1)//2) → (N, 4, 2*((H + 1)//2), 2*((W + 1)//2))', '(?, 4, ?, ?) → (?, 4, ?, ?)'],
  },
  {
    name: 'a number from a tensor beside something unknown, which may be a tensor',
    source: `
      def quantized(x, weight):
          scale = torch.max(torch.abs(x))
          return F.conv_transpose2d((x * 128) / (scale + 1e-5), weight)
    `,
    shapes: ['? → ?'],
  },
  {
    name: 'Sequential, called with a tensor',
    source: `
      net = nn.Sequential(nn.ConvTranspose2d(100, 64, 4, 1, 0), nn.ReLU(True), nn.ConvTranspose2d(64, 3, 4, 2, 1))
      net(torch.randn(16, 100, 1, 1))
    `,
    shapes: ['(16, 100, 1, 1) → (16, 64, 4, 4)', '(16, 64, 4, 4) → (16, 3, 8, 8)'],
  },
  {
    name: 'Sequential of an OrderedDict',
    source: `
      net = nn.Sequential(OrderedDict([('a', nn.Conv2d(3, 8, 3, 2, 1)), ('b', nn.ConvTranspose2d(8, 4, 2, 2))]))
      net(torch.zeros(1, 3, 32, 32))
    `,
    shapes: ['(1, 8, 16, 16) → (1, 4, 32, 32)'],
  },
  {
    name: 'Sequential of a starred list made in a loop',
    source: `
      layers = []
      width = 64
      for _ in range(2):
          layers += [nn.ConvTranspose2d(width, width // 2, 4, 2, 1), nn.BatchNorm2d(width // 2), nn.ReLU()]
          width //= 2
      nn.Sequential(*layers)(torch.rand(2, 64, 4, 4))
    `,
    shapes: ['(2, 64, 4, 4) → (2, 32, 8, 8)', '(2, 32, 8, 8) → (2, 16, 16, 16)'],
  },
  {
    name: 'nested Sequential, indexed and sliced',
    source: `
      net = nn.Sequential(nn.Sequential(nn.Conv2d(3, 8, 1), nn.MaxPool2d(2)), nn.ConvTranspose2d(8, 4, 2, 2), nn.Sigmoid())
      x = net[0](torch.empty(1, 3, 10, 10))
      net[1:](x)
    `,
    shapes: ['(1, 8, 5, 5) → (1, 4, 10, 10)'],
  },
  {
    name: 'add_module with computed names',
    source: `
      net = nn.Sequential()
      for i in range(2):
          net.add_module(f'up{i}', nn.ConvTranspose1d(8, 8, 4, 2, 1))
      net(torch.ones(1, 8, 10))
    `,
    shapes: ['(1, 8, 10) → (1, 8, 20)', '(1, 8, 20) → (1, 8, 40)'],
  },
  {
    name: 'append and extend of Sequential',
    source: `
      net = nn.Sequential(nn.ConvTranspose2d(8, 4, 2, 2))
      net.append(nn.ReLU())
      net.extend([nn.ConvTranspose2d(4, 2, 3, 3)])
      net(torch.ones(1, 8, 5, 5))
    `,
    shapes: ['(1, 8, 5, 5) → (1, 4, 10, 10)', '(1, 4, 10, 10) → (1, 2, 30, 30)'],
  },
  {
    name: 'ModuleList, in a loop and by index',
    source: `
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.ups = nn.ModuleList([nn.ConvTranspose2d(8 // 2 ** i, 4 // 2 ** i, 2, 2) for i in range(2)])
              self.last = nn.ModuleList()
              self.last.append(nn.ConvTranspose2d(2, 1, 2, 2))
          def forward(self, x):
              for i, up in enumerate(self.ups):
                  x = up(x)
              return self.last[0](x)
    `,
    shapes: [doubled, '(N, 4, 2*H, 2*W) → (N, 2, 4*H, 4*W)', '(N, 2, 4*H, 4*W) → (N, 1, 8*H, 8*W)'],
  },
  {
    name: 'ModuleDict by key, and by a key in a list',
    source: `
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.layers = nn.ModuleDict({'down': nn.Conv2d(3, 8, 3, 2, 1), 'up': nn.ConvTranspose2d(8, 4, 4, 2, 1)})
              self.order = ['down', 'up']
          def forward(self, x):
              for name in self.order:
                  x = self.layers[name](x)
              return x
      Net()(torch.randn(4, 3, 64, 48))
    `,
    shapes: ['(4, 8, 32, 24) → (4, 4, 64, 48)'],
  },
  {
    name: 'ModuleDict.items and values',
    source: `
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.layers = nn.ModuleDict()
              for i in range(2):
                  self.layers['up%d' % i] = nn.ConvTranspose2d(8, 8, 2, 2)
          def forward(self, x):
              for name, layer in self.layers.items():
                  x = layer(x)
              return x
      Net()(torch.randn(1, 8, 3, 3))
    `,
    shapes: ['(1, 8, 3, 3) → (1, 8, 6, 6)', '(1, 8, 6, 6) → (1, 8, 12, 12)'],
  },
  {
    name: 'setattr and getattr with computed names',
    source: `
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              for i in range(2):
                  setattr(self, f'up_{i}', nn.ConvTranspose2d(8, 8, 2, 2))
          def forward(self, x):
              for i in range(2):
                  x = getattr(self, 'up_' + str(i))(x)
              return x
      Net()(torch.randn(1, 8, 3, 3))
    `,
    shapes: ['(1, 8, 3, 3) → (1, 8, 6, 6)', '(1, 8, 6, 6) → (1, 8, 12, 12)'],
  },
  {
    name: 'a class that extends Sequential',
    source: `
      class Up(nn.Sequential):
          def __init__(self, i, o):
              super().__init__(nn.ConvTranspose2d(i, o, 4, 2, 1), nn.BatchNorm2d(o))
      nn.Sequential(Up(8, 4), Up(4, 2))(torch.zeros(1, 8, 1, 1))
    `,
    shapes: ['(1, 8, 1, 1) → (1, 4, 2, 2)', '(1, 4, 2, 2) → (1, 2, 4, 4)'],
  },
  {
    name: 'a while loop whose condition is known',
    source: `
      def generator(size, width):
          net = nn.Sequential()
          at = 4
          while at < size:
              net.add_module('up{0}'.format(at), nn.ConvTranspose2d(width, width // 2, 4, 2, 1))
              width, at = width // 2, at * 2
          return net
      generator(16, 8)(torch.zeros(1, 8, 4, 4))
    `,
    shapes: ['(1, 8, 4, 4) → (1, 4, 8, 8)', '(1, 4, 8, 8) → (1, 2, 16, 16)'],
  },
  {
    name: 'a class that extends Sequential and goes over itself',
    source: `
      class Row(nn.Sequential):
          def __init__(self, n):
              super().__init__()
              for i in range(n):
                  self.add_module(f'up{i}', nn.ConvTranspose1d(4, 4, 2, 2))
          def forward(self, x):
              for layer in self:
                  x = layer(x)
              return x
      Row(2)(torch.zeros(1, 4, 3))
    `,
    shapes: ['(1, 4, 3) → (1, 4, 6)', '(1, 4, 6) → (1, 4, 12)'],
  },
  {
    name: 'reversed list and zip',
    source: `
      class Vocoder(nn.Module):
          def __init__(self, rates=(8, 2), kernels=(16, 4)):
              super().__init__()
              self.ups = nn.ModuleList()
              for i, (u, k) in enumerate(zip(rates, kernels)):
                  self.ups.append(nn.ConvTranspose1d(512 // (2 ** i), 512 // (2 ** (i + 1)), k, u, padding=(k - u) // 2))
          def forward(self, x):
              for up in self.ups:
                  x = F.leaky_relu(x, 0.1)
                  x = up(x)
              return x
      Vocoder()(torch.randn(1, 512, 50))
    `,
    shapes: ['(1, 512, 50) → (1, 256, 400)', '(1, 256, 400) → (1, 128, 800)'],
  },
];

const wrappers: readonly ModelCase[] = [
  {
    name: 'a function that returns a list',
    source: `
      def block(i, o, normalize=True):
          layers = [nn.ConvTranspose2d(i, o, 4, 2, 1)]
          if normalize:
              layers.append(nn.BatchNorm2d(o, 0.8))
          return layers
      net = nn.Sequential(*block(8, 4, normalize=False), *block(4, 2))
      net(torch.zeros(1, 8, 4, 4))
    `,
    shapes: ['(1, 8, 4, 4) → (1, 4, 8, 8)', '(1, 4, 8, 8) → (1, 2, 16, 16)'],
  },
  {
    name: 'a module around a layer, inherited',
    source: `
      class Base(nn.Module):
          def __init__(self, i, o, s):
              super(Base, self).__init__()
              self.up = nn.ConvTranspose2d(i, o, kernel_size=2 * s, stride=s, padding=s // 2)
          def forward(self, x):
              return self.up(x)
      class Twice(Base):
          def __init__(self, i, o):
              super(Twice, self).__init__(i, o, 2)
      Twice(8, 4)(torch.zeros(1, 8, 7, 7))
    `,
    shapes: ['(1, 8, 7, 7) → (1, 4, 14, 14)'],
  },
  {
    name: 'weight_norm and spectral_norm',
    source: `
      from torch.nn.utils import weight_norm, spectral_norm
      from torch.nn.utils.parametrizations import weight_norm as wn
      net = nn.Sequential(
          weight_norm(nn.ConvTranspose1d(8, 4, 4, 2, 1)),
          wn(nn.ConvTranspose1d(4, 2, 4, 2, 1)),
          spectral_norm(nn.ConvTranspose1d(2, 1, 4, 2, 1)))
      net(torch.zeros(1, 8, 5))
    `,
    shapes: ['(1, 8, 5) → (1, 4, 10)', '(1, 4, 10) → (1, 2, 20)', '(1, 2, 20) → (1, 1, 40)'],
  },
  {
    name: 'functools.partial',
    source: `
      up = partial(nn.ConvTranspose2d, kernel_size=4, stride=2, padding=1)
      nn.Sequential(up(8, 4), up(4, 2, bias=False))(torch.zeros(1, 8, 3, 3))
    `,
    shapes: ['(1, 8, 3, 3) → (1, 4, 6, 6)', '(1, 4, 6, 6) → (1, 2, 12, 12)'],
  },
  {
    name: 'layer classes in a variable, a dictionary, a conditional, a parameter',
    source: `
      Up = nn.ConvTranspose2d
      kinds = {1: nn.ConvTranspose1d, 2: nn.ConvTranspose2d}
      dim = 2
      def make(layer, i, o):
          return layer(i, o, 2, 2)
      nn.Sequential(Up(8, 8, 2, 2), kinds[dim](8, 8, 2, 2), (nn.ConvTranspose3d if dim == 3 else nn.ConvTranspose2d)(8, 8, 2, 2), make(nn.ConvTranspose2d, 8, 4))(torch.zeros(1, 8, 1, 1))
    `,
    shapes: [
      '(1, 8, 8, 8) → (1, 4, 16, 16)', '(1, 8, 1, 1) → (1, 8, 2, 2)', '(1, 8, 2, 2) → (1, 8, 4, 4)', '(1, 8, 4, 4) → (1, 8, 8, 8)',
    ],
  },
  {
    name: 'arguments in dictionaries',
    source: `
      options = dict(kernel_size=4, stride=2, padding=1)
      config = {'widths': [8, 4], **{'bias': False}}
      nn.ConvTranspose2d(*config['widths'], bias=config['bias'], **options)(torch.zeros(1, 8, 3, 3))
    `,
    shapes: ['(1, 8, 3, 3) → (1, 4, 6, 6)'],
  },
  {
    name: 'lazy layers',
    source: `
      net = nn.Sequential(nn.LazyConv2d(8, 3, padding=1), nn.LazyBatchNorm2d(), nn.LazyConvTranspose2d(4, 2, 2))
      net(torch.zeros(1, 3, 9, 9))
    `,
    shapes: ['(1, 8, 9, 9) → (1, 4, 18, 18)'],
  },
  {
    name: 'methods that make and methods that apply layers',
    source: `
      class Net(nn.Module):
          def __init__(self, nc=3, width=8):
              super().__init__()
              self.encoder = self.conv(nc, width)
              self.decoder = self._up(width, nc)
          @staticmethod
          def conv(i, o):
              return nn.Sequential(nn.Conv2d(i, o, 4, 2, 1), nn.LeakyReLU(0.2))
          def _up(self, i, o):
              return nn.ConvTranspose2d(i, o, 4, 2, 1)
          def encode(self, x):
              return self.encoder(x)
          def decode(self, z):
              return torch.sigmoid(self.decoder(z))
          def forward(self, x):
              return self.decode(self.encode(x))
      Net()(torch.zeros(1, 3, 16, 16))
    `,
    shapes: ['(1, 8, 8, 8) → (1, 3, 16, 16)'],
  },
  {
    name: 'a wrapper class used from another, with defaults',
    source: `
      class Up(nn.Module):
          def __init__(self, i, o, kernel=4, stride=2, pad=1):
              super().__init__()
              self.conv = nn.ConvTranspose2d(i, o, kernel, stride, pad)
              self.norm = nn.InstanceNorm2d(o)
              self.act = nn.ReLU(inplace=True)
          def forward(self, x):
              return self.act(self.norm(self.conv(x)))
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.up1 = Up(8, 4)
              self.up2 = Up(4, 2, kernel=2, pad=0)
          def forward(self, x):
              return self.up2(self.up1(x))
    `,
    shapes: [doubled, '(N, 4, 2*H, 2*W) → (N, 2, 4*H, 4*W)'],
  },
];

const decorated: readonly ModelCase[] = [
  {
    name: 'a decorator that is not known may change defaults: they are not taken, given arguments are',
    source: `
      from elsewhere import configured
      class Up(nn.Module):
          @configured
          def __init__(self, width, stride=2):
              super().__init__()
              self.up = nn.ConvTranspose1d(width, 4, 4, stride)
          def forward(self, x):
              return self.up(x)
      Up(8, 3)(torch.zeros(1, 8, 5))
      Up(6)(torch.zeros(1, 6, 5))
    `,
    shapes: ['(1, 8, 5) → (1, 4, 16)', '(1, 6, 5) → (1, 4, 4*stride + 4)'],
  },
  {
    name: 'nor is what it gives back',
    source: `
      from elsewhere import wrapped
      @wrapped
      def up(x):
          return nn.ConvTranspose1d(8, 8, 2, 2)(x)
      up(up(torch.zeros(1, 8, 5)))
    `,
    shapes: ['(1, 8, 5) → (1, 8, 10)', '? → ?'],
  },
];

const tensors: readonly ModelCase[] = [
  {
    name: 'a linear layer, then view with the batch',
    source: `
      class G(nn.Module):
          def __init__(self):
              super().__init__()
              self.fc = nn.Linear(100, 8 * 4 * 4)
              self.up = nn.ConvTranspose2d(8, 4, 4, 2, 1)
          def forward(self, z):
              x = self.fc(z)
              x = x.view(x.size(0), 8, 4, 4)
              return self.up(x)
      G()(torch.randn(32, 100))
    `,
    shapes: ['(32, 8, 4, 4) → (32, 4, 8, 8)'],
  },
  {
    name: 'view with -1, without an input',
    source: `
      class G(nn.Module):
          def __init__(self):
              super().__init__()
              self.fc = nn.Linear(100, 128)
              self.up = nn.ConvTranspose2d(8, 4, 4, 2, 1)
          def forward(self, z):
              return self.up(F.relu(self.fc(z)).view(-1, 8, 4, 4))
    `,
    shapes: ['(N, 8, 4, 4) → (N, 4, 8, 8)'],
  },
  {
    name: 'skip connections of a U-Net, concatenated',
    source: `
      class UNet(nn.Module):
          def __init__(self):
              super().__init__()
              self.d1 = nn.Conv2d(3, 8, 3, padding=1)
              self.d2 = nn.Conv2d(8, 16, 3, padding=1)
              self.pool = nn.MaxPool2d(2)
              self.up = nn.ConvTranspose2d(16, 8, 2, 2)
              self.c = nn.Conv2d(16, 8, 3, padding=1)
              self.out = nn.ConvTranspose2d(8, 1, 2, 2)
          def forward(self, x):
              a = self.d1(x)
              b = self.d2(self.pool(a))
              y = torch.cat([self.up(b), a], dim=1)
              return self.out(self.c(y))
      UNet()(torch.zeros(1, 3, 64, 32))
    `,
    shapes: ['(1, 16, 32, 16) → (1, 8, 64, 32)', '(1, 8, 64, 32) → (1, 1, 128, 64)'],
  },
  {
    name: 'cropping to the skip by padding and slicing',
    source: `
      class Up(nn.Module):
          def __init__(self):
              super().__init__()
              self.up = nn.ConvTranspose2d(8, 8, 3, 2)
              self.up2 = nn.ConvTranspose2d(16, 8, 2, 2)
          def forward(self, x1, x2):
              x1 = self.up(x1)
              diff = x2.size()[2] - x1.size()[2]
              x1 = F.pad(x1, (diff // 2, diff - diff // 2, diff // 2, diff - diff // 2))
              x = torch.cat((x2, x1), 1)
              return self.up2(x)[:, :, :20, 1:-1]
      Up()(torch.zeros(1, 8, 8, 8), torch.zeros(1, 8, 19, 19))
    `,
    shapes: ['(1, 8, 8, 8) → (1, 8, 17, 17)', '(1, 16, 19, 19) → (1, 8, 38, 38)'],
  },
  {
    name: 'interpolate by factor, by size, to another tensor',
    source: `
      up = nn.ConvTranspose2d(8, 8, 2, 2)
      x = torch.zeros(1, 8, 5, 6)
      a = up(F.interpolate(x, scale_factor=2, mode='nearest'))
      b = up(F.interpolate(x, size=(7, 9)))
      c = up(F.interpolate(x, a.shape[2:], mode='bilinear'))
      d = up(nn.Upsample(scale_factor=3)(x))
    `,
    shapes: [
      '(1, 8, 10, 12) → (1, 8, 20, 24)', '(1, 8, 7, 9) → (1, 8, 14, 18)', '(1, 8, 20, 24) → (1, 8, 40, 48)', '(1, 8, 15, 18) → (1, 8, 30, 36)',
    ],
  },
  {
    name: 'permute, transpose, flatten, unflatten, squeeze and unsqueeze',
    source: `
      up = nn.ConvTranspose2d(8, 8, 2, 2)
      x = torch.zeros(2, 5, 6, 8)
      up(x.permute(0, 3, 1, 2))
      up(x.transpose(1, 3))
      up(torch.zeros(2, 8 * 3 * 3).unflatten(1, (8, 3, 3)))
      up(torch.zeros(2, 72).reshape(2, 8, 3, -1).flatten(2).view(2, 8, 9, 1))
      up(torch.zeros(2, 8)[:, :, None, None])
      up(torch.zeros(2, 8, 4).unsqueeze(-1).squeeze(0))
    `,
    shapes: [
      '(2, 8, 5, 6) → (2, 8, 10, 12)', '(2, 8, 6, 5) → (2, 8, 12, 10)', '(2, 8, 3, 3) → (2, 8, 6, 6)',
      '(2, 8, 9, 1) → (2, 8, 18, 2)', '(2, 8, 1, 1) → (2, 8, 2, 2)', '(2, 8, 4, 1) → (2, 8, 8, 2)',
    ],
  },
  {
    name: 'expand, repeat, chunk, split, stack',
    source: `
      up = nn.ConvTranspose2d(8, 8, 2, 2)
      x = torch.zeros(2, 8, 1, 1)
      up(x.expand(-1, -1, 4, 5))
      up(x.repeat(1, 1, 3, 2))
      a, b = torch.zeros(2, 16, 7, 7).chunk(2, dim=1)
      up(a)
      c, d = torch.split(torch.zeros(2, 12, 3, 3), [4, 8], dim=1)
      up(d)
      up(torch.stack([torch.zeros(2, 6, 6)] * 8, dim=1))
    `,
    shapes: [
      '(2, 8, 4, 5) → (2, 8, 8, 10)', '(2, 8, 3, 2) → (2, 8, 6, 4)', '(2, 8, 7, 7) → (2, 8, 14, 14)',
      '(2, 8, 3, 3) → (2, 8, 6, 6)', '(2, 8, 6, 6) → (2, 8, 12, 12)',
    ],
  },
  {
    name: 'arithmetic with broadcasting and activations',
    source: `
      up = nn.ConvTranspose2d(8, 8, 2, 2)
      x = torch.zeros(2, 8, 1, 1)
      y = torch.ones(8, 3, 4)
      up(torch.tanh(F.relu(x * y) + 1.0) / 2)
    `,
    shapes: ['(2, 8, 3, 4) → (2, 8, 6, 8)'],
  },
  {
    name: 'output_size from another tensor',
    source: `
      up = nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1)
      x = torch.zeros(1, 8, 9, 9)
      up(x, output_size=torch.zeros(1, 3, 18, 18).size())
      up(x, output_size=[17, 18])
    `,
    shapes: ['(1, 8, 9, 9) → (1, 4, 18, 18)', '(1, 8, 9, 9) → (1, 4, 17, 18)'],
  },
  {
    name: 'an unknown condition keeps what agrees',
    source: `
      import sys
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.a = nn.Conv2d(3, 8, 3, 1, 1)
              self.b = nn.Conv2d(3, 8, 3, 2, 1)
              self.up = nn.ConvTranspose2d(8, 4, 2, 2)
          def forward(self, x):
              if len(sys.argv) > 1:
                  x = self.a(x)
              else:
                  x = self.b(x)
              return self.up(x)
      Net()(torch.zeros(1, 3, 16, 16))
    `,
    shapes: ['(1, 8, ?, ?) → (1, 4, ?, ?)'],
  },
];

const decisions: readonly ModelCase[] = [
  {
    name: 'a tensor or a size to cut to',
    source: `
      def cut(x, reference):
          if hasattr(reference, 'size'):
              size = reference.size(-1)
          else:
              size = reference
          delta = x.size(-1) - size
          if delta < 0:
              raise ValueError(delta)
          if delta:
              x = x[..., delta // 2 : -(delta - delta // 2)]
          return x
      x = nn.ConvTranspose1d(4, 2, 8, 4)(torch.zeros(1, 4, 10))
      y = nn.ConvTranspose1d(2, 2, 4, 2)(cut(x, torch.zeros(1, 2, 40)))
      nn.ConvTranspose1d(2, 1, 1)(cut(y, 79))
    `,
    shapes: ['(1, 4, 10) → (1, 2, 44)', '(1, 2, 40) → (1, 2, 82)', '(1, 2, 79) → (1, 1, 79)'],
  },
  {
    name: 'norms and blocks looked up by name, in registries and among the names of the module',
    source: `
      import functools, sys
      from torch.nn.modules.batchnorm import _BatchNorm
      blocks = {}
      def register(cls):
          blocks[cls.__name__.lower()] = cls
          return cls
      class Norm(_BatchNorm):
          def _check_input_dim(self, x): pass
      bN = Norm
      def get(identifier):
          if identifier is None:
              return None
          elif callable(identifier):
              return identifier
          elif isinstance(identifier, str):
              cls = globals().get(identifier)
              if cls is None:
                  raise ValueError(identifier)
              return cls
          raise ValueError(identifier)
      def get_pair(identifier):
          return functools.partial(Pair, get(identifier))
      class Pair(nn.Module):
          def __init__(self, cls, *args):
              super().__init__()
              self.a, self.b = cls(*args), cls(*args)
          def forward(self, x):
              return self.a(x) + self.b(x)
      @register
      class Up(nn.Module):
          def __init__(self, a, b, norm='bN'):
              super().__init__()
              self.up = nn.ConvTranspose2d(a, b, 4, 2, 1)
              self.norm = get_pair(norm)(b)
          def forward(self, x):
              return self.norm(self.up(x))
      model = nn.Sequential(blocks['up'](8, 4), getattr(sys.modules[__name__], 'Up')(4, 2))
      model(torch.zeros(1, 8, 4, 4))
    `,
    shapes: ['(1, 8, 4, 4) → (1, 4, 8, 8)', '(1, 4, 8, 8) → (1, 2, 16, 16)'],
  },
  {
    name: 'what a layer was made with, and what an object is not',
    source: `
      class Cut(nn.Module):
          def __init__(self, a, b, kernel, stride):
              super().__init__()
              self.up = nn.ConvTranspose1d(a, b, kernel, stride=stride)
          def forward(self, x):
              x = self.up(x)
              return x[..., : x.shape[-1] - self.up.kernel_size[0] + self.up.stride[0]]
      def sequential(*parts):
          modules = []
          for part in parts:
              if isinstance(part, nn.Sequential):
                  modules.extend(part.children())
              elif isinstance(part, nn.Module):
                  modules.append(part)
          return nn.Sequential(*modules)
      first = nn.Conv1d(3, 6, (3,), padding=1)
      model = sequential(sequential(first, nn.ReLU()), Cut(first.out_channels, first.in_channels, 6, 2), Cut(3, 1, 4, 4))
      model(torch.zeros(1, 3, 10))
    `,
    shapes: ['(1, 6, 10) → (1, 3, 24)', '(1, 3, 20) → (1, 1, 80)'],
  },
  {
    name: 'a configuration whose attributes come from keywords and after the constructor',
    source: `
      from dataclasses import dataclass, field
      @dataclass
      class Base:
          def __post_init__(self, **kwargs):
              for key, value in kwargs.items():
                  setattr(self, key, value)
      @dataclass
      class Config(Base):
          width: int = 32
          rates: list = field(default_factory=lambda: [2, 4])
          def __post_init__(self, **kwargs):
              self.reversed = self.rates[::-1]
              super().__post_init__(**kwargs)
      class Decoder(nn.Module):
          def __init__(self, config):
              super().__init__()
              self.scale = nn.Buffer(torch.ones(config.width))
              self.alpha = nn.ParameterList([nn.Parameter(torch.ones(1, 1, config.width)) for _ in config.rates])
              self.up = nn.ModuleList([nn.ConvTranspose1d(config.width, config.width, 2 * r, r, r // 2) for r in config.reversed])
          def forward(self, x):
              x = (x - self.scale) * self.alpha[0]
              x = x.transpose(1, 2)
              for up in self.up:
                  x = up(x)
              return x
      Decoder(Config(8))(torch.zeros(1, 5, 8))
    `,
    shapes: ['(1, 8, 5) → (1, 8, 20)', '(1, 8, 20) → (1, 8, 40)'],
  },
  {
    name: 'noise of an older kind, a filter from its rows',
    source: `
      from torch.autograd import Variable
      def sample(mu, logvar):
          std = logvar.div(2).exp()
          eps = Variable(std.data.new(std.size()).normal_())
          return mu + std * eps
      z = sample(torch.zeros(2, 6), torch.zeros(2, 6))
      nn.ConvTranspose2d(6, 3, 4)(z.view(-1, 6, 1, 1))
      f = torch.as_tensor([1, 3, 3, 1], dtype=torch.float32)
      f = f.ger(f).unsqueeze(0).unsqueeze(1) / f.sum().square()
      nn.functional.conv_transpose2d(torch.zeros(1, 5, 8, 8), f.tile([5, 1, 1, 1]), groups=5, stride=2, padding=(f.shape[-1] - 1) // 2)
    `,
    shapes: ['(2, 6, 1, 1) → (2, 3, 4, 4)', '(1, 5, 8, 8) → (1, 5, 16, 16)'],
  },
  {
    name: 'numbers of which nothing is known are told apart, also under one name',
    source: `
      def build(width, factor):
          last = width
          for _ in range(2):
              previous = last
              last = load(last, factor)
              nn.ConvTranspose2d(previous, last, 2, 2)(torch.zeros(1, previous, 4, 4))
      build(8, 2)
    `,
    shapes: ['(1, 8, 4, 4) → (1, last, 8, 8)', '(1, last, 4, 4) → (1, last₂, 8, 8)'],
  },
  {
    name: 'hasattr of what a module has, and of what it has not',
    source: `
      class Net(nn.Module):
          def __init__(self, conditions=0):
              super().__init__()
              self.pre = nn.Conv1d(80, 16, 7, padding=3)
              self.up = nn.ConvTranspose1d(16, 8, 4, 2, 1)
              if conditions > 0:
                  self.condition = nn.Conv1d(conditions, 16, 1)
          def forward(self, x, g=None):
              x = self.pre(x)
              if hasattr(self, 'condition'):
                  x = x + self.condition(g)
              if not hasattr(self, 'missing'):
                  x = torch.cat([x, x], 2)
              return self.up(x)
      Net()(torch.zeros(1, 80, 10))
      Net(4)(torch.zeros(1, 80, 5), torch.zeros(1, 4, 1))
    `,
    shapes: ['(1, 16, 20) → (1, 8, 40)', '(1, 16, 10) → (1, 8, 20)'],
  },
  {
    name: 'hasattr where attributes of unknown names are set says nothing',
    source: `
      class Net(nn.Module):
          def __init__(self, options):
              super().__init__()
              for name, value in options.items():
                  setattr(self, name, value)
              self.up = nn.ConvTranspose1d(4, 4, 4, 2, 1)
          def forward(self, x):
              if hasattr(self, 'double'):
                  x = torch.cat([x, x], 2)
              return self.up(x)
      Net(load())(torch.zeros(1, 4, 5))
    `,
    shapes: ['(1, 4, ?) → (1, 4, ?)'],
  },
  {
    name: 'issubclass, and a class that is not None',
    source: `
      def rank_of(conv):
          if issubclass(conv, nn.Conv1d):
              return 1
          elif issubclass(conv, (nn.Conv2d, nn.Linear)):
              return 2
          raise ValueError(conv)
      def matching(conv=None, rank=None):
          if conv is not None:
              rank = rank_of(conv)
          return {1: nn.ConvTranspose1d, 2: nn.ConvTranspose2d}[rank]
      def block(channels, norm=None):
          layers = [matching(conv=nn.Conv2d)(channels, 4, 2, 2)]
          if norm is not None:
              layers.append(norm(4))
          if norm == nn.InstanceNorm2d:
              layers.append(nn.MaxPool2d(2))
          return layers
      nn.Sequential(*block(8, nn.BatchNorm2d), *block(4))(torch.zeros(1, 8, 3, 3))
    `,
    shapes: ['(1, 8, 3, 3) → (1, 4, 6, 6)', '(1, 4, 6, 6) → (1, 4, 12, 12)'],
  },
  {
    name: 'blocks within blocks, as deep as the code says',
    source: `
      class Block(nn.Module):
          def __init__(self, outer, inner, inside=None):
              super().__init__()
              down = nn.Conv2d(outer, inner, 4, 2, 1)
              up = nn.ConvTranspose2d(inner * 2 if inside else inner, outer, 4, 2, 1)
              self.model = nn.Sequential(*[down] + ([inside] if inside else []) + [up])
          def forward(self, x):
              return torch.cat([x, self.model(x)], 1)
      block = Block(8, 8)
      for _ in range(3):
          block = Block(8, 8, block)
      block(torch.zeros(1, 8, 32, 32))
    `,
    shapes: ['(1, 8, 2, 2) → (1, 8, 4, 4)', '(1, 16, 4, 4) → (1, 8, 8, 8)', '(1, 16, 8, 8) → (1, 8, 16, 16)', '(1, 16, 16, 16) → (1, 8, 32, 32)'],
  },
  {
    name: 'a function that calls itself with a known number',
    source: `
      def ups(depth, width):
          if depth == 0:
              return []
          return [nn.ConvTranspose2d(width, width // 2, 2, 2)] + ups(depth - 1, width // 2)
      nn.Sequential(*ups(4, 16))(torch.zeros(1, 16, 1, 1))
    `,
    shapes: ['(1, 16, 1, 1) → (1, 8, 2, 2)', '(1, 8, 2, 2) → (1, 4, 4, 4)', '(1, 4, 4, 4) → (1, 2, 8, 8)', '(1, 2, 8, 8) → (1, 1, 16, 16)'],
  },
];

const inputs: readonly ModelCase[] = [
  {
    name: 'nothing given: symbols with the channels of the first layer',
    source: `
      class Net(nn.Module):
          def __init__(self):
              super().__init__()
              self.down = nn.Conv2d(3, 8, 4, 2, 1)
              self.up = nn.ConvTranspose2d(8, 4, 4, 2, 1)
          def forward(self, x):
              return self.up(self.down(x))
    `,
    shapes: ['(N, 8, H//2, W//2) → (N, 4, 2*(H//2), 2*(W//2))'],
  },
  {
    name: 'torchsummary leaves the batch out, torchinfo has it in',
    source: `
      from torchsummary import summary
      import torchinfo
      net = nn.Sequential(nn.ConvTranspose2d(8, 4, 2, 2))
      summary(net, (8, 16, 16))
      torchinfo.summary(net, input_size=(4, 8, 32, 32))
    `,
    shapes: ['(N, 8, 16, 16) → (N, 4, 32, 32)', '(4, 8, 32, 32) → (4, 4, 64, 64)'],
  },
  {
    name: 'export and trace examples',
    source: `
      net = nn.Sequential(nn.ConvTranspose2d(8, 4, 2, 2))
      torch.onnx.export(net, torch.randn(1, 8, 5, 5), 'net.onnx')
      torch.jit.trace(net, (torch.randn(1, 8, 6, 6),))
    `,
    shapes: ['(1, 8, 5, 5) → (1, 4, 10, 10)', '(1, 8, 6, 6) → (1, 4, 12, 12)'],
  },
  {
    name: 'a latent vector with sizes from the command line defaults',
    source: `
      nz = int('100')
      G = nn.Sequential(nn.ConvTranspose2d(nz, 8, 4, 1, 0)).cuda()
      device = torch.device('cpu')
      noise = torch.randn(64, nz, 1, 1, device=device)
      G.to(device)
      G(noise.to(device))
    `,
    shapes: ['(64, 100, 1, 1) → (64, 8, 4, 4)'],
  },
];

describe('shapes through PyTorch models', () => {
  describe('containers', () => { testModels(containers, header); });
  describe('wrappers', () => { testModels(wrappers, header); });
  describe('decorators', () => { testModels(decorated, header); });
  describe('tensors', () => { testModels(tensors, header); });
  describe('decisions', () => { testModels(decisions, header); });
  describe('inputs', () => { testModels(inputs, header); });
});
