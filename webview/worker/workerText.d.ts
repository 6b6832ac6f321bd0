/** A worker's bundled program as text, put there by scripts/lib/workerText.mjs. */
declare module '*?worker' {
  const text: string;
  export { text };
}
