/** A model to try the extension on: one even layer, one uneven, one that PyTorch rejects when called. */
export const sampleModel = `import torch.nn as nn

generator = nn.Sequential(
    # Hover a layer: output size, formula and overlap.
    nn.ConvTranspose2d(128, 64, kernel_size=4, stride=2, padding=1),
    nn.ReLU(),
    # Kernel 3 is not a multiple of stride 2: uneven overlap, with a quick fix.
    nn.ConvTranspose2d(64, 32, kernel_size=3, stride=2, padding=1, output_padding=1),
    nn.ReLU(),
    # Output padding must be smaller than the stride.
    nn.ConvTranspose2d(32, 3, kernel_size=4, stride=2, padding=1, output_padding=2),
    nn.Tanh(),
)
`;
