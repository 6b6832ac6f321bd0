import type { State } from '../state';

/** What a view changes of the state. */
export type StateChange = Partial<Omit<State, 'version'>>;

/** Tells the shell about a change; the new state comes back through the view's properties. */
export function changeState(from: EventTarget, change: StateChange): void {
  from.dispatchEvent(new CustomEvent<StateChange>('state-change', { detail: change, bubbles: true, composed: true }));
}

/** What a choice of sub-view or example asks for beside the state: said in the live region. */
declare global {
  interface HTMLElementEventMap { 'state-change': CustomEvent<StateChange> }
}
