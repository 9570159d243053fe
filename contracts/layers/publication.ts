import { number, oneOf, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';
import { messageStateTitles } from '../records/message.ts';

/** Public statements of a week, from draft to sent; one row each, written by the outbox (docs/outbound.md). */
export const publication = defineLayer({
  slug: 'publication',
  title: title('对外发布', 'Public statements'),
  topic: 'opinion',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: 604_800,
  retention: 'record',
  columns: {
    title: text(title('事件', 'Incident title'), 160, { label: 'internal' }),
    incident: text(title('事件编号', 'Incident'), 20, { label: 'internal' }),
    incidentId: number(title('事件', 'Incident id'), ['count', 1, 0, 2_000_000_000]),
    state: oneOf(title('状态', 'State'), messageStateTitles),
    text: text(title('正文', 'Text'), 2000, { label: 'internal', detail: true }),
    facts: number(title('依据', 'Facts it rests on'), ['count', 1, 0, 20]),
    writtenBy: text(title('拟稿人', 'Worded by'), 60, { label: 'internal' }),
    approvedBy: text(title('审核人', 'Approved by'), 60, {
      label: 'internal',
      nullMeans: 'nobody has approved it yet',
    }),
    writtenAt: time(title('拟稿', 'Worded')),
    publishedAt: time(title('发布', 'Published'), 1000, {
      nullMeans: 'not yet; of one that was withheld, when it would have been',
    }),
  },
});
