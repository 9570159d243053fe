import { title } from '../../../contracts/declare.ts';
import { definePanel } from '../panel.ts';
import FeedList from './FeedList.vue';

export const panel = definePanel({ slug: 'feed-list', title: title('接入', 'Feeds'), component: FeedList });
