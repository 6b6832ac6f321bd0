import { LayerRecorder } from './layerRecorder';
import { Notes } from './notes';
import { Recorder } from './recorder';
import { TensorRecorder } from './tensorRecorder';

/**
 * What one piece of work of the interpreter has met. Pages are kept with the work, so that work that need not
 * be done again still counts; what a document holds is all its pages together.
 */
export class Page {
  readonly recorder = new Recorder();
  readonly notes = new Notes();
  readonly tensors = new TensorRecorder();
  readonly modelLayers = new LayerRecorder();
}

/** All pages of a document as one, put together when somebody asks. */
export class Pages {
  constructor(private readonly pages: readonly Page[]) {}

  get recorder(): Recorder {
    const all = new Recorder();
    for (const { recorder } of this.pages) all.add(recorder);
    return all;
  }

  get notes(): Notes {
    const all = new Notes();
    for (const { notes } of this.pages) all.add(notes);
    return all;
  }

  get tensors(): TensorRecorder {
    const all = new TensorRecorder();
    for (const { tensors } of this.pages) all.add(tensors);
    return all;
  }

  get modelLayers(): LayerRecorder {
    const all = new LayerRecorder();
    for (const { modelLayers } of this.pages) all.add(modelLayers);
    return all;
  }
}
