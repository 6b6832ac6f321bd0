// Stands for `@lezer/highlight`, which `@lezer/python` imports to name colours: the parser alone needs none of it.

/** @returns {() => null} adds nothing to the types of nodes */
export function styleTags() {
  return () => null;
}

/** Any tag, modified by any other. @type {unknown} */
export const tags = new Proxy(() => tags, { get: () => tags });
