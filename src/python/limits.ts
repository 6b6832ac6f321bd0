/**
 * The bounds on the interpreter's work, in one place. Where one is reached, what is left is unknown,
 * and the analysis says so.
 */
export const limits = {
  /** Statements, turns and calls for one statement of a module: building and calling a model can be one. */
  statementSteps: 60_000,
  /** The same for all statements of a module. */
  moduleSteps: 120_000,
  /** The same for each function that nobody in the source calls. */
  functionSteps: 30_000,
  /** Modules that pass a name on, one to the next. */
  importDepth: 24,
  /** `from … import *` in one module; names that more of them may bring are unknown. */
  starImports: 32,
  /** Modules that the source imports, directly or not. */
  modules: 200,
  /** Statements, turns and calls for one statement of those. */
  importStatementSteps: 8_000,
  /** The same for all statements of those. */
  importSteps: 100_000,
  /** Of a class, after which no other of its methods that nobody calls is run. */
  classSteps: 60_000,
  /** And for all of it together. */
  totalSteps: 200_000,
  /** For each of the calls that execution does not come to, until all of them together have taken {@link sweepSteps}. */
  sweptCallSteps: 10_000,
  sweepSteps: 40_000,
  /** And for each of them after that: enough for a layer. */
  lateSweptCallSteps: 100,
  /** The same for the decorators of one function: many only write its documentation. */
  decoratorSteps: 2_000,
  /** And for one decorator of a class: registries need few. */
  classDecoratorSteps: 200,
  /** Expressions that count as one step: most statements have few. */
  evaluationsPerStep: 16,
  /** Steps for asking a library about a call: it may make a layer, or apply one. */
  librarySteps: 10,
  /** Turns of a `while` whose condition is known; those after are any number of turns. */
  whileTurns: 32,
  /** Nested calls of the source's own functions. */
  callDepth: 28,
  /** The same function within itself, where it is not certain that it is called again. */
  recursion: 2,
  /** Expressions within expressions, in evaluation. */
  evaluationDepth: 400,
  /** Instances of a class for which methods that nobody calls are run. */
  instancesPerClass: 4,
} as const;
