/**
 * How long an analysis takes: of a text seen for the first time, and again after one keystroke. Printed beside
 * the time that the parser alone needs for the text, in the same run. `npm run bench:analysis`.
 */
import { parser } from '@lezer/python';
import { Analyzer } from '../../src/analyze';

const runs = 15;

function model(index: number): string {
  return `
class Block${index}(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(inplace=True),
        )

    def forward(self, x):
        return self.conv(x)


class Decoder${index}(nn.Module):
    """Two skip connections."""

    def __init__(self, channels=64):
        super().__init__()
        self.down1 = Block${index}(3, channels)
        self.down2 = Block${index}(channels, channels * 2)
        self.pool = nn.MaxPool2d(2)
        self.up1 = nn.ConvTranspose2d(channels * 2, channels, kernel_size=4, stride=2, padding=1)
        self.fuse = Block${index}(channels * 2, channels)
        self.head = nn.ConvTranspose2d(channels, 3, kernel_size=3, stride=2, padding=1, output_padding=1)

    def forward(self, x):
        a = self.down1(x)
        b = self.down2(self.pool(a))
        return self.head(self.fuse(torch.cat([a, self.up1(b)], dim=1)))
`;
}

function source(lines: number): string {
  let text = 'import torch\nfrom torch import nn\n';
  for (let index = 0; text.split('\n').length < lines; index++) text += model(index);
  return text;
}

function milliseconds(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function quantile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
}

function show(times: readonly number[]): string {
  return `${quantile(times, 0.5).toFixed(1).padStart(8)} (95%: ${quantile(times, 0.95).toFixed(1)})`;
}

console.log(`median of ${runs} in ms; Node ${process.version}\n`);
for (const lines of [300, 3_000, 10_000]) {
  const text = source(lines);
  const parse: number[] = [];
  const first: number[] = [];
  const keystroke: number[] = [];
  let layers = 0;
  for (let run = 0; run < runs; run++) {
    parse.push(milliseconds(() => { parser.parse(text); }));
    const analyzer = new Analyzer();
    first.push(milliseconds(() => { layers = analyzer.analyze({ kind: 'file', cells: [text] }).layers.length; }));
    const at = text.lastIndexOf('kernel_size=3') + 'kernel_size=3'.length;
    const edited = `${text.slice(0, at)}1${text.slice(at)}`;
    keystroke.push(milliseconds(() => { analyzer.analyze({ kind: 'file', cells: [edited] }); }));
  }
  console.log(`${String(text.split('\n').length).padStart(6)} lines, ${layers} layers`);
  console.log(`  parser alone      ${show(parse)}`);
  console.log(`  first analysis    ${show(first)}  ${(quantile(first, 0.5) / quantile(parse, 0.5)).toFixed(1)} times the parser`);
  console.log(`  after a keystroke ${show(keystroke)}  ${(quantile(keystroke, 0.5) / quantile(parse, 0.5)).toFixed(1)} times the parser`);
}
