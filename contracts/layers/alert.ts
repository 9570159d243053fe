import { bits, number, oneOf, position, severity, text, time, title } from '../declare.ts';
import { defineLayer } from '../layer.ts';

/**
 * Our own rules that fired, as the fold of the log of records says: one row for each alert that stands. It ends when what it
 * watches is over. Titles may quote what a source labels internal, and so may places.
 */
export const alert = defineLayer({
  slug: 'alert',
  title: title('告警', 'Alerts'),
  topic: 'system',
  kind: 'table',
  time: 'observed',
  periodS: null,
  expireS: null,
  retention: 'state',
  columns: {
    position: position(title('位置', 'Position'), {
      label: 'internal',
      nullMeans: 'what fired has no place',
    }),
    title: text(title('标题', 'Title'), 300, { label: 'internal' }),
    titleEn: text(title('英文标题', 'Title in English'), 400, { label: 'internal' }),
    rule: text(title('规则', 'Rule'), 60),
    severity: oneOf(title('级别', 'Level'), severity),
    state: oneOf(title('状态', 'State'), {
      open: title('待确认', 'Not acknowledged'),
      acknowledged: title('已确认', 'Acknowledged'),
      shelved: title('已搁置', 'Shelved'),
    }),
    layer: text(title('图层', 'Layer'), 60, { origin: 'slug of the layer the rule watches' }),
    row: text(title('对象', 'Row'), 200, { label: 'internal', origin: 'key of the first row that fired' }),
    value: number(title('数值', 'Value'), ['1', 0.001, -2_000_000, 2_000_000], {
      label: 'internal',
      nullMeans: 'the rule asks for no number',
    }),
    limit: number(title('限值', 'Limit'), ['1', 0.001, -2_000_000, 2_000_000], {
      nullMeans: 'the rule asks for no number',
    }),
    column: text(title('列', 'Column'), 60, { nullMeans: 'the rule asks for no number' }),
    since: time(title('自', 'Since')),
    until: time(title('搁置至', 'Shelved until'), 1000, { nullMeans: 'not shelved' }),
    signals: number(title('信号数', 'Signals'), ['count', 1, 0, 1_000_000], {
      origin: 'rows that hold for the same cause',
    }),
    marks: bits(title('标记', 'Marks'), {
      alarm: title('须立即处置', 'Act now'),
      chattering: title('抖动', 'Chattering'),
    }),
    by: text(title('处理人', 'Handled by'), 80, { label: 'internal', nullMeans: 'nobody yet' }),
  },
});
