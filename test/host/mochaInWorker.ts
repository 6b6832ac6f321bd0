// In the web extension host there is no Node: mocha's own browser build, which leaves its class on the global object.
import '../../node_modules/mocha/mocha.js';
import type * as mocha from 'mocha';

const { Mocha } = globalThis as unknown as { readonly Mocha: typeof mocha };
export { Mocha as default };
