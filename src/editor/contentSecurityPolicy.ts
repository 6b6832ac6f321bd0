/**
 * What the page of a webview may load: its own script by nonce, WebAssembly for the kernel's SIMD engine, a worker from
 * the text that the script carries, and style sheets, fonts and pictures of the extension; pictures also from memory.
 * @param source where the editor serves the extension's files from.
 */
export function contentSecurityPolicy(nonce: string, source: string): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}' 'wasm-unsafe-eval'`,
    `worker-src blob:`,
    `style-src ${source}`,
    `img-src ${source} data: blob:`,
    `font-src ${source}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

/** 144 random bits, in characters that an attribute can hold. */
export function randomNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes));
}
