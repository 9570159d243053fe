import { number, oneOf, strings, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Between thresholds in the column `limits`. */
export const LIMIT_MARK = '|';

/**
 * Computed indicators with what they were computed from. One row an indicator and region; `validAt` is the moment the
 * value was computed for. Titles, formulae and thresholds are facts of the definition that `formula` names.
 */
export const indicatorValue = defineLayer({
  slug: 'indicator-value',
  title: title('指标', 'Indicators'),
  topic: 'system',
  kind: 'table',
  time: 'observed',
  periodS: 60,
  expireS: null,
  retention: 'telemetry',
  citywide: true,
  columns: {
    indicator: text(title('指标', 'Indicator'), 80),
    region: text(title('区域', 'Region'), 12, { origin: 'code of the county, or of the whole city' }),
    value: number(title('数值', 'Value'), ['1', 0.001, -2_000_000, 2_000_000], {
      nullMeans: 'nothing to compute it from: see state; never a zero',
    }),
    unit: text(title('单位', 'Unit'), 20, { nullMeans: 'a number without unit, such as an index' }),
    state: oneOf(title('状态', 'State'), {
      waiting: title('正在取数据', 'Fetching data'),
      current: title('正常', 'Current'),
      stale: title('陈旧', 'Stale'),
      insufficient: title('数据不足', 'Not enough data'),
      off: title('未接入', 'Not connected'),
    }),
    level: oneOf(
      title('级别', 'Level'),
      {
        normal: title('正常', 'Normal'),
        blue: title('蓝', 'Blue'),
        yellow: title('黄', 'Yellow'),
        orange: title('橙', 'Orange'),
        red: title('红', 'Red'),
      },
      { nullMeans: 'no thresholds are set, or there is no current value' },
    ),
    score: number(title('得分', 'Score'), ['1', 0.1, 0, 100], {
      nullMeans: 'no thresholds are set, or there is no current value',
    }),
    freshness: number(title('新鲜度', 'Freshness'), ['1', 0.1, 0, 1], {
      nullMeans: 'there never was a value',
      origin: '1 up to 2 periods, 0.5 up to 4, else 0',
    }),
    numerator: number(title('分子', 'Numerator'), ['1', 0.001, -2_000_000, 2_000_000], {
      nullMeans: 'not a quotient, or too large for the column',
    }),
    denominator: number(title('分母', 'Denominator'), ['1', 0.001, -2_000_000, 2_000_000], {
      nullMeans: 'not a quotient, or too large for the column',
    }),
    coveragePct: number(title('覆盖率', 'Coverage'), ['percent', 0.1, 0, 100], {
      origin: 'usable inputs among all that should be there; of a vital sign Σwf / Σw',
    }),
    oldestInputS: number(title('最旧输入', 'Oldest input'), ['s', 1, 0, 31_536_000], {
      nullMeans: 'no input was used',
    }),
    inputs: strings(title('输入', 'Inputs'), [40, 60], { origin: 'layers, or the indicators of an index' }),
    parts: strings(title('构成', 'Parts'), [20, 60], {
      nullMeans: 'the number says it all',
      origin: 'such as "PM2.5" or "red 2"',
    }),
    formula: text(title('口径', 'Formula'), 90, { origin: '"slug@version" of the definition' }),
    limits: text(title('阈值', 'Thresholds'), 80, {
      nullMeans: 'it is not judged',
      origin: 'in force when it was computed, in the unit of the value: "4|6|8", or both ends of a band',
    }),
  },
});
