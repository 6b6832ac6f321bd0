import type { Framework, Problem, ProblemKind } from '../frameworks/api';
import { format } from '../algebra/format';
import type { Instance, Layer } from '../network/layer';
import { parameterEdits } from './edit';
import { overInstances } from './instances';
import { placeOfProblem } from './place';
import type { Fix, Related, Rule, RuleContext, Violation } from './rule';

/**
 * A rule that reports what the framework's own checks reject: the frameworks find the problems while they
 * read the arguments, the rule puts them on the argument at fault, quotes the framework and offers the
 * evident correction.
 *
 * @param places parameters to point at where the problem names none.
 */
export function problemRule(kind: ProblemKind, rule: Omit<Rule, 'check' | 'name'>, places: readonly string[] = []): Rule {
  return {
    ...rule,
    name: kind,
    checkLayer: (context, layer) => overInstances(layer, instance => instance.problems
      .filter(problem => problem.kind === kind)
      .map(problem => toViolation(context, layer, instance, problem, places))),
  };
}

function toViolation(context: RuleContext, layer: Layer, instance: Instance, problem: Problem, places: readonly string[]): Violation {
  return {
    range: placeOfProblem(layer, problem, places),
    message: problem.message + quotation(layer.reading.api.framework, problem),
    fixes: correction(context, layer, problem),
    related: problem.when === 'call' ? inputGiver(instance) : [],
  };
}

/** The layer that gave the input, whose sizes are wrong for this one. */
function inputGiver({ input, inputFrom }: Instance): readonly Related[] {
  if (input === undefined || inputFrom === undefined) return [];
  return [{ range: inputFrom, message: `the input (${input.map(size => format(size)).join(', ')}) comes from this layer` }];
}

const frameworkNames: Readonly<Record<Framework, string>> = { pytorch: 'PyTorch', keras: 'Keras', tensorflow: 'TensorFlow', jax: 'JAX' };

/** The framework's own words, so that a search finds them. */
function quotation(framework: Framework, { quote, when }: Problem): string {
  if (quote === undefined) return '';
  const moment = when === 'construction' ? ' when the layer is made' : when === 'call' ? ' when it is applied' : '';
  return ` ${frameworkNames[framework]} says${moment}: ${quote}`;
}

function correction(context: RuleContext, layer: Layer, problem: Problem): readonly Fix[] {
  if (problem.correction === undefined) return [];
  const edits = parameterEdits(layer, problem.correction.set, range => context.text(range));
  return edits === undefined || edits.length === 0 ? [] : [{ title: problem.correction.title, edits, preferred: true }];
}
