// What a measure comes to, in words.
import type { LonLat, Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';
import { areaM2, lengthM } from '../../geodesy.ts';
import { formatArea, formatLength } from '../../i18n/lengths.ts';
import { formatNumber } from '../../i18n/numbers.ts';
import type { MeasureKind } from '../../stores/measure.ts';
import type { Locale } from '../../stores/session.ts';
import type { Profile } from './profile.ts';

interface Measured {
  readonly kind: MeasureKind | null;
  readonly points: readonly LonLat[];
  /** null where no height is known or none is asked for. */
  readonly profile: Profile | null;
  readonly locale: Locale;
}

export type MeasureFact = readonly [name: Title, value: string];

const words = {
  length: title('长度', 'Length'),
  area: title('面积', 'Area'),
  perimeter: title('周长', 'Perimeter'),
  difference: title('高差', 'Difference'),
  from: title('起点高程', 'Height at the start'),
  to: title('终点高程', 'Height at the end'),
  slope: title('平均坡度', 'Mean slope'),
  lowest: title('最低', 'Lowest'),
  highest: title('最高', 'Highest'),
  climb: title('累计上升', 'Climb'),
  descent: title('累计下降', 'Descent'),
};

/** The most important first; nothing while there are too few points. */
export function factsOf({ kind, points, profile, locale }: Measured): MeasureFact[] {
  if (points.length < 2) return [];
  const length: MeasureFact = [words.length, formatLength(lengthM(points), locale)];
  switch (kind) {
    case 'distance':
      return [length];
    case 'area':
      return points.length < 3 ? [] : areaFacts(points, locale);
    case 'height':
      return profile ? heightFacts(profile, length, locale) : [length];
    case 'profile':
      return profile ? [length, ...profileFacts(profile, locale)] : [length];
    case null:
      return [];
  }
}

const metres = (value: number, locale: Locale): string => `${formatNumber(value, 1, locale)} m`;

function areaFacts(points: readonly LonLat[], locale: Locale): MeasureFact[] {
  return [
    [words.area, formatArea(areaM2(points), locale)],
    [words.perimeter, formatLength(lengthM([...points, ...points.slice(0, 1)]), locale)],
  ];
}

function heightFacts({ points }: Profile, length: MeasureFact, locale: Locale): MeasureFact[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return [length];
  const difference = last.heightM - first.heightM;
  const percent = last.alongM === 0 ? 0 : (difference / last.alongM) * 100;
  return [
    [words.difference, `${difference > 0 ? '+' : ''}${metres(difference, locale)}`],
    [words.from, metres(first.heightM, locale)],
    [words.to, metres(last.heightM, locale)],
    length,
    [words.slope, `${formatNumber(percent, 0.1, locale)} %`],
  ];
}

function profileFacts({ lowestM, highestM, climbM, descentM }: Profile, locale: Locale): MeasureFact[] {
  return [
    [words.lowest, metres(lowestM, locale)],
    [words.highest, metres(highestM, locale)],
    [words.climb, metres(climbM, locale)],
    [words.descent, metres(descentM, locale)],
  ];
}
