// What other areas see of history: types only, instances come from the composition root.
export type { Gap } from './gaps.ts';
export type { SeriesAnswer, SeriesReader } from './series.ts';
export type { Aggregate } from './thin.ts';
