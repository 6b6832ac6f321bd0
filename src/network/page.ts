import type { Places } from '../python/places';
import type { Unit } from '../python/unit';
import type { Done } from '../python/work';
import { noArgumentScope, type ArgumentScope } from './argumentScope';
import { LayerRecorder } from './layerRecorder';
import { Notes, type Note } from './notes';
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
  /** The one around what is run now; code leaves each that it enters. */
  argumentScope: ArgumentScope = noArgumentScope;
}

/** All pages of a document as one, put together when somebody asks. */
export class Pages {
  /** @param units the work that they belong to. */
  constructor(private readonly units: readonly Unit[]) {}

  get tensors(): TensorRecorder {
    const all = new TensorRecorder();
    for (const { tensors } of this.pages()) all.add(tensors);
    return all;
  }

  get modelLayers(): LayerRecorder {
    const all = new LayerRecorder();
    for (const { modelLayers } of this.pages()) all.add(modelLayers);
    return all;
  }

  private pages(): readonly Page[] {
    return this.units.flatMap(unit => pageOf(unit) ?? []);
  }
}

/** The page of a piece of work. */
export function pageOf({ page }: Unit): Page | undefined {
  return page instanceof Page ? page : undefined;
}

/** The notes of a document, from one analysis to the next. */
export class KeptNotes {
  /** Work that has some: little has. */
  private units: readonly Unit[] = [];

  /** @param first what is noted outside all work. */
  all({ fresh, gone }: Done, first: Page, places: Places): readonly Note[] {
    const lost = new Set(gone);
    this.units = [...this.units.filter(unit => !lost.has(unit)), ...fresh.filter(unit => pageOf(unit)?.notes.isEmpty === false)].sort((a, b) => a.order - b.order);
    const all = new Notes();
    for (const page of [first, ...this.units.map(pageOf)]) if (page !== undefined) all.add(page.notes);
    return all.placed(places);
  }
}
