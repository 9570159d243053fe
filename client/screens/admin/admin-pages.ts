// The pages of those who administer, in the order of their menu, and what opens each.
import { title } from '../../../contracts/declare.ts';

export const adminPages = [
  { path: '/admin', needs: 'read-accounts', title: title('账号', 'Accounts') },
  { path: '/admin/feeds', needs: 'read-feed-settings', title: title('数据源与密钥', 'Feeds and secrets') },
  { path: '/admin/rules', needs: 'change-alert-limits', title: title('告警阈值', 'Alert limits') },
  {
    path: '/admin/thresholds',
    needs: 'read-city-settings',
    title: title('指标阈值', 'Indicator thresholds'),
  },
  {
    path: '/admin/responsibilities',
    needs: 'read-city-settings',
    title: title('事件职责', 'Responsibilities'),
  },
  { path: '/admin/rosters', needs: 'read-duty', title: title('值班表', 'Rosters') },
  { path: '/admin/areas', needs: 'read-city-settings', title: title('区域', 'Areas') },
  { path: '/exports', needs: 'read-exports', title: title('导出审批', 'Exports') },
  { path: '/audit', needs: 'read-audit', title: title('审计日志', 'Audit log') },
] as const;
export type AdminPage = (typeof adminPages)[number]['path'];
