import { defineStore } from 'pinia'
import { reactive, ref } from 'vue'
import { MOST_RECENT, type FileSource } from '../../shared/session'

/** What is remembered beside what other stores hold: files that were opened, and how far things are scrolled. */
export const useRememberedStore = defineStore('remembered', () => {
  /** How far down each part of the window is scrolled, in pixels. */
  const scroll = reactive<Record<string, number>>({})
  /** Files that were opened, the last one first, as they were prepared. */
  const recent = ref<readonly FileSource[]>([])

  /** A file was opened so. */
  function opened(source: FileSource): void {
    recent.value = [source, ...recent.value.filter(({ path }) => path !== source.path)].slice(0, MOST_RECENT)
  }

  /** Files that were opened before the window was. */
  function openedBefore(sources: readonly FileSource[]): void {
    const since = recent.value
    recent.value = sources
    since.toReversed().forEach(opened)
  }

  /** A file is not there any more. */
  function forget(path: string): void {
    recent.value = recent.value.filter((source) => source.path !== path)
  }

  return { scroll, recent, opened, openedBefore, forget }
})
