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
import { speak } from './words'

// Main serves the page in the language that it is to speak.
speak(languageOf([document.documentElement.lang]))

createApp(App).use(createPinia()).mount('#app')
