import { number, oneOf, severity, strings, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';
import { ackSubjectTitles } from '../records/acknowledgement.ts';

/** How many town posts acknowledged a warning or a dispatch order; one row each, written by its record (docs/acknowledgements.md). */
export const acknowledgement = defineLayer({
  slug: 'acknowledgement',
  title: title('叫应签收', 'Acknowledgements'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'record',
  citywide: true,
  columns: {
    title: text(title('标题', 'Title'), 200),
    subject: oneOf(title('事项', 'Subject'), ackSubjectTitles),
    of: text(title('文号', 'Identifier'), 200),
    severity: oneOf(title('级别', 'Level'), severity, { nullMeans: 'it has none' }),
    asked: number(title('应签收', 'Asked'), ['count', 1, 0, 100_000]),
    acknowledged: number(title('已签收', 'Acknowledged'), ['count', 1, 0, 100_000]),
    late: number(title('超时签收', 'Late'), ['count', 1, 0, 100_000]),
    state: oneOf(title('状态', 'State'), {
      waiting: title('待签收', 'Waiting'),
      complete: title('全部签收', 'All acknowledged'),
      escalated: title('超时未签收', 'Escalated'),
    }),
    missing: strings(title('未签收', 'Missing'), [40, 60]),
    at: time(title('发出', 'Asked at')),
    dueAt: time(title('时限', 'Due')),
    revision: number(title('版本', 'Revision'), ['count', 1, 0, 2_000_000_000], {
      origin: 'sequence of its last entry in the log',
    }),
  },
});
