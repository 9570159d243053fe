import { title } from '../../../contracts/declare.ts';
import { defineFixture } from '../panel.ts';
import NotConnected from './NotConnected.vue';

const options = {
  title: title('在办任务', 'Open tasks'),
  needs: title('任务、承办人、时限', 'tasks, owners, deadlines'),
};

/** It has one state. */
export const fixture = defineFixture({ view: NotConnected, props: () => ({ options }) });
