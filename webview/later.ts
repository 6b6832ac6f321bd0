// What the page needs after its first picture: the other views, and what saves a view.
import './views/compare';
import './views/image';
import './views/overlap';
import './views/quiz';
import './views/solve';
import './views/transpose';

export { gifOf } from './export/animation';
export { pictureOf } from './export/picture';
export { pngOf, svgBytes } from './export/raster';
export { convolutionFrames, stepFrames } from './export/stepFrames';
