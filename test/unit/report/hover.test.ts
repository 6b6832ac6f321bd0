import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { multiply, symbol } from '../../../src/algebra/integer';
import type { Finding } from '../../../src/rules/rule';
import { layerMarkdown } from '../../../src/report/hover';
import { type Context, layerOf, withReading } from './layerOf';

const torch2d = 'torch.nn.ConvTranspose2d';
const links = { playground: 'command:play', rule: (code: string) => `command:rule-${code}` };

/** The Markdown with pictures cut short, so that a failure can be read. */
function hover(api: string, ...contexts: readonly Context[]): string {
  return shorten(layerMarkdown(layerOf(api, ...contexts), [], links));
}

function shorten(markdown: string): string {
  return markdown.replace(/base64,[A-Za-z0-9+/=]+/g, 'base64,…');
}

const even = { in_channels: 128, out_channels: 64, kernel_size: 4, stride: 2, padding: 1 };
const uneven = { in_channels: 8, out_channels: 4, kernel_size: 3, stride: 2, padding: 1, output_padding: 1 };

describe('hover of a layer', () => {
  it('says all there is to say of a plain layer', () => {
    assert.equal(hover(torch2d, { arguments: even }), [
      '**nn\\.ConvTranspose2d** PyTorch, 128 → 64 channels · [Open in playground](command:play)',
      'Output `(N, 64, 2H, 2W)`'.replace('Output', '**Output**'),
      '```text\nH: (H - 1)·2 - 2·1 + 1·(4 - 1) + 0 + 1 = 2H, W alike\n```',
      '**Even overlap:** 4 contributions to each interior output.',
      '![Contributions by output position: Even overlap\\: 4 contributions to each interior output](data:image/svg+xml;base64,…)',
      '[PyTorch documentation](https://docs.pytorch.org/docs/stable/generated/torch.nn.ConvTranspose2d.html)',
    ].join('\n\n'));
  });

  it('gives a line to each axis where they differ', () => {
    assert.match(hover(torch2d, { arguments: { ...even, stride: [2, 1], kernel_size: [4, 3], padding: [1, 1] } }),
      /H: .* = 2H\nW: .* = W\n/);
  });

  it('shows the sizes that flow through it', () => {
    assert.match(hover(torch2d, { arguments: even, input: [16, 128, 7, 9] }), /\*\*Output\*\* `\(16, 128, 7, 9\)` → `\(16, 64, 14, 18\)`/);
  });

  it('keeps symbolic sizes', () => {
    assert.match(hover(torch2d, { arguments: even, input: [symbol('batch'), 128, symbol('H'), 8] }), /→ `\(batch, 64, 2H, 16\)`/);
  });

  it('puts the sizes that the model gives into the formula', () => {
    const [H, W] = [symbol('H'), symbol('W')];
    assert.match(hover(torch2d, { arguments: even, input: [1, 128, multiply(2, H), multiply(2, W)] }), /H: \(2H - 1\)·2 .* = 4H, W alike/);
    assert.match(hover(torch2d, { arguments: even, input: [1, 128, H, 16] }), /H: \(H - 1\)·2 .* = 2H\nW: \(16 - 1\)·2 .* = 32\n/);
  });

  it('names counts, ratio and period of uneven overlap', () => {
    assert.match(hover(torch2d, { arguments: uneven }),
      /\*\*Uneven overlap:\*\* interior outputs get 4, 2 or 1 contributions \(ratio 4\), repeating every 2 × 2\./);
  });

  it('counts holes', () => {
    assert.match(hover(torch2d, { arguments: { ...even, kernel_size: 2, stride: 3, padding: 0 } }),
      /\*\*Holes:\*\* 5 of 9 interior outputs get no contribution\./);
  });

  it('never calls a layer safe', () => {
    assert.doesNotMatch(hover(torch2d, { arguments: even }, { arguments: uneven }), /safe/i);
  });

  it('says nothing of overlap that is not known', () => {
    const layer = withReading(layerOf(torch2d, { arguments: even }), { kernelSize: [], stride: [], dilation: [] });
    assert.doesNotMatch(layerMarkdown(layer, [], links), /overlap/i);
  });

  it('has one dimension as L', () => {
    const text = hover('torch.nn.ConvTranspose1d', { arguments: { ...even, kernel_size: 16, stride: 8, padding: 4 } });
    assert.match(text, /`\(N, 64, 8L\)`/);
    assert.match(text, /L: \(L - 1\)·8 - 2·4 \+ 1·\(16 - 1\) \+ 0 \+ 1 = 8L/);
    assert.doesNotMatch(text, /alike/);
  });

  it('shows parameters and multiply-adds where they are known', () => {
    const text = hover(torch2d, { arguments: even, cost: { parameters: 131136, multiplyAdds: multiply(131072, symbol('H'), symbol('W')) } });
    assert.match(text, /Parameters `131,136` · Multiply-adds `131072·H·W`/);
    assert.doesNotMatch(hover(torch2d, { arguments: even }), /Parameters|Multiply/);
  });

  it('says what the framework rejects instead of a size', () => {
    const text = hover(torch2d, { arguments: { ...even, output_padding: 2 } });
    assert.match(text, /\*\*No output:\*\* PyTorch rejects this call\. `RuntimeError: output padding must be smaller than either stride or dilation/);
    assert.doesNotMatch(text, /\*\*Output\*\*/);
  });

  it('names groups', () => {
    assert.match(hover(torch2d, { arguments: { ...even, groups: 4 } }), /128 → 64 channels, 4 groups/);
  });

  it('links the rules of its findings, each once', () => {
    const finding: Finding = {
      rule: 'TC101', name: 'uneven-overlap', severity: 'warning', message: '', range: { from: 0, to: 1, cell: 0 }, fixes: [], related: [],
    };
    const text = layerMarkdown(layerOf(torch2d, { arguments: uneven }), [finding, finding], links);
    assert.equal(text.split('[TC101 uneven\\-overlap](command:rule-TC101)').length, 2);
  });

  it('says what was assumed and what is not known', () => {
    const layer = layerOf(torch2d, { arguments: even, assumed: ['ngf=64 (default of parameter)'] });
    const text = layerMarkdown(withReading(layer, { missing: ['padding'] }), [], links);
    assert.match(text, /Assumed: ngf=64 \\\(default of parameter\\\)/);
    assert.match(text, /Not known: padding/);
  });
});

describe('hover of a layer in several contexts', () => {
  it('is as for one where they are the same', () => {
    assert.equal(hover(torch2d, { arguments: even }, { arguments: even }), hover(torch2d, { arguments: even }));
  });

  it('lists them, concrete shapes first', () => {
    const text = hover(torch2d, { arguments: even }, { arguments: { ...even, kernel_size: 6, padding: 2 }, input: [1, 128, 4, 4] });
    assert.match(text, /\| kernel \| stride \| output \| overlap \|\n.*\n\| `6` \| `2` \| `\(1, 128, 4, 4\) → \(1, 64, 8, 8\)` \| even \|\n\| `4` \| `2` \| `\(N, 64, 2H, 2W\)` \| even \|/);
  });

  it('keeps a formula that they share', () => {
    const text = hover(torch2d, { arguments: even, input: [1, 128, 4, 4] }, { arguments: even, input: [1, 128, 8, 8] });
    assert.match(text, / = 2H, W alike\n```/);
    assert.equal(text.split('data:image').length, 2);
  });

  it('says which have which overlap, where they differ', () => {
    const text = hover(torch2d, { arguments: even }, { arguments: { ...even, kernel_size: 3 } });
    assert.match(text, /\*\*Even overlap:\*\* .* \(kernel 4, stride 2\)/);
    assert.match(text, /\*\*Uneven overlap:\*\* .* \(kernel 3, stride 2\)/);
    assert.doesNotMatch(hover(torch2d, { arguments: even }), /kernel 4, stride/);
  });

  it('stops after six', () => {
    const contexts = Array.from({ length: 9 }, (_, index) => ({ arguments: even, input: [1, 128, index + 1, 4] }));
    const text = hover(torch2d, ...contexts);
    assert.equal(text.split('\n').filter(line => line.startsWith('| `')).length, 6);
    assert.match(text, /and 3 more/);
  });

  it('leaves channels out of the heading where they differ', () => {
    const [head] = hover(torch2d, { arguments: even }, { arguments: { ...even, out_channels: 32 } }).split('\n');
    assert.equal(head, '**nn\\.ConvTranspose2d** PyTorch · [Open in playground](command:play)');
  });
});

describe('text of the user in a hover', () => {
  const hostile = 'x=`](command:evil) ![a](http://example.org) <img src=x> **b** | c';
  it('cannot become Markdown', () => {
    const text = layerMarkdown(layerOf(torch2d, { arguments: even, assumed: [hostile] }), [], links);
    const line = text.split('\n').find(each => each.startsWith('Assumed:')) ?? '';
    assert.doesNotMatch(line.replace(/\\[^\w\s]/g, ''), /[`\][()!*|<]/);
  });

  it('cannot leave code', () => {
    const quote = 'expected `a` or ``b``';
    const layer = layerOf(torch2d, { arguments: even });
    const rejected = { ...layer, instances: layer.instances.map(each => ({ ...each, problems: [{ kind: 'invalid-argument' as const, parameter: undefined, message: '', quote }] })) };
    assert.ok(layerMarkdown(rejected, [], links).includes('``` expected `a` or ``b`` ```'));
  });
});
