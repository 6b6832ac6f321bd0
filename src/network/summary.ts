import { asConstant, type Int } from '../algebra/integer';
import type { Shape } from '../frameworks/argument';
import type { Site } from '../python/machine';
import { asItems, noneValue, type Arguments, type Value } from '../python/values';
import { integers } from './call';
import { batchSymbol } from './implied';
import { tensor } from './values';

/** Functions that run a model on an input of a given shape: calls that tell what the input is. */
export function applyToInput(name: string, given: Arguments, site: Site): Value | undefined {
  const model = given.positional[0]?.value ?? given.keywords.find(argument => argument.name === 'model')?.value;
  if (model === undefined) return undefined;
  switch (name) {
    case 'torchsummary.summary': case 'torchsummaryX.summary': case 'torchinfo.summary': case 'torchinfo.torchinfo.summary':
      return run(model, summaryInputs(name, given, site), site);
    case 'ptflops.get_model_complexity_info':
      return run(model, summaryInputs(name, given, site), site);
    case 'pytorch_model_summary.summary':
      return run(model, given.positional.slice(1).map(argument => argument.value), site);
    case 'torch.onnx.export': case 'torch.jit.trace': case 'thop.profile': case 'torch.export.export': case 'fvcore.nn.FlopCountAnalysis': {
      const value = given.positional[1]?.value ?? given.keywords.find(argument => argument.name === 'args' || argument.name === 'example_inputs' || argument.name === 'inputs')?.value;
      const inputs = value === undefined ? undefined : asItems(value) ?? [value];
      run(model, inputs, site);
      return name === 'torch.jit.trace' ? model : noneValue;
    }
    default: return undefined;
  }
}

function run(model: Value, inputs: readonly Value[] | undefined, site: Site): Value {
  if (inputs !== undefined) {
    site.machine.call(model, { positional: inputs.map(value => ({ value, source: undefined })), keywords: [], unknownPositional: false, unknownKeywords: false }, site.node);
  }
  return noneValue;
}

/** `torchsummary` leaves the batch out, `torchinfo` has it in. */
function summaryInputs(name: string, given: Arguments, site: Site): readonly Value[] | undefined {
  const data = given.keywords.find(argument => argument.name === 'input_data')?.value;
  if (data !== undefined) return asItems(data) ?? [data];
  const value = given.positional[1]?.value ?? given.keywords.find(argument => argument.name === 'input_size' || argument.name === 'input_res')?.value;
  const items = value === undefined ? undefined : site.machine.items(value);
  if (value === undefined || items === undefined) return undefined;
  const shapes = items.every(item => asItems(item) !== undefined) ? items.map(item => integers(site.machine, item)) : [integers(site.machine, value)];
  return shapes.map(shape => tensor(shape === undefined ? undefined : withBatch(shape, name.startsWith('torchinfo')), 'a summary of the model'));
}

function withBatch(shape: Shape, included: boolean): Shape {
  const [first] = shape;
  const open = (size: Int | undefined): boolean => size !== undefined && asConstant(size) === -1;
  return included ? open(first) ? [batchSymbol(), ...shape.slice(1)] : shape : [batchSymbol(), ...shape];
}
