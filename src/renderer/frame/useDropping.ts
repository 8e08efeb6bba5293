import { onBeforeUnmount, onMounted, readonly, ref, type Ref } from 'vue'

/** Lets a file be dropped anywhere on the window. @returns whether one hovers over it now. */
export function useDropping(open: (file: File) => void): Readonly<Ref<boolean>> {
  const isOver = ref(false)

  const hasFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
  function onOver(event: DragEvent): void {
    event.preventDefault()
    if (hasFile(event)) isOver.value = true
  }
  function onLeave(event: DragEvent): void {
    // Leaving an element inside the window enters another one.
    if (event.relatedTarget === null) isOver.value = false
  }
  function onDrop(event: DragEvent): void {
    event.preventDefault()
    isOver.value = false
    const file = event.dataTransfer?.files[0]
    if (file) open(file)
  }

  onMounted(() => {
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('dragover', onOver)
    window.removeEventListener('dragleave', onLeave)
    window.removeEventListener('drop', onDrop)
  })
  return readonly(isOver)
}
