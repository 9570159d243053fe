import { oneOf, position, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';
import { ackSubjectTitles } from '../records/acknowledgement.ts';

/** That a town received a warning or a dispatch order, as the call-and-answer system of the province or the city tells it. */
export const townReceipt = defineLayer({
  slug: 'town-receipt',
  title: title('乡镇签收回执', 'Receipts of towns'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: 172_800,
  retention: 'state',
  columns: {
    position: position(),
    name: text(title('乡镇', 'Town'), 60),
    town: text(title('区划代码', 'Town code'), 20),
    subject: oneOf(title('事项', 'Subject'), ackSubjectTitles),
    of: text(title('文号', 'Identifier'), 200),
    receivedAt: time(title('签收', 'Received')),
    person: text(title('签收人', 'By'), 40, { label: 'internal' }),
  },
});
