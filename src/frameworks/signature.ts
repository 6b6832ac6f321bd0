import type { Parameter } from './api';
import type { ArgumentValue } from './argument';

export function required(name: string): Parameter {
  return { name, default: undefined };
}

export function optional(name: string, value: ArgumentValue): Parameter {
  return { name, default: value };
}
