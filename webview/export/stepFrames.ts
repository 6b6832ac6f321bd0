import type { LitElement } from 'lit';
import type { NumberGrid } from '../controls/numberGrid';
import { makePair } from '../grids/adjoint';
import { makeNumbers, stepCount } from '../grids/numbers';
import type { Model } from '../layer/model';
import type { StepState } from '../state/step';
import '../views/step';
import '../views/transpose';
import type { Frame, Frames, Patch } from './animation';
import type { Box } from './box';
import { ChangedParts } from './changedParts';
import { hideTools, partsPicture, pictureOf, type Picture } from './picture';
import { drawOn, rasterize } from './raster';

/** The pictures of a view from its first step to the last, drawn where nobody sees them. */
export interface StepFrames extends Frames {
  readonly dispose: () => void;
}

/** With more frames than this only every second step is shown, or every third. */
const mostFrames = 120;
const width = 880;
/** For long rows, which are cut off beyond. */
const mostWidth = 1760;

/** @returns `undefined` where step view has nothing to show. */
export function stepFrames(model: Model, settings: StepState, caption: string): StepFrames | undefined {
  const numbers = model.axes && makeNumbers(model.axes, settings, model.flip);
  if (numbers === undefined) return undefined;
  const view = hidden(Object.assign(document.createElement('tconv-step-view'), { model, settings }));
  return new Drawer(view, positions(stepCount(numbers, settings.form)).map(position => ({ ...settings, position })), caption);
}

/** The convolution and its transpose in step. @returns `undefined` where that view has nothing to show. */
export function convolutionFrames(model: Model, step: StepState, caption: string): StepFrames | undefined {
  const pair = model.axes && makePair(model.axes, step, model.flip);
  if (pair === undefined) return undefined;
  const settings = positions(pair.x.length).map(position => ({ position }));
  const view = hidden(Object.assign(document.createElement('tconv-transpose-view'), { model, step, settings: settings[0], operationsAlone: true }));
  return new Drawer(view, settings, caption);
}

function positions(total: number): readonly number[] {
  const stride = Math.ceil(total / mostFrames);
  return [...Array.from({ length: Math.ceil(total / stride) }, (_, index) => index * stride), total];
}

function hidden<View extends HTMLElement>(view: View): View {
  view.inert = true;
  view.setAttribute('aria-hidden', 'true');
  Object.assign(view.style, { position: 'fixed', top: '0', left: '-10000px', width: `${width}px` });
  document.body.append(view);
  return view;
}

/** @typeParam Settings where the view stands among its steps */
class Drawer<Settings> implements StepFrames {
  private readonly changed: ChangedParts;
  private canvas: CanvasRenderingContext2D | undefined;
  private last = 0;

  constructor(private readonly view: LitElement & { settings: Settings }, private readonly settings: readonly Settings[], private readonly caption: string) {
    this.changed = new ChangedParts(view);
  }

  get count(): number {
    return this.settings.length;
  }

  async whole(index: number): Promise<Frame> {
    await this.show(index);
    this.widen();
    this.changed.take();
    return this.drawWhole();
  }

  /** Draws only what has changed, where it can: a picture of all takes many times as long. */
  async next(): Promise<Frame> {
    await this.show(this.last + 1);
    const parts = this.changed.take();
    const picture = parts && partsPicture(this.view, parts, this.caption);
    const { canvas } = this;
    if (picture === undefined || canvas === undefined) return this.drawWhole();
    if (picture.boxes.length > 0) await drawOn(canvas, picture);
    return { width: picture.width, height: picture.height, whole: false, patches: picture.boxes.map(box => patchOf(canvas, box)) };
  }

  dispose(): void {
    this.changed.dispose();
    this.view.remove();
  }

  private async show(index: number): Promise<void> {
    const { view } = this;
    this.last = index;
    view.settings = this.settings[index] ?? view.settings;
    await view.updateComplete;
    await Promise.all(this.grids().map(grid => grid.updateComplete));
    hideTools(view);
  }

  private grids(): readonly NumberGrid[] {
    return [...this.view.renderRoot.querySelectorAll<NumberGrid>('tconv-grid')];
  }

  /** Cells grow with the view, so that what is still hidden is looked at again. */
  private widen(): void {
    const { view } = this;
    for (let turns = 0; turns < 4; turns++) {
      const hiddenWidth = Math.max(0, ...this.grids().map(grid => grid.hiddenWidth));
      if (hiddenWidth === 0) return;
      view.style.width = `${Math.min(mostWidth, view.offsetWidth + hiddenWidth)}px`;
    }
  }

  private async drawWhole(): Promise<Frame> {
    const picture: Picture = pictureOf(this.view, this.caption);
    this.canvas = await rasterize(picture, 1);
    const { width, height } = picture;
    return { width, height, whole: true, patches: [{ x: 0, y: 0, pixels: this.canvas.getImageData(0, 0, width, height) }] };
  }
}

function patchOf(context: CanvasRenderingContext2D, { x, y, width, height }: Box): Patch {
  return { x, y, pixels: context.getImageData(x, y, width, height) };
}
