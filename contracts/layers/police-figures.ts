import { number, text, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

const patrolled = { origin: 'grids a patrol came through in the last hour' };

/** Figures the police share, one row a county: no cases, no people. */
export const policeFigures = defineLayer({
  slug: 'police-figures',
  title: title('治安态势', 'Police figures'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: 60,
  expireS: null,
  retention: 'telemetry',
  columns: {
    name: text(title('区县', 'County'), 60),
    calls110: number(title('近1小时110警情', '110 calls in the last hour'), ['count', 1, 0, 100_000]),
    calls110Usual: number(title('同期110警情', '110 calls as usual'), ['count', 0.5, 0, 100_000], {
      origin: 'median of the same hour and weekday of the last four weeks, reckoned by the source',
    }),
    patrolGrids: number(title('巡防网格', 'Patrol grids'), ['count', 1, 0, 100_000]),
    patrolGridsCovered: number(title('已巡网格', 'Grids patrolled'), ['count', 1, 0, 100_000], patrolled),
    fatalAccidents30d: number(title('30日亡人事故', 'Fatal accidents in 30 days'), ['count', 1, 0, 10_000]),
  },
});
