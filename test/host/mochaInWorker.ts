// In the web extension host there is no Node: mocha's own browser build, which leaves its class on the global object.
import 'mocha/mocha.js';

const { Mocha } = globalThis as unknown as { readonly Mocha: typeof import('mocha') };
export { Mocha as default };
