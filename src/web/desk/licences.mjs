// Writes the licences of everything that esbuild put into the desk's bundles, in an order that is always the same.
import { readFileSync, readdirSync } from 'node:fs'

const packages = new Map()
for (const file of process.argv.slice(2)) {
  for (const input of Object.keys(JSON.parse(readFileSync(file)).inputs)) {
    const found = input.match(/^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//)
    if (found) {
      packages.set(found[0], found[1])
    }
  }
}

const texts = new Map()
for (const [folder, name] of packages) {
  const { version, license } = JSON.parse(readFileSync(folder + 'package.json'))
  const file = readdirSync(folder).filter(one => /^licen[cs]e/i.test(one)).sort()[0]
  const text = file ? readFileSync(folder + file, 'utf8').replace(/\r\n/g, '\n').trim() : 'License: ' + license
  texts.set(text, [...(texts.get(text) ?? []), name + ' ' + version])
}

const parts = [...texts].map(([text, names]) => [[...new Set(names)].sort().join('\n'), text])
console.log(`desk-viewer, desk-bpmn, desk-dmn and desk-form contain the packages below. The licence of bpmn.io asks that its
mark on drawings and forms is neither removed nor changed nor covered: leave it where it is.`)
for (const [names, text] of parts.sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log('\n' + '-'.repeat(80) + '\n' + names + '\n\n' + text)
}
