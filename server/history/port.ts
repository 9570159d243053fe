// What other areas see of history: types only, instances come from the composition root.
export type { Gap } from './gaps.ts';
export type { History, HistoryReport } from './history.ts';
export type { ExtentAnswer, ExtentAsk } from './orders.ts';
export type { LoadedSeries, SeriesReader } from './series.ts';
