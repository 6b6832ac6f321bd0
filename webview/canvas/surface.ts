import type { ReactiveControllerHost } from 'lit';

/** A canvas made ready to paint in CSS pixels, sharp on any screen. `undefined` where the browser gives no context. */
export function surface(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | undefined {
  const density = Math.min(globalThis.devicePixelRatio || 1, 3);
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/** The theme's colours as an element sees them. */
export function themeColour(element: Element, name: string, fallback: string): string {
  return getComputedStyle(element).getPropertyValue(name).trim() || fallback;
}

/** Has a component paint again when the theme changes, while it is on the page: the editor changes attributes of the root and the body. */
export function repaintOnThemeChange(host: ReactiveControllerHost, paint: () => void): void {
  const observer = new MutationObserver(paint);
  const options = { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'data-vscode-theme-kind'] };
  host.addController({
    hostConnected() {
      observer.observe(document.documentElement, options);
      observer.observe(document.body, options);
    },
    hostDisconnected() { observer.disconnect(); },
  });
}
