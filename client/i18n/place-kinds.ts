// What kinds of places a gazetteer knows, in words.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';

const words: Readonly<Record<string, Title>> = {
  county: title('区县', 'County'),
  town: title('镇', 'Town'),
  township: title('乡', 'Township'),
  village: title('村', 'Village'),
  street: title('街道', 'Subdistrict'),
  area: title('功能区', 'Area'),
  overlay: title('功能区', 'Area'),
  'former-town': title('原乡镇', 'Former town'),
  river: title('河流', 'River'),
  lake: title('湖泊', 'Lake'),
  reservoir: title('水库', 'Reservoir'),
  dam: title('大坝', 'Dam'),
  peak: title('山峰', 'Peak'),
  road: title('道路', 'Road'),
  railway: title('铁路', 'Railway'),
  bridge: title('桥梁', 'Bridge'),
  tunnel: title('隧道', 'Tunnel'),
  toll: title('收费站', 'Toll station'),
  port: title('港口', 'Port'),
  airport: title('机场', 'Airport'),
  'bus-terminal': title('客运站', 'Bus terminal'),
  'rail-station': title('火车站', 'Rail station'),
  'command-centre': title('指挥中心', 'Command centre'),
  'emergency-centre': title('急救中心', 'Emergency centre'),
  'fire-station': title('消防站', 'Fire station'),
  'rescue-team': title('救援队', 'Rescue team'),
  'relief-store': title('物资库', 'Relief store'),
  shelter: title('避难场所', 'Shelter'),
  police: title('公安', 'Police'),
  hospital: title('医院', 'Hospital'),
  school: title('学校', 'School'),
  'scenic-area': title('景区', 'Scenic area'),
  'industrial-park': title('园区', 'Industrial park'),
  'hazard-source': title('危险源', 'Hazard source'),
  'water-plant': title('水厂', 'Water plant'),
  'sewage-plant': title('污水厂', 'Sewage plant'),
};

/** null: a kind nobody named yet. */
export const placeKind = (kind: string): Title | null => words[kind] ?? null;
