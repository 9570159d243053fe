// Settings of feeds in words; a name nobody put into words stands for itself.
import type { Title } from '../../../contracts/column.ts';
import { title } from '../../../contracts/declare.ts';

const words: Readonly<Record<string, Title>> = {
  url: title('地址', 'Address'),
  staticUrl: title('时刻表地址', 'Address of the timetable'),
  vehiclesUrl: title('车辆地址', 'Address of the vehicles'),
  tripUpdatesUrl: title('班次地址', 'Address of the trips'),
  segmentsUrl: title('路段地址', 'Address of the segments'),
  alertsUrl: title('公告地址', 'Address of the notices'),
  topic: title('主题', 'Topic'),
  periodS: title('周期（秒）', 'Period (s)'),
  key: title('签名密钥', 'Key of signatures'),
  token: title('访问令牌', 'Access token'),
  tokenHeader: title('令牌所在的请求头', 'Header of the token'),
  password: title('设备密码', 'Password of devices'),
};

export const settingWord = (name: string): Title => words[name] ?? { zh: name, en: name };
