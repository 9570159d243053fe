// What went wrong with signing in or keeping accounts, in words for people, by the code of the server.
import type { Title } from '../../contracts/column.ts';
import { title } from '../../contracts/declare.ts';

const words: Readonly<Record<string, Title>> = {
  'access/sign-in': title('请先登录', 'Sign in first'),
  'access/refused': title(
    '账号、密码或验证码不对，或账号已锁定、停用',
    'Name, password or code is wrong, or the account is locked or disabled',
  ),
  'access/locked': title(
    '失败次数过多，请半小时后再试或联系系统管理员',
    'Too many failures: wait half an hour, or ask the administrator',
  ),
  'access/code': title('请输入动态验证码', 'Give the six digits of your second factor'),
  'access/step-up': title(
    '没有再次确认本人，没有执行',
    'It was not confirmed that it is you: nothing was done',
  ),
  'access/password': title('新密码不符合要求', 'The new password does not fit the rules'),
  'access/must-change': title('请先修改初始密码', 'Choose a password of your own first'),
  'access/must-enrol': title('请先启用双因素验证', 'Set a second factor first'),
  'access/approval': title(
    '需要第二人批准：在“导出时段”中提交申请',
    'A second person must approve it: ask for it in “Export a range”',
  ),
  'access/duties': title('违反职责分离', 'The duties are kept apart'),
  'request/forbidden': title('没有权限', 'You may not do this'),
  'request/conflict': title('已经是这样，或编号已被占用', 'It is so already, or the id was taken before'),
  'request/not-found': title('没有这一项', 'There is no such thing'),
  'request/invalid': title('填写有误', 'Something is filled in wrongly'),
  unreachable: title('服务器没有应答', 'The server did not answer'),
};

const other = title('服务器没有接受', 'The server did not accept it');

export const accessWord = (code: string): Title => words[code] ?? other;

/** Whether there are words for a code. */
export const isAccessWord = (code: string): boolean => code in words;
