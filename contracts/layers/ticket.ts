import { number, oneOf, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** 12345 tickets; places are blurred to about 100 m by the source. */
export const ticket = defineLayer({
  slug: 'ticket',
  title: title('工单', 'Tickets'),
  topic: 'opinion',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: 2_592_000,
  retention: 'state',
  columns: {
    position: position(),
    title: text(title('标题', 'Title'), 160),
    category: text(title('类别', 'Category'), 40),
    categoryCode: text(title('类别代码', 'Category code'), 20),
    channel: text(title('渠道', 'Channel'), 20),
    status: oneOf(title('状态', 'Status'), {
      accepted: title('受理', 'Accepted'),
      dispatched: title('派单', 'Dispatched'),
      handling: title('办理', 'Handling'),
      answered: title('回复', 'Answered'),
      closed: title('办结', 'Closed'),
      returned: title('退单', 'Returned'),
    }),
    unit: text(title('承办单位', 'Unit'), 60),
    acceptAt: time(title('受理时间', 'Accepted')),
    deadlineAt: time(title('时限', 'Deadline')),
    satisfaction: number(title('满意度', 'Satisfaction'), ['1', 1, 1, 5], {
      nullMeans: 'not called back yet',
    }),
    callbacks: number(title('回访', 'Call-backs'), ['count', 1, 0, 100]),
    urgent: oneOf(title('紧急', 'Urgent'), { yes: title('紧急', 'Urgent'), no: title('普通', 'Normal') }),
    repeat: oneOf(title('重复', 'Repeat'), { yes: title('重复', 'Repeat'), no: title('首次', 'First') }),
    text: text(title('内容', 'Text'), 4000, { detail: true, label: 'internal' }),
  },
});
