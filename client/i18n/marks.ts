// Marks between words: full width in Chinese, with a blank behind them in English.
import { title } from '../../contracts/declare.ts';

export const marks = {
  colon: title('：', ': '),
  comma: title('，', ', '),
  list: title('、', ', '),
} as const;
