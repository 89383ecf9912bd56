// The plain editor of decision tables, for what the hub's own table editor does not offer.
import Modeler from 'dmn-js/lib/Modeler'
import 'dmn-js/dist/assets/diagram-js.css'
import 'dmn-js/dist/assets/dmn-js-shared.css'
import 'dmn-js/dist/assets/dmn-js-drd.css'
import 'dmn-js/dist/assets/dmn-js-decision-table.css'
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css'
import 'dmn-js/dist/assets/dmn-js-literal-expression.css'
import './dmn-fonts.css'
import './editor.css'
import './dmn.css'
import { start } from './shell.js'

start((work, page) => {
  work.classList.add('desk-work--whole')
  const place = document.createElement('div')
  place.className = 'desk-canvas desk-table'
  work.append(place)
  const modeler = new Modeler({ container: place })
  const known = new WeakSet()
  modeler.on('views.changed', () => {
    const viewer = modeler.getActiveViewer()
    if (viewer && !known.has(viewer)) {
      known.add(viewer)
      viewer.on('elements.changed', () => page.changed())
    }
  })
  const stack = () => modeler.getActiveViewer()?.get('commandStack')

  return {
    undo: () => stack()?.undo(),
    redo: () => stack()?.redo(),

    async open(text) {
      await modeler.importXML(text)
      const table = modeler.getViews().find(({ type }) => type !== 'drd')
      if (table) {
        await modeler.open(table)
      }
    },

    async read() {
      const { xml } = await modeler.saveXML({ format: true })
      return xml
    },

    select(id) {
      const found = at(place, id)
      if (found) {
        found.scrollIntoView({ block: 'center', inline: 'nearest' })
        found.querySelector('[contenteditable], input, button')?.focus()
      }
    },

    mark(findings) {
      place.querySelectorAll('.desk-marked').forEach(one => one.classList.remove('desk-marked', 'desk-error', 'desk-advice'))
      findings.forEach(({ elementId, severity }) => {
        at(place, elementId)?.classList.add('desk-marked', severity === 'ERROR' ? 'desk-error' : 'desk-advice')
      })
    }
  }
})

/** The cell of an id; of a rule's id, the rule's number, which begins its line. */
function at(place, id) {
  const safe = CSS.escape(id)
  return id && (place.querySelector(`[data-element-id="${safe}"]`) ?? place.querySelector(`[data-row-id="${safe}"]`))
}
