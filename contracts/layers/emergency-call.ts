import { oneOf, position, severity, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** 110, 119 and 120 calls, without any personal data. */
export const emergencyCall = defineLayer({
  slug: 'emergency-call',
  title: title('警情', 'Emergency calls'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: 86_400,
  retention: 'state',
  columns: {
    position: position(title('位置', 'Position'), { label: 'internal' }),
    channel: oneOf(title('来源', 'Channel'), {
      '110': title('110', '110'),
      '119': title('119', '119'),
      '120': title('120', '120'),
    }),
    kind: text(title('类别', 'Kind'), 40),
    title: text(title('标题', 'Title'), 160, { label: 'internal' }),
    status: oneOf(title('状态', 'Status'), {
      ringing: title('接入', 'Ringing'),
      accepted: title('受理', 'Accepted'),
      dispatched: title('派出', 'Dispatched'),
      arrived: title('到场', 'Arrived'),
      closed: title('结束', 'Closed'),
    }),
    severity: oneOf(title('等级', 'Level'), severity),
    address: text(title('地址', 'Address'), 160, { label: 'internal' }),
    acceptedAt: time(title('接警', 'Accepted')),
  },
});
