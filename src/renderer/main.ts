import './zod-without-eval'
import '@fontsource/noto-sans-kr/400.css'
import '@fontsource/noto-sans-kr/600.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { languageOf } from '../words/languages'
import App from './App.vue'
import { VIEWS } from '../shared/views'
import { useWindowStore } from './stores/window'
import { speak } from './words'

// Main serves the page in the language that it is to speak, and says which view it is to show.
speak(languageOf([document.documentElement.lang]))

const app = createApp(App).use(createPinia())
const first = VIEWS.find(({ id }) => id === document.documentElement.dataset['view'])
if (first) useWindowStore().go(first.id)
app.mount('#app')
