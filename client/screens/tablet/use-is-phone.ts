// Whether the screen is as narrow as a phone, where only the map or the brief has room.
import { onMounted, onUnmounted, ref, type Ref } from 'vue';

const PHONE = '(max-width: 520px)';

export function useIsPhone(): Ref<boolean> {
  const phone = matchMedia(PHONE);
  const isPhone = ref(phone.matches);
  const measure = (): void => {
    isPhone.value = phone.matches;
  };
  onMounted(() => phone.addEventListener('change', measure));
  onUnmounted(() => phone.removeEventListener('change', measure));
  return isPhone;
}
