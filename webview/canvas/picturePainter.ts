import { brightness, type Picture } from '../images/picture';
import { diverging, sequential } from './colour';
import { themeColour } from './surface';

export interface PictureStyle {
  /** `natural`: as it is; `signed`: two hues around zero; `amount`: dark to light. */
  readonly map: 'natural' | 'signed' | 'amount';
  /** The values that the map's ends stand for. */
  readonly range: readonly [number, number];
  /** Circles at these shares of the width and height, for frequencies. */
  readonly marks?: readonly (readonly [x: number, y: number])[];
}

/** Paints a picture pixel by pixel; its size on the page is the style sheet's business. */
export function paintPicture(canvas: HTMLCanvasElement, picture: Picture, style: PictureStyle): void {
  canvas.width = picture.width;
  canvas.height = picture.height;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const image = context.createImageData(picture.width, picture.height);
  const [least, most] = style.range;
  const span = most - least || 1;
  const area = picture.width * picture.height;
  const grey = style.map === 'natural' ? picture : brightness(picture);
  for (let index = 0; index < area; index++) {
    const value = grey.data[index] ?? 0;
    if (style.map === 'natural') {
      for (let plane = 0; plane < 3; plane++) {
        const channel = picture.planes === 3 ? picture.data[index + plane * area] ?? 0 : value;
        image.data[index * 4 + plane] = (channel - least) / span * 255;
      }
    } else {
      const [red, green, blue] = style.map === 'signed' ? diverging(value / Math.max(Math.abs(least), Math.abs(most), 1e-9)) : sequential((value - least) / span);
      image.data[index * 4] = red;
      image.data[index * 4 + 1] = green;
      image.data[index * 4 + 2] = blue;
    }
    image.data[index * 4 + 3] = 255;
  }
  context.putImageData(image, 0, 0);
  if (style.marks === undefined) return;
  context.strokeStyle = themeColour(canvas, '--vscode-charts-red', '#f14c4c');
  context.lineWidth = Math.max(1, picture.width / 128);
  for (const [x, y] of style.marks) {
    context.beginPath();
    context.arc(x * picture.width, y * picture.height, picture.width / 28, 0, 2 * Math.PI);
    context.stroke();
  }
}
