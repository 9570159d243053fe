// What other areas see of settings: types only, the instance comes from the composition root.
export type { CityKeeper } from './city-keeper.ts';
export type { FeedKeeper } from './feed-keeper.ts';
