/** A colour as SVG programs other than browsers understand it. */
export interface PlainColour {
  /** `#rrggbb` */
  readonly hex: string;
  /** 0 to 1 */
  readonly opacity: number;
}

const known = new Map<string, PlainColour>();
let context: CanvasRenderingContext2D | null | undefined;

/** Any CSS colour, as computed: names, `rgb()`, `color()`, `color-mix()`. */
export function plainColour(css: string): PlainColour {
  const found = known.get(css);
  if (found !== undefined) return found;
  const colour = painted(css);
  known.set(css, colour);
  return colour;
}

/** By painting with it and looking. */
function painted(css: string): PlainColour {
  if (context === undefined) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    context = canvas.getContext('2d', { willReadFrequently: true });
  }
  if (!context) return { hex: '#000000', opacity: 1 };
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = '#000';
  context.fillStyle = css;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  return { hex: `#${[red, green, blue].map(part => part.toString(16).padStart(2, '0')).join('')}`, opacity: Math.round(alpha / 2.55) / 100 };
}
