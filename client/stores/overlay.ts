// What lies over a screen: search, help, the layer list, bookmarks, why the picture is trusted or not, the switch of mode,
// a recording to be saved, and what was corrected since.
import { reactive } from 'vue';

export const overlay = reactive({
  help: false,
  layers: true,
  search: false,
  bookmarks: false,
  trust: false,
  mode: false,
  recording: false,
  differences: false,
});
