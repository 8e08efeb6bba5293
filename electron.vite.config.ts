import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { localFonts } from './scripts/setup/local-fonts.mjs'
import { recordPackages } from './scripts/setup/record-packages.mjs'
import { withoutStreams } from './scripts/setup/without-streams.mjs'

export default defineConfig({
  main: {
    plugins: [withoutStreams(), recordPackages('main')],
    // Dawn is for plain Node.js and never loaded here.
    build: {
      outDir: 'out/main',
      rolldownOptions: { input: { index: resolve('src/main/index.ts') } },
      externalizeDeps: { include: ['webgpu'] },
    },
  },
  preload: {
    plugins: [recordPackages('preload')],
    // A sandboxed preload must be one CommonJS file.
    build: {
      outDir: 'out/preload',
      rolldownOptions: {
        input: { bridge: resolve('src/preload/bridge.ts'), 'engine-port': resolve('src/preload/engine-port.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
      externalizeDeps: false,
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [vue(), localFonts(), recordPackages('renderer')],
    build: {
      outDir: 'out/renderer',
      minify: true,
      rolldownOptions: {
        input: { index: resolve('src/renderer/index.html'), engine: resolve('src/renderer/engine.html') },
      },
      // Everything is a file of its own: the content security policy allows no data: scripts or fonts.
      assetsInlineLimit: 0,
    },
  },
})
