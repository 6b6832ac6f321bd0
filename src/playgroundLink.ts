/** Links to a state of the playground: JSON in characters that an address carries unchanged. */

/** Name of the parameter that holds the state. */
export const stateParameter = 'state';

/** Longer than any state of ours. */
const maximumLength = 60_000;

/** The value as base64url of its JSON in UTF-8 (RFC 4648, section 5, without padding). */
export function encodeState(state: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(state));
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/**
 * What was encoded: any JSON object, which is still to be checked.
 * @returns `undefined` for anything else. Never throws.
 */
export function decodeState(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.length > maximumLength || !/^[\w-]+$/.test(text)) return undefined;
  try {
    const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(binary, character => character.charCodeAt(0));
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Readonly<Record<string, unknown>> : undefined;
  } catch {
    return undefined;
  }
}
