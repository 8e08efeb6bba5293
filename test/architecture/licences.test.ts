import { expect, test } from 'vitest'
import { isAccepted } from '../../scripts/package/licences.mjs'
import { bundledPackages, installedPackages } from '../../scripts/setup/shipped-packages.mjs'

test.each([
  ['linux', 'x64'],
  ['win32', 'x64'],
  ['darwin', 'arm64'],
])('every package that is shipped has a licence that allows it: %s-%s', (platform, arch) => {
  const packages = [...installedPackages(platform, arch), ...bundledPackages()]
  expect(packages.length).toBeGreaterThan(50)
  expect(
    packages
      .filter(({ licence, name }) => !isAccepted(licence, name))
      .map(({ name, licence }) => `${name}: ${licence}`),
  ).toEqual([])
  expect(isAccepted('GPL-3.0', 'any')).toBe(false)
})
