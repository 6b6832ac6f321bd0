import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** How wide the element is, so that what is painted can be made to fit. */
export class Room implements ReactiveController {
  width = 600;
  private readonly resizing = new ResizeObserver(entries => {
    const width = entries[0]?.contentRect.width ?? 0;
    if (width <= 0 || Math.abs(width - this.width) <= 1) return;
    this.width = width;
    this.host.requestUpdate();
  });

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this);
  }

  hostConnected(): void {
    this.resizing.observe(this.host);
  }

  hostDisconnected(): void {
    this.resizing.disconnect();
  }
}
