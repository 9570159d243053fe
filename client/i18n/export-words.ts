// Exports that need a second person, in words: why, and how far they are.
import { title } from '../../contracts/declare.ts';
import type { Title } from '../../contracts/column.ts';
import type { ExportLimit, ExportState } from '../../contracts/records/export-request.ts';

export const limitWords: Readonly<Record<ExportLimit, Title>> = {
  personal: title('含个人信息', 'data about people'),
  range: title('全市较长时段', 'a long range of the whole city'),
  rows: title('行数很多', 'very many rows'),
};

export const exportStateWords: Readonly<Record<ExportState, Title>> = {
  asked: title('待批准', 'Waits'),
  approved: title('已批准，待领取', 'Approved, to be fetched'),
  declined: title('已拒绝', 'Declined'),
  fetched: title('已领取', 'Fetched'),
  expired: title('已过期', 'Expired'),
};
