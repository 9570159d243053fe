import { number, oneOf, strings, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Computed indicators with what they were computed from. One row an indicator and region. */
export const indicatorValue = defineLayer({
  slug: 'indicator-value',
  title: title('指标', 'Indicators'),
  topic: 'system',
  kind: 'table',
  time: 'observed',
  periodS: 60,
  expireS: null,
  retention: 'telemetry',
  columns: {
    indicator: text(title('指标', 'Indicator'), 80),
    region: text(title('区域', 'Region'), 12),
    value: number(title('数值', 'Value'), ['1', 0.001, -2_000_000, 2_000_000]),
    unit: text(title('单位', 'Unit'), 20),
    level: oneOf(title('级别', 'Level'), {
      normal: title('正常', 'Normal'),
      blue: title('蓝', 'Blue'),
      yellow: title('黄', 'Yellow'),
      orange: title('橙', 'Orange'),
      red: title('红', 'Red'),
    }),
    coveragePct: number(title('覆盖率', 'Coverage'), ['percent', 0.1, 0, 100]),
    oldestInputS: number(title('最旧输入', 'Oldest input'), ['s', 1, 0, 31_536_000]),
    inputs: strings(title('输入', 'Inputs'), [40, 60]),
  },
});
