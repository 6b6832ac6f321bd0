import { testModels, type ModelCase } from './shapes';

const header = `
import numpy as np
import torch, torch.nn as nn
`;

const models: readonly ModelCase[] = [
  {
    name: 'paddings worked out with small arrays, as for kernels of several sizes',
    source: `
      def same_padding(kernel, dilation=1):
          sizes = np.atleast_1d(kernel)
          steps = np.atleast_1d(dilation)
          if np.any((sizes - 1) * steps % 2 == 1):
              raise NotImplementedError(kernel)
          padding = tuple(int(p) for p in (sizes - 1) / 2 * steps)
          return padding if len(padding) > 1 else padding[0]
      def rest(kernel, stride):
          return tuple(np.array(stride) - np.asarray(kernel) + 2 * np.array(same_padding(kernel)))
      up = nn.ConvTranspose2d(4, 4, (3, 5), 2, same_padding((3, 5)), rest((3, 5), (2, 2)))
      up(torch.zeros(1, 4, 6, 6))
      nn.ConvTranspose1d(4, 2, 5, padding=same_padding(5))(torch.zeros(1, 4, 7))
    `,
    shapes: ['(1, 4, 6, 6) → (1, 4, 12, 12)', '(1, 4, 7) → (1, 2, 7)'],
  },
  {
    name: 'products, sums, whole numbers and places of small arrays',
    source: `
      rates = np.array([4, 2])
      nn.ConvTranspose1d(rates.prod(), int(np.sum(rates)), rates[0], list(rates.astype(int))[1])(torch.zeros(1, 8, 3))
      nn.ConvTranspose1d(len(rates), 1, (rates // 2).tolist()[0], stride=int(np.prod(rates[:1])))(torch.zeros(1, 2, 3))
    `,
    shapes: ['(1, 8, 3) → (1, 6, 8)', '(1, 2, 3) → (1, 1, 10)'],
  },
  {
    name: 'numbers that are not known leave the result unknown',
    source: `
      nn.ConvTranspose1d(4, 1, 4, padding=tuple(np.array(load()) + 1))(torch.zeros(1, 4, 3))
    `,
    shapes: ['(1, 4, 3) → (1, 1, ?)'],
  },
  {
    name: 'numbers as tensors without axes, worked with as numbers',
    source: `
      class Same(nn.Module):
          def __init__(self, kernel, stride):
              super().__init__()
              self.stride = nn.Buffer(torch.tensor(stride, dtype=torch.int64))
              self.total = nn.Buffer(torch.tensor(kernel) - self.stride)
              self.up = nn.ConvTranspose1d(4, 4, kernel, stride)
          def forward(self, x):
              frames = torch.ceil((x.shape[-1] + self.total) / self.stride + 1).to(torch.int64) - 1
              missing = frames * self.stride - self.total - x.shape[-1]
              if x.shape[-1] <= max(self.total, missing):
                  x = nn.functional.pad(x, (1, 1))
              return self.up(nn.functional.pad(x, (self.total // 2, missing)))
      Same(5, 2)(torch.zeros(1, 4, 10))
      scale = torch.tensor(2.0)
      nn.ConvTranspose1d(4, 2, 2)(scale * torch.zeros(1, 4, 6))
      nn.ConvTranspose1d(4, 1, 2)(scale * load())
    `,
    // 10 + 1 + missing: ceil(13 / 2 + 1) - 1 = 7 frames, 14 - 3 - 10 = 1
    shapes: ['(1, 4, 12) → (1, 4, 27)', '(1, 4, 6) → (1, 2, 7)', '? → ?'],
  },
  {
    name: 'running products of rates, the last first',
    source: `
      rates = [8, 5, 3]
      for u in np.cumprod([1] + rates[::-1][:-1])[::-1]:
          nn.ConvTranspose1d(2, 1, u, u)(torch.zeros(1, 2, 4))
      times = np.array([1, 2, 2])
      for _ in range(times.max()):
          strides = tuple([2 if t > 0 else 1 for t in times])
          nn.ConvTranspose3d(1, 1, strides, strides)(torch.zeros(1, 1, 4, 4, 4))
          times -= 1
      nn.ConvTranspose1d(2, 3, int(np.round(4.6)))(torch.zeros(1, 2, 4))
    `,
    shapes: ['(1, 2, 4) → (1, 1, 60)', '(1, 2, 4) → (1, 1, 12)', '(1, 2, 4) → (1, 1, 4)', '(1, 1, 4, 4, 4) → (1, 1, 8, 8, 8)', '(1, 1, 4, 4, 4) → (1, 1, 4, 8, 8)', '(1, 2, 4) → (1, 3, 8)'],
  },
  {
    name: 'spectra: short-time transforms there and back, complex numbers as pairs',
    source: `
      wave = torch.zeros(2, 16000)
      spectrum = torch.stft(wave, 512, 128, window=torch.hann_window(512), return_complex=True)
      nn.ConvTranspose2d(2, 1, 1)(torch.view_as_real(spectrum).permute(0, 3, 1, 2))
      nn.ConvTranspose1d(257, 4, 1)(torch.view_as_complex(torch.stack([spectrum.real, spectrum.imag], -1)).real)
      nn.ConvTranspose1d(2, 1, 1)(torch.istft(spectrum, 512, hop_length=128)[None])
      nn.ConvTranspose1d(2, 3, 1)(torch.istft(spectrum, 512, 128, length=16000)[None])
      nn.ConvTranspose1d(2, 5, 1)(torch.fft.rfft(wave)[None].real)
    `,
    shapes: [
      '(2, 2, 257, 126) → (2, 1, 257, 126)', '(2, 257, 126) → (2, 4, 126)', '(1, 2, 16000) → (1, 1, 16000)', '(1, 2, 16000) → (1, 3, 16000)',
      '(1, 2, 8001) → (1, 5, 8001)',
    ],
  },
];

describe('shapes through numbers in arrays', () => { testModels(models, header); });
