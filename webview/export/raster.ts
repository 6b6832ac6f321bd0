import type { Picture } from './picture';

/** The picture in pixels, on a canvas of at least its size. */
export async function rasterize({ svg, width, height }: Picture, scale: number, room: { readonly width: number; readonly height: number } = { width, height }): Promise<CanvasRenderingContext2D> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(room.width * scale);
    canvas.height = Math.round(room.height * scale);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('The browser gives no canvas.');
    // Room that is left has the colour of the picture's corner.
    context.drawImage(image, 0, 0, Math.round(width * scale), Math.round(height * scale));
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    context.globalCompositeOperation = 'destination-over';
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(0, 0, canvas.width, canvas.height);
    return context;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Twice as many pixels as on the page, so that it stays sharp in print. */
export async function pngOf(picture: Picture): Promise<Uint8Array<ArrayBuffer>> {
  // A canvas has its limits: about 16 million pixels everywhere.
  const scale = Math.min(2, Math.sqrt(16_000_000 / (picture.width * picture.height)));
  const { canvas } = await rasterize(picture, scale);
  const blob = await new Promise<Blob | null>(resolve => { canvas.toBlob(resolve, 'image/png'); });
  if (blob === null) throw new Error('The picture is too large.');
  return new Uint8Array(await blob.arrayBuffer());
}

export function svgBytes({ svg }: Picture): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(svg);
}
