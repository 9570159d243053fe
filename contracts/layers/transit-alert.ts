import { oneOf, strings, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Service notices of public transport (GTFS-Realtime Alert). */
export const transitAlert = defineLayer({
  slug: 'transit-alert',
  title: title('公交通知', 'Transit alerts'),
  topic: 'traffic',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'state',
  columns: {
    title: text(title('标题', 'Header'), 200),
    cause: oneOf(title('原因', 'Cause'), {
      unknown: title('未知', 'Unknown'),
      other: title('其他原因', 'Other cause'),
      technical: title('技术', 'Technical problem'),
      strike: title('罢工', 'Strike'),
      demonstration: title('集会', 'Demonstration'),
      accident: title('事故', 'Accident'),
      holiday: title('节假日', 'Holiday'),
      weather: title('天气', 'Weather'),
      maintenance: title('养护', 'Maintenance'),
      construction: title('施工', 'Construction'),
      police: title('警务', 'Police activity'),
      medical: title('急救', 'Medical emergency'),
    }),
    effect: oneOf(title('影响', 'Effect'), {
      no_service: title('停运', 'No service'),
      reduced: title('减班', 'Reduced service'),
      delays: title('严重晚点', 'Significant delays'),
      detour: title('绕行', 'Detour'),
      additional: title('加班', 'Additional service'),
      modified: title('调整', 'Modified service'),
      other: title('其他影响', 'Other effect'),
      unknown: title('未知', 'Unknown'),
      stop_moved: title('站点迁移', 'Stop moved'),
      none: title('无影响', 'No effect'),
      accessibility: title('无障碍', 'Accessibility issue'),
    }),
    routes: strings(title('线路', 'Routes'), [60, 60]),
    startAt: time(title('开始', 'Start')),
    endAt: time(title('结束', 'End'), 1000, { nullMeans: 'open end' }),
    description: text(title('说明', 'Description'), 4000, { detail: true }),
  },
});
