/**
 * How long an analysis takes: of a text seen for the first time, and again after one keystroke. Printed beside
 * the time that the parser alone needs for the text, in the same run. `npm run bench:analysis`.
 */
import { readFileSync } from 'node:fs';
import { parser } from '@lezer/python';
import { Analyzer } from '../../src/analyze';

const runs = 15;
/** People type on and on: the first keystrokes are slower, before the engine of JavaScript has seen enough. */
const keys = 200;

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

/** Digits typed one after the other into a kernel size in the middle of the text, and taken back. */
function keystrokes(text: string): readonly string[] {
  const place = text.indexOf('kernel_size=', text.length / 2);
  if (place < 0) return Array.from({ length: keys }, (_, index) => `${text}\n#${'x'.repeat(index)}`);
  const at = place + 'kernel_size='.length;
  // An editor hands over a text in one piece, not as its parts.
  return Array.from({ length: keys }, (_, index) => Buffer.from(`${text.slice(0, at)}${index % 10}${text.slice(at + 1)}`).toString());
}

/** The parser alone, a first analysis, and one after each keystroke. */
function measure(name: string, text: string): void {
  const parse: number[] = [];
  const first: number[] = [];
  const keystroke: number[] = [];
  let layers = 0;
  const analyzeIn = (analyzer: Analyzer, version: string): void => { layers = analyzer.analyze({ kind: 'file', cells: [version] }).layers.length; };
  for (let run = 0; run < runs; run++) {
    parse.push(milliseconds(() => { parser.parse(text); }));
    first.push(milliseconds(() => { analyzeIn(new Analyzer(), text); }));
  }
  const analyzer = new Analyzer();
  analyzeIn(analyzer, text);
  for (const version of keystrokes(text)) keystroke.push(milliseconds(() => { analyzeIn(analyzer, version); }));
  const share = (times: readonly number[]): string => `${(quantile(times, 0.5) / quantile(parse, 0.5)).toFixed(2)} times the parser`;
  console.log(`${name}: ${text.split('\n').length} lines, ${layers} layers`);
  console.log(`  parser alone      ${show(parse)}`);
  console.log(`  first analysis    ${show(first)}  ${share(first)}`);
  console.log(`  after a keystroke ${show(keystroke)}  ${share(keystroke)}`);
}

/** How the time of a first analysis grows while one thing is doubled. */
function growth(name: string, sizes: readonly number[], make: (size: number) => string): void {
  const times = sizes.map(size => quantile(Array.from({ length: runs }, () => milliseconds(() => { new Analyzer().analyze({ kind: 'file', cells: [make(size)] }); })), 0.5));
  const steps = times.map((time, index) => {
    const before = times[index - 1];
    return `${sizes[index]}: ${time.toFixed(1)}${before === undefined ? '' : ` (×${(time / before).toFixed(2)})`}`;
  });
  console.log(`${name.padEnd(24)} ${steps.join('   ')}`);
}

const head = 'import torch\nfrom torch import nn\n';

const oneModel = (layers: number): string => `${head}class Model(nn.Module):
    def __init__(self):
        super().__init__()
${Array.from({ length: layers }, (_, index) => `        self.up${index} = nn.ConvTranspose2d(8, 8, kernel_size=3, stride=2, padding=1)`).join('\n')}

    def forward(self, x):
${Array.from({ length: layers }, (_, index) => `        x = torch.relu(self.up${index}(x))`).join('\n')}
        return x
`;

const wrappers = (depth: number): string => `${head}def up0(n):
    return nn.ConvTranspose2d(n, n, kernel_size=4, stride=2, padding=1)
${Array.from({ length: depth }, (_, index) => `def up${index + 1}(n):\n    return nn.Sequential(up${index}(n), nn.ReLU())`).join('\n')}
up${depth}(8)(torch.zeros(1, 8, 4, 4))
`;

const loop = (turns: number): string => `${head}layers = []
for index in range(${turns}):
    layers += [nn.ConvTranspose2d(8, 8, kernel_size=3 + index % 4, stride=1, padding=1), nn.ReLU()]
nn.Sequential(*layers)(torch.zeros(1, 8, 4, 4))
`;

console.log(`median of ${runs}, and of ${keys} keystrokes, in ms; Node ${process.version}\n`);
for (const lines of [300, 3_000, 10_000]) measure('models', source(lines));
for (const file of process.argv.slice(2)) measure(file, readFileSync(file, 'utf8'));
console.log('\nfirst analysis, while one thing is doubled');
growth('layers of one model', [32, 64, 128, 256], oneModel);
growth('wrappers in wrappers', [2, 4, 8, 16], wrappers);
growth('turns of a loop', [8, 16, 32, 64], loop);
