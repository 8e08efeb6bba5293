import { readonly, ref, type Ref } from 'vue'

const query = window.matchMedia('(prefers-reduced-motion: reduce)')
const reduced = ref(query.matches)
query.addEventListener('change', (event) => {
  reduced.value = event.matches
})

/** Whether the person asked the system for less motion. */
export function useReducedMotion(): Readonly<Ref<boolean>> {
  return readonly(reduced)
}
