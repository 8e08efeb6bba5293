import { defineConfig } from 'vite'
import packageJson from './package.json' with { type: 'json' }
import { recordPackages } from './scripts/setup/record-packages.mjs'

const { dependencies, optionalDependencies } = packageJson

/**
 * The command line: Node.js modules in out/cli, side by side. As in the programs of the window, the packages that are needed at
 * run time stay where npm put them, and the others are put in: from one file they are loaded in half the time.
 */
export default defineConfig({
  publicDir: false,
  plugins: [recordPackages('cli')],
  ssr: { noExternal: true, external: [...Object.keys({ ...dependencies, ...optionalDependencies }), 'webgpu'] },
  build: {
    ssr: 'src/cli/made.ts',
    outDir: 'out/cli',
    target: 'node20',
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      output: {
        entryFileNames: 'made.js',
        chunkFileNames: '[name]-[hash].js',
        assetFileNames: '[name]-[hash][extname]',
      },
    },
  },
})
