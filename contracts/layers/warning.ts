import { geometry, oneOf, position, severity, strings, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/** Warnings issued by others (CAP 1.2). One row is one area set of one info block. */
export const warning = defineLayer({
  slug: 'warning',
  title: title('预警', 'Warnings'),
  topic: 'emergency',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  endsBy: 'expiresAt',
  retention: 'state',
  columns: {
    position: position(title('标注点', 'Label point')),
    area: geometry(title('范围', 'Area'), ['Polygon', 'MultiPolygon']),
    title: text(title('标题', 'Headline'), 200),
    event: text(title('事件', 'Event'), 60),
    eventCode: text(title('事件代码', 'Event code'), 40),
    severity: oneOf(title('级别', 'Level'), severity, { nullMeans: 'CAP severity Unknown' }),
    urgency: oneOf(title('紧迫', 'Urgency'), {
      immediate: title('立即', 'Immediate'),
      expected: title('预期', 'Expected'),
      future: title('将来', 'Future'),
      past: title('已过', 'Past'),
      unknown: title('未知', 'Unknown'),
    }),
    certainty: oneOf(title('确定性', 'Certainty'), {
      observed: title('已发生', 'Observed'),
      likely: title('很可能', 'Likely'),
      possible: title('可能', 'Possible'),
      unlikely: title('不太可能', 'Unlikely'),
      unknown: title('未知', 'Unknown'),
    }),
    status: oneOf(title('状态', 'Status'), {
      actual: title('实际', 'Actual'),
      exercise: title('演练', 'Exercise'),
      system: title('系统', 'System'),
      test: title('测试', 'Test'),
      draft: title('草稿', 'Draft'),
    }),
    sender: text(title('发布单位', 'Sender'), 120),
    issuedBy: text(title('发布文号', 'Identifier'), 200),
    areaNames: strings(title('区域', 'Areas'), [60, 80]),
    geocodes: strings(title('区划代码', 'Geocodes'), [200, 20]),
    sentAt: time(title('发布', 'Sent')),
    onsetAt: time(title('起始', 'Onset')),
    expiresAt: time(title('失效', 'Expires'), 1000, { nullMeans: 'until cancelled' }),
    description: text(title('描述', 'Description'), 8000, { detail: true }),
    instruction: text(title('防御指南', 'Instruction'), 8000, { detail: true }),
    senderId: text(title('发布方标识', 'Sender id'), 200, { detail: true, origin: 'sender' }),
    categories: strings(title('类别', 'Categories'), [12, 20], { detail: true, origin: 'category' }),
    references: strings(title('引用', 'References'), [50, 400], {
      detail: true,
      origin: 'references: sender,identifier,sent of the messages this one takes the place of',
    }),
  },
});
