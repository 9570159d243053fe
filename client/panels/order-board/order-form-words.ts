// What the form of an order says.
import { title } from '../../../contracts/declare.ts';

export const orderFormWords = {
  usual: title('常用指令', 'Usual orders'),
  text: title('指令内容', 'What is to be done'),
  site: title('现场', 'the site'),
  urgent: title('紧急', 'Urgent'),
  incident: title('关联事件', 'Incident'),
  clause: title('预案条款', 'Clause of a plan'),
  active: title('已启动', 'active'),
  none: title('无', 'none'),
  work: title('同时下达任务（反馈即完成）', 'With a task (its report ends it)'),
  keeps: title(
    '确认时留存证据包：全部图层、全市指标、在途预警、在线人员、本屏视图',
    'Confirming keeps what is known now: all layers, indicators, warnings, who is here, this view',
  ),
  cites: title('引为依据', 'Cited'),
  whom: title('先选承办单位', 'Say to whom first'),
  confirm: title('确认下达', 'Confirm'),
} as const;
