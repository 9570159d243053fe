// What lies over a screen: search, help, the layer list, bookmarks, and why the picture is trusted or not.
import { reactive } from 'vue';

export const overlay = reactive({
  help: false,
  layers: true,
  search: false,
  bookmarks: false,
  trust: false,
});
