// Why a record was refused, for people.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';

const words: Readonly<Record<string, Title>> = {
  'record/parse': title('格式读不懂', 'Not in the format of this feed'),
  'record/shape': title('缺字段或类型不对', 'A field is missing or of the wrong type'),
  'record/range': title('数值超出可能范围', 'A value is outside its possible range'),
  'record/enum': title('代码不在字典中', 'A code is not in its dictionary'),
  'record/time': title('时间缺失、无法读取或离现在太远', 'The time is missing, unreadable or far from now'),
  'record/place': title(
    '位置缺失、在市域外或坐标系不对',
    'The place is missing, outside, or in the wrong system',
  ),
  'record/frozen': title('数值长时间不变', 'The value has not changed for too long'),
  'record/jump': title('数值变化过快', 'The value changed faster than nature allows'),
  'record/duplicate': title('重复记录', 'The same record came before'),
  'record/unknown-device': title('未登记的设备或类型', 'The device or type is not registered'),
  'record/signature': title('签名、时间窗或随机数不符', 'The signature, time window or nonce does not hold'),
  'record/too-large': title('消息过大', 'The message is too large'),
};

/** The code itself where nobody found words yet. */
export const rejectWords = (code: string): Title => words[code] ?? title(code, code);
