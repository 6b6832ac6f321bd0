import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Signature } from '../../../src/frameworks/api';
import { type Callee, bind } from '../../../src/frameworks/bind';
import { optional, required } from '../../../src/frameworks/signature';
import { integer, none, pythonText } from '../../../src/frameworks/value';
import { type Keywords, type TestArgument, call } from './call';

const signature: Signature = {
  parameters: [required('a'), required('b'), { ...optional('c', integer(7)), otherNames: ['old_c'] }, { ...optional('d', none), keywordOnly: true }],
  acceptsOtherKeywords: false,
};
const callee: Callee = { name: 'Layer.__init__', receivers: 1 };

function values(positional: readonly TestArgument[], keywords: Keywords = {}, hidden: Parameters<typeof call>[2] = {}): string {
  const binding = bind(signature, call(positional, keywords, hidden), callee);
  return ['a', 'b', 'c', 'd'].map(name => pythonText(binding.get(name).value)).join(' ');
}

function quotes(positional: readonly TestArgument[], keywords: Keywords = {}, of: Signature = signature, as: Callee = callee): readonly (string | undefined)[] {
  return bind(of, call(positional, keywords), as).problems.map(problem => problem.quote);
}

describe('binding of arguments', () => {
  it('takes positions, then keywords, then defaults', () => {
    assert.equal(values([1, 2]), '1 2 7 None');
    assert.equal(values([1], { c: 3, b: 2 }), '1 2 3 None');
    assert.equal(values([1, 2], { old_c: 3, d: 4 }), '1 2 3 4');
  });

  it('takes what is not given for unknown after *args or **kwargs of unknown content', () => {
    assert.equal(values([1], {}, { unknownPositional: true }), '1 ? ? None');
    assert.equal(values([1], {}, { unknownKeywords: true }), '1 ? ? ?');
    assert.deepEqual(bind(signature, call([], {}, { unknownKeywords: true }), callee).problems, []);
  });

  it('knows where an argument was written', () => {
    const binding = bind(signature, call([1, 2], { c: 3 }), callee);
    assert.deepEqual(['a', 'b', 'c', 'd'].map(name => [binding.get(name).position, binding.get(name).source, binding.get(name).last, binding.get(name).given]), [
      [0, 0, false, true], [1, 1, true, true], [undefined, 2, false, true], [undefined, undefined, false, false],
    ]);
  });

  const misuses: readonly (readonly [title: string, positional: readonly TestArgument[], Keywords, quotes: readonly string[]])[] = [
    ['missing one', [1], {}, ["TypeError: Layer.__init__() missing 1 required positional argument: 'b'"]],
    ['missing two', [], {}, ["TypeError: Layer.__init__() missing 2 required positional arguments: 'a' and 'b'"]],
    ['too many', [1, 2, 3, 4], {}, ['TypeError: Layer.__init__() takes from 3 to 4 positional arguments but 5 were given']],
    ['twice', [1, 2], { a: 3 }, ["TypeError: Layer.__init__() got multiple values for argument 'a'"]],
    ['unknown keyword', [1, 2], { e: 3 }, ["TypeError: Layer.__init__() got an unexpected keyword argument 'e'"]],
    ['a misspelt keyword is not missing as well', [1], { B: 3 }, ["TypeError: Layer.__init__() got an unexpected keyword argument 'B'"]],
  ];
  for (const [title, positional, keywords, expected] of misuses) {
    it(title, () => { assert.deepEqual(quotes(positional, keywords), expected); });
  }

  it('lists three missing names with a comma before "and", and keyword-only ones apart', () => {
    const three: Signature = { parameters: [required('a'), required('b'), required('c'), { ...required('d'), keywordOnly: true }], acceptsOtherKeywords: false };
    assert.deepEqual(quotes([], {}, three), [
      "TypeError: Layer.__init__() missing 3 required positional arguments: 'a', 'b', and 'c'",
      "TypeError: Layer.__init__() missing 1 required keyword-only argument: 'd'",
    ]);
  });

  it('reports a keyword written twice as the syntax error that it is', () => {
    const twice = { ...call([1, 2]), given: [...call([1, 2]).given, ...call([], { c: 1 }).given, ...call([], { c: 2 }).given] };
    assert.deepEqual(bind(signature, twice, callee).problems.map(problem => problem.quote), ['SyntaxError: keyword argument repeated: c']);
  });

  it('keeps keywords for **kwargs', () => {
    const open: Signature = { ...signature, acceptsOtherKeywords: true };
    const binding = bind(open, call([1, 2], { name: 'x' }), callee);
    assert.deepEqual(binding.problems, []);
    assert.deepEqual([...binding.others.keys()], ['name']);
  });

  it('words messages as TensorFlow does', () => {
    const tensorflow: Callee = { name: 'conv2d_transpose', receivers: 0, wording: 'tensorflow' };
    assert.deepEqual(quotes([1], {}, signature, tensorflow), ['TypeError: Missing required positional argument']);
    assert.deepEqual(quotes([1, 2, 3, 4], {}, signature, tensorflow), ['TypeError: Too many arguments were given. Expected 3 but got 4.']);
  });

  it('binds like a plain model of Python for all small calls', () => {
    const names = ['a', 'b', 'c'];
    fc.assert(fc.property(fc.integer({ min: 0, max: 4 }), fc.subarray(['a', 'b', 'c', 'x']), (positional, keywords) => {
      const given = call(Array.from({ length: positional }, (_, index) => index), Object.fromEntries(keywords.map((name, index) => [name, 10 + index])));
      const { problems } = bind(signature, given, callee);
      const taken = names.slice(0, positional);
      const wrong = positional > 3 || keywords.some(name => name === 'x' || taken.includes(name))
        || ['a', 'b'].some(name => !taken.includes(name) && !keywords.includes(name));
      assert.equal(problems.length > 0, wrong);
    }), { seed: 1, numRuns: 300 });
  });
});
