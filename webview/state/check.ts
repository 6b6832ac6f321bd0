export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Takes over numbers, flags and strings of the same type as in the fallback. */
export function merge<T extends object>(fallback: T, value: Readonly<Record<string, unknown>>): T {
  const merged: Record<string, unknown> = { ...(fallback as Record<string, unknown>) };
  for (const [key, standard] of Object.entries(fallback)) {
    const candidate = value[key];
    const fits = typeof candidate === typeof standard && (typeof candidate !== 'number' || Number.isSafeInteger(candidate));
    if (fits && typeof candidate !== 'object') merged[key] = candidate;
  }
  return merged as unknown as T;
}

export function oneOf<T extends string>(allowed: readonly T[], value: unknown, fallback: T): T {
  return allowed.find(candidate => candidate === value) ?? fallback;
}

export function within(value: number, minimum: number, maximum: number): number {
  return Math.min(Math.max(Math.round(value), minimum), maximum);
}

/** Sizes above this are of no use here, and could only be a mistake or a wish to hang the page. */
export const maximumInputSize = 4096;

export function isSize(value: unknown): value is number {
  return isCount(value) && value >= 1 && value <= maximumInputSize;
}
