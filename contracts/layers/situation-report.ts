import { number, oneOf, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';
import { situationKindTitles } from '../records/situation.ts';

/** Situation and after-action reports that were issued within a week; one row each, written by the record (docs/orders.md). */
export const situationReport = defineLayer({
  slug: 'situation-report',
  title: title('情况报告', 'Situation reports'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: 604_800,
  retention: 'record',
  ofUnits: true,
  columns: {
    title: text(title('事件', 'Incident title'), 160, { label: 'internal' }),
    no: text(title('编号', 'Number'), 20),
    kind: oneOf(title('种类', 'Kind'), situationKindTitles),
    issue: number(title('期', 'Issue'), ['count', 1, 1, 10_000]),
    incident: text(title('事件编号', 'Incident'), 20),
    incidentId: number(title('事件', 'Incident id'), ['count', 1, 0, 2_000_000_000]),
    figures: number(title('数字', 'Figures'), ['count', 1, 0, 1000]),
    improvements: number(title('改进事项', 'Improvements'), ['count', 1, 0, 1000], {
      nullMeans: 'it is no after-action report',
    }),
    decisions: number(title('议定事项', 'Decisions'), ['count', 1, 0, 100]),
    signedAt: time(title('签发', 'Issued')),
  },
});
