// Rosters of what every county reports once.
import type { CityFacts } from '../define.ts';

/** 1 for a county, the number of counties for the city; what lies inside counties (an overlay) reports nothing of its own. */
export const countCounties = ({ counties }: CityFacts, county: string | null): number =>
  counties.filter(
    ({ properties }) => properties.kind === 'county' && (county === null || properties.code === county),
  ).length;
