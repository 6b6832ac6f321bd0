import type { ToEditor, ToPlayground } from '../src/protocol';
import { defaultState, parseState, type State } from './state';

/** Where the page runs: in an editor panel, or by itself in a browser. */
export interface Host {
  readonly kind: 'editor' | 'page';
  load(): State;
  save(state: State): void;
  send(message: ToEditor): void;
  onMessage(listener: (message: ToPlayground) => void): void;
  /** An address that opens the page in this state, where there is one. */
  readonly link?: (state: State) => string;
}

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

export function connect(): Host {
  const acquire = (globalThis as { acquireVsCodeApi?: () => EditorApi }).acquireVsCodeApi;
  return acquire === undefined ? pageHost() : editorHost(acquire());
}

function editorHost(api: EditorApi): Host {
  return {
    kind: 'editor',
    load: () => parseState(api.getState()),
    save: state => { api.setState(state); },
    send: message => { api.postMessage(message); },
    onMessage(listener) {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (isMessage(event.data)) listener(event.data);
      });
    },
  };
}

const storageKey = 'transposed-conv-lens.playground';

/** By itself the page keeps its state in the browser, and takes one from the address: `#state=…`. */
function pageHost(): Host {
  return {
    kind: 'page',
    load() {
      const fromLink = new URLSearchParams(location.hash.slice(1)).get('state');
      if (fromLink === null) return parseText(stored());
      // Taken once: from here on the page keeps its own state, also over a reload.
      history.replaceState(null, '', location.pathname);
      return parseText(fromLink);
    },
    save(state) {
      try {
        localStorage.setItem(storageKey, JSON.stringify(state));
      } catch {
        // Storage may be switched off or full; the page works without.
      }
    },
    send: () => undefined,
    link: state => `${location.origin}${location.pathname}#state=${encodeURIComponent(JSON.stringify(state))}`,
    onMessage(listener) {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (event.origin === location.origin && isMessage(event.data)) listener(event.data);
      });
    },
  };
}

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

function parseText(text: string | null): State {
  if (text === null) return defaultState;
  try {
    return parseState(JSON.parse(text));
  } catch {
    return defaultState;
  }
}

function isMessage(value: unknown): value is ToPlayground {
  return typeof value === 'object' && value !== null && (value as { type?: unknown }).type === 'showLayer'
    && typeof (value as { layer?: unknown }).layer === 'object';
}
