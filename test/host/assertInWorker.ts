// `node:assert/strict` for suites that run in the web extension host.
// @ts-expect-error -- the package has the types of node:assert
import assert from 'assert/';
import type nodeAssert from 'node:assert/strict';

const { strict } = assert as { readonly strict: typeof nodeAssert };
export { strict as default };
