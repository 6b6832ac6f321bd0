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

  /** All pages as one, in order. */
  static together(pages: Iterable<Page>): Page {
    const all = new Page();
    for (const page of pages) {
      all.recorder.add(page.recorder);
      all.notes.add(page.notes);
      all.tensors.add(page.tensors);
      all.modelLayers.add(page.modelLayers);
    }
    return all;
  }
}
