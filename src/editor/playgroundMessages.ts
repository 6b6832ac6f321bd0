import { isPlainArgument, type ArgumentChange, type ToEditor } from '../protocol';

/** Pictures are smaller than this. */
const largestFile = 64 * 1024 * 1024;

/** A message from the page, checked as what comes from anywhere; `undefined` where it is none. Never throws. */
export function readMessage(value: unknown): ToEditor | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as Readonly<Record<string, unknown>>;
  const { type } = message;
  switch (type) {
    case 'ready': case 'revealSource': return { type };
    case 'openRule': {
      const { rule } = message;
      return typeof rule === 'string' && /^TC\d{3}$/.test(rule) ? { type, rule } : undefined;
    }
    case 'follow': return typeof message['on'] === 'boolean' ? { type, on: message['on'] } : undefined;
    case 'editCall': {
      const { request, revision, apply, changes } = message;
      if (!isCount(request) || !isCount(revision) || typeof apply !== 'boolean') return undefined;
      return Array.isArray(changes) && changes.length <= 64 && changes.every(isChange) ? { type, request, revision, apply, changes } : undefined;
    }
    case 'saveFile': {
      const { name, content } = message;
      if (typeof name !== 'string' || !/^[\w-]{1,80}\.(?:png|svg|gif)$/.test(name)) return undefined;
      return content instanceof Uint8Array && content.byteLength <= largestFile ? { type, name, content } : undefined;
    }
    case 'failed': {
      const { message: text } = message;
      return typeof text === 'string' ? { type, message: text.slice(0, 2000) } : undefined;
    }
    default: return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isChange(value: unknown): value is ArgumentChange {
  if (typeof value !== 'object' || value === null) return false;
  const { name, value: argument } = value as Partial<Record<keyof ArgumentChange, unknown>>;
  return typeof name === 'string' && /^[A-Za-z_]\w{0,60}$/.test(name) && (argument === undefined || isPlainArgument(argument));
}
