/** A worker's bundled program, put there by scripts/lib/workerProgram.mjs. It needs nothing but its scope (a Port), so that its text can run elsewhere. */
declare module '*?worker' {
  function program(scope: unknown): unknown;
  export { program };
}
