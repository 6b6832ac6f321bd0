import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { main } from '../../../src/cli/main';
import { nodeIo } from '../../../src/cli/nodeIo';
import type { JsonFile, JsonInstance, JsonReport } from '../../../src/report/json';

/** What the engine has to say of the sample workspace: each instance of each layer, and each finding. */
const expected: Readonly<Record<string, { readonly layers: readonly string[]; readonly findings: readonly string[] }>> = {
  'autoencoder.py': {
    layers: [
      '22 Conv2DTranspose ? to 64: 2*H, 2*W; even; (N, 14, 14, 64)',
      '24 Conv2DTranspose ? to 32: 2*H, 2*W; ratio 4; (N, 28, 28, 32)',
      '26 Conv2DTranspose ? to 1: H, W; even; (N, 28, 28, 1)',
      '33 Conv2DTranspose ? to 32: 2*H, 2*W; holes',
      '38 Conv2DTranspose ? to 32: 2*H, 2*W; even',
    ],
    findings: ['24 warning TC101 at `3`', '33 error TC204 at `dilation_rate=2`', '38 error TC201 at `output_padding=2`'],
  },
  'dcgan.py': {
    layers: [
      '14 ConvTranspose2d 100 to 512: H + 3, W + 3; even; (16, 512, 4, 4)',
      '18 ConvTranspose2d 512 to 256: 2*H, 2*W; even; (16, 256, 8, 8)',
      '22 ConvTranspose2d 256 to 128: 2*H, 2*W; even; (16, 128, 16, 16)',
      '26 ConvTranspose2d 128 to 64: 2*H, 2*W; ratio 4; (16, 64, 32, 32)',
      '30 ConvTranspose2d 64 to 3: 2*H, 2*W; even; (16, 3, 64, 64)',
      '43 ConvTranspose2d 64 to 3: 2*H - 1, 2*W - 1; ratio 4; (N, 3, 2*H - 1, 2*W - 1)',
      '54 ConvTranspose2d 64 to 3: 2*H + 2, 2*W + 2; even; (N, 3, 2*H + 2, 2*W + 2)',
    ],
    findings: ['26 warning TC101 at `kernel_size=3`', '43 warning TC101 at `kernel_size=3`', '43 information TC301 at `padding=1`', '54 error TC201 at `output_padding=2`'],
  },
  'functional_unet.py': {
    layers: [
      '19 Conv2DTranspose ? to 128: 2*H, 2*W; even; (N, 32, 32, 128)',
      '22 Conv2DTranspose ? to 64: 2*H, 2*W; ratio 2.25; (N, 64, 64, 64)',
      '24 Conv2DTranspose ? to 32: 2*H, 2*W; even; (N, 128, 128, 32)',
      '31 Conv1DTranspose ? to 1: ?; even; (N, ?, 1)',
      '36 Conv2DTranspose ? to 1: 2*H + 1, 2*W + 1; ratio 4; (N, 2*H + 1, 2*W + 1, 1)',
    ],
    findings: ['22 warning TC101 at `(5, 5)`', '31 error TC205 at `padding="causal"`', '36 warning TC101 at `3`'],
  },
  'pix2pix.py': {
    layers: [
      '22 Conv2DTranspose ? to 512: 2*H, 2*W; even; (N, 16, 16, 512)',
      '22 Conv2DTranspose ? to 256: 2*H, 2*W; even; (N, 32, 32, 256)',
      '22 Conv2DTranspose ? to 128: 2*H, 2*W; even; (N, 64, 64, 128)',
      '22 Conv2DTranspose ? to 64: 2*H, 2*W; ratio 2.25; (N, 128, 128, 64)',
      '47 Conv2DTranspose ? to 3: 2*H, 2*W; even; (N, 256, 256, 3)',
    ],
    findings: ['22 warning TC101 at `size`'],
  },
  'segmentation.py': {
    layers: ['18 ConvTranspose2d 64 to 2: 2*H, 2*W; even; (4, 2, 256, 256)'],
    findings: ['33 warning TC101 at `Up(64, 32, kernel_size=3)`'],
  },
  'unet_decoder.py': {
    layers: [
      '29 ConvTranspose2d 1024 to 512: 2*H, 2*W; even; (N, 512, 2*H, 2*W)',
      '29 ConvTranspose2d 512 to 256: 2*H, 2*W; even; (N, 256, 4*H, 4*W)',
      '29 ConvTranspose2d 256 to 128: 2*H, 2*W; even; (N, 128, 8*H, 8*W)',
      '29 ConvTranspose2d 128 to 64: 2*H, 2*W; even; (N, 64, 16*H, 16*W)',
      '59 ConvTranspose2d 64 to 64: 2*H, 2*W; ratio 2.25; (N, 64, 2*H, 2*W)',
      '61 ConvTranspose2d 64 to 2: 2*H, 2*W; holes; (N, 2, 4*H, 4*W)',
      '69 ConvTranspose2d 96 to 64: 2*H, 2*W; even',
      '74 conv_transpose2d ? to ?: ?, ?; unknown',
    ],
    findings: ['59 warning TC101 at `5`', '61 information TC103 at `nn.ConvTranspose2d`', '61 warning TC102 at `dilation=2`', '69 error TC202 at `groups=64`'],
  },
  'upsampling.ipynb': {
    layers: [
      'cell 2: 3 ConvTranspose2d 16 to 8: 2*H, 2*W; ratio 4; (1, 8, 64, 64)',
      'cell 3: 1 ConvTranspose2d 16 to 8: 2*H, 2*W; even; (1, 8, 64, 64)',
      'cell 7: 1 ConvTranspose2d 16 to 8: 2*H, 2*W; even',
      'cell 7: 2 ConvTranspose2d 16 to 8: ?, ?; unknown',
    ],
    findings: ['cell 2: 3 warning TC101 at `kernel`', 'cell 7: 2 error TC206 at `kernel_size=(2, 2, 2)`'],
  },
  'vocoder.py': {
    layers: [
      '20 ConvTranspose1d 512 to 256: 8*L; even; (1, 256, 256)',
      '20 ConvTranspose1d 256 to 128: 8*L; even; (1, 128, 2048)',
      '20 ConvTranspose1d 128 to 64: 2*L; even; (1, 64, 4096)',
      '20 ConvTranspose1d 64 to 32: 2*L; even; (1, 32, 8192)',
      '39 ConvTranspose1d 256 to 128: 5*L; ratio 1.5',
      '39 ConvTranspose1d 128 to 64: 4*L; even',
      '39 ConvTranspose1d 64 to 32: 3*L; ratio 1.5',
      '53 ConvTranspose1d channels to channels//2: rate*L + rate - 2*(rate//2); even; (N, channels//2, rate*L + rate - 2*(rate//2))',
    ],
    findings: ['39 warning TC101 at `kernel`', '39 warning TC101 at `kernel`'],
  },
  'volume_decoder.py': {
    layers: [
      '9 ConvTranspose3d 256 to 128: D, 2*H, 2*W; even; (1, 128, 4, 8, 8)',
      '9 ConvTranspose3d 128 to 64: D, 2*H, 2*W; even; (1, 64, 4, 16, 16)',
      '9 ConvTranspose3d 64 to 32: 2*D, 2*H, 2*W; even; (1, 32, 8, 32, 32)',
      '24 ConvTranspose3d 32 to 16: 2*D, 2*H, 2*W; ratio 8; (1, 16, 16, 64, 64)',
      '37 ConvTranspose3d 16 to 16: 2*D, 3*H - 1, 3*W - 1; holes; (N, 16, 2*D, 3*H - 1, 3*W - 1)',
      '48 ConvTranspose3d 16 to 16: 2*D, 2*H, 2*W; even; (N, 16, 2*D, 2*H, 2*W)',
    ],
    findings: ['24 warning TC101 at `kernel_size=3`', '37 warning TC102 at `kernel_size=2`', '48 error TC205 at `padding_mode="reflect"`'],
  },
};

const workspace = resolve('test/fixtures/workspace');

describe('sample workspace', () => {
  let report: JsonReport;
  let status = -1;

  before(async () => {
    let output = '';
    status = await main(['check', '--format', 'json'], { ...nodeIo(), directory: workspace, write: async text => { output += text; } });
    report = JSON.parse(output) as JsonReport;
  });

  it('is all of it read', () => {
    assert.deepEqual(report.files.map(file => file.path), Object.keys(expected));
    assert.deepEqual(report.errors, []);
    assert.equal(status, 1);
  });

  for (const [path, { layers, findings }] of Object.entries(expected)) {
    it(`${path}: layers`, () => assert.deepEqual(layerLines(fileNamed(path)), layers));
    it(`${path}: findings`, async () => assert.deepEqual(await findingLines(fileNamed(path)), findings));
  }

  function fileNamed(path: string): JsonFile {
    const file = report.files.find(each => each.path === path);
    assert.ok(file !== undefined, path);
    return file;
  }
});

function layerLines(file: JsonFile): readonly string[] {
  return file.layers.flatMap(layer => layer.instances.map(instance =>
    `${lineOf(layer.range)} ${layer.api.split('.').at(-1) ?? ''} ${instanceText(instance)}`));
}

function instanceText({ arguments: given, outputFormula, overlap, output }: JsonInstance): string {
  const channels = `${given['in_channels'] ?? '?'} to ${given['out_channels'] ?? given['filters'] ?? '?'}`;
  const verdict = overlap.even === null ? 'unknown' : overlap.even ? 'even' : overlap.holes ? 'holes' : `ratio ${overlap.ratio ?? '?'}`;
  const shape = output === null ? '' : `; (${output.map(size => size ?? '?').join(', ')})`;
  return `${channels}: ${outputFormula?.map(size => size ?? '?').join(', ') ?? '?'}; ${verdict}${shape}`;
}

async function findingLines(file: JsonFile): Promise<readonly string[]> {
  const text = new TextDecoder().decode(await nodeIo().readFile(resolve(workspace, file.path)));
  const cells = file.path.endsWith('.ipynb')
    ? (JSON.parse(text) as { cells: { source: string[] }[] }).cells.map(cell => cell.source.join('')) : [text];
  return file.findings.map(({ range, severity, rule }) => {
    const line = cells[range.cell ?? 0]?.split('\n')[range.start.line - 1] ?? '';
    return `${lineOf(range)} ${severity} ${rule} at \`${line.slice(range.start.column - 1, range.end.column - 1)}\``;
  });
}

function lineOf(range: JsonFile['layers'][number]['range']): string {
  return `${range.cell === undefined ? '' : `cell ${range.cell}: `}${range.start.line}`;
}
