// Rosters of what every county reports once.
import type { CityFacts } from '../define.ts';

/** 1 for a county, the number of counties for the city. */
export const countCounties = ({ profile }: CityFacts, county: string | null): number =>
  county === null ? profile.countyOrder.length : 1;
