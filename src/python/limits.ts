/**
 * The bounds on the interpreter's work, in one place. Where one is reached, what is left is unknown,
 * and the analysis says so.
 */
export const limits = {
  /** Statements, turns and calls for the module's own code. */
  moduleSteps: 60_000,
  /** The same for each function that nobody in the source calls. */
  functionSteps: 15_000,
  /** And for all of them together. */
  totalSteps: 250_000,
  /** Nested calls of the source's own functions. */
  callDepth: 28,
  /** The same function within itself. */
  recursion: 2,
  /** Expressions within expressions, in evaluation. */
  evaluationDepth: 400,
  /** Instances of a class for which methods that nobody calls are run. */
  instancesPerClass: 4,
} as const;
