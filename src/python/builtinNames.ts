const names = new Set([
  'int', 'float', 'str', 'bool', 'len', 'range', 'enumerate', 'zip', 'reversed', 'list', 'tuple', 'dict', 'set', 'min', 'max',
  'sum', 'abs', 'round', 'sorted', 'map', 'isinstance', 'issubclass', 'getattr', 'globals', 'locals', 'vars', 'setattr', 'hasattr', 'print', 'super', 'divmod', 'pow',
  'any', 'all', 'staticmethod', 'classmethod', 'property', 'object', 'type', 'iter', 'next', 'filter', 'callable', 'frozenset', 'bytes', 'bytearray', 'complex',
]);

/** Whether Python itself gives the name a meaning that `builtins.ts` knows of. */
export function isBuiltin(name: string): boolean {
  return names.has(name);
}
