import { check } from '../check';

describe('what is meant to fail', () => {
  it('is no finding: pytest, unittest, suppress', () => {
    check(`
      import contextlib, pytest, torch, unittest
      from torch import nn

      def up(x, channels):
          return nn.ConvTranspose2d(channels, 4, 2, 2)(x)

      def test_channels():
          with pytest.raises(RuntimeError, match='channels'):
              up(torch.zeros(1, 8, 4, 4), 3)
          with contextlib.suppress(ValueError):
              nn.ConvTranspose2d(4, 4, 3, padding_mode='reflect')

      class Test(unittest.TestCase):
          def test_groups(self):
              with self.assertRaisesRegex(ValueError, 'groups'):
                  nn.ConvTranspose2d(4, 4, 3, groups=3)
    `);
  });

  it('is one beside such a block', () => {
    check(`
      import pytest, torch
      from torch import nn
      with pytest.raises(ValueError):
          nn.ConvTranspose2d(4, 4, 3, groups=3)
      with torch.no_grad():
          nn.ConvTranspose2d(4, 6, 3, groups=3)
          #                           ^^^^^^^^ error TC202
    `);
  });
});
