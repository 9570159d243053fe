// Thresholds of indicators as a kind of settings of the city: what holds, whether others fit, which regions would be at
// another level by them.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';
import { CodedError } from '../../contracts/errors.ts';
import type { KeptLimits, SettingEffects } from '../../contracts/records/city-setting.ts';
import { limitCode } from '../../contracts/records/city-setting.ts';
import type { Indicators, LevelChange } from '../indicators/port.ts';
import type { CitySort } from './city-keeper.ts';
import { valueAs } from './value-as.ts';

/** What an indicator is judged by, as its definition says. */
export interface JudgedIndicator {
  readonly slug: string;
  readonly title: Title;
  readonly unit: Title;
  readonly key: boolean;
  readonly direction: 'down' | 'up' | 'band';
  /** Without an end: in force. */
  readonly code: readonly number[];
  /** null: others fit. */
  readonly faultOf: (code: readonly number[]) => string | null;
}

export interface LimitParts {
  readonly judged: readonly JudgedIndicator[];
  readonly changed: () => ReadonlyMap<string, readonly number[]>;
  readonly put: (slug: string, code: readonly number[] | null) => void;
  readonly indicators: Pick<Indicators, 'levelsWith'>;
  readonly nameOf: (region: string) => Title | null;
}

const levelTitles: Readonly<Record<NonNullable<LevelChange['level']>, Title>> = {
  normal: title('正常', 'normal'),
  blue: title('蓝', 'blue'),
  yellow: title('黄', 'yellow'),
  orange: title('橙', 'orange'),
  red: title('红', 'red'),
};
const noLevel = title('无级别', 'no level');

export function limitSort(parts: LimitParts): CitySort<KeptLimits> {
  const { judged, changed, put, indicators, nameOf } = parts;
  const require = (slug: string): JudgedIndicator => {
    const found = judged.find((one) => one.slug === slug);
    if (!found) throw new CodedError('request/not-found', `indicator ${slug} with thresholds`);
    return found;
  };
  return {
    items: () =>
      judged.map(({ slug, code, title: name, unit, key, direction }) => {
        const value = changed().get(slug) ?? code;
        const isChanged = changed().has(slug);
        return { id: slug, title: name, unit, key, direction, value, written: code, isChanged };
      }),
    check: (slug, value) => {
      const { faultOf } = require(slug);
      const code = value === null ? null : valueAs(limitCode, value);
      const fault = code && faultOf(code);
      if (fault) throw new CodedError('request/invalid', `thresholds of ${slug}: ${fault}`);
    },
    effects: (slug, value): SettingEffects => {
      const code = value === null ? require(slug).code : valueAs(limitCode, value);
      const regions = indicators.levelsWith(slug, code);
      return {
        seen: regions.length,
        effects: regions.filter(({ level, then }) => level !== then).map((one) => effectOf(one, nameOf)),
      };
    },
    apply: (slug, value) => put(slug, value === null ? null : valueAs(limitCode, value)),
  };
}

function effectOf({ region, value, level, then }: LevelChange, nameOf: LimitParts['nameOf']) {
  const { zh, en } = nameOf(region) ?? { zh: region, en: region };
  const shown = String(Math.round(value * 100) / 100);
  return {
    what: title(`${zh} ${shown}`, `${en} ${shown}`),
    before: level ? levelTitles[level] : noLevel,
    after: then ? levelTitles[then] : noLevel,
  };
}
