import { oneOf, strings, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** 平时 or 战时, for the city and for each county. */
export const mode = defineLayer({
  slug: 'mode',
  title: title('平战模式', 'Mode'),
  topic: 'system',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'state',
  citywide: true,
  columns: {
    name: text(title('范围', 'Area'), 40),
    mode: oneOf(title('模式', 'Mode'), {
      peace: title('平时', 'Peacetime'),
      crisis: title('战时', 'Crisis'),
    }),
    responseLevel: oneOf(
      title('响应级别', 'Response level'),
      {
        I: title('Ⅰ级', 'I'),
        II: title('Ⅱ级', 'II'),
        III: title('Ⅲ级', 'III'),
        IV: title('Ⅳ级', 'IV'),
      },
      { nullMeans: 'no response is active' },
    ),
    sinceAt: time(title('自', 'Since')),
    title: text(title('名称', 'Name'), 40, { nullMeans: 'peacetime' }),
    responses: strings(title('响应', 'Responses'), [6, 40], {
      nullMeans: 'peacetime',
    }),
    scene: text(title('大屏场景', 'Scene of walls'), 60, { nullMeans: 'each wall keeps its own' }),
    untilAt: time(title('自动恢复', 'Ends by itself'), 1000, { nullMeans: 'peacetime' }),
  },
});
