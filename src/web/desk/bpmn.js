// Draws processes, reduced to what the hub accepts and what a manager needs.
import Modeler from 'bpmn-js/lib/Modeler'
import camunda from 'camunda-bpmn-moddle/resources/camunda.json'
import behaviours from 'camunda-bpmn-js-behaviors/lib/camunda-platform'
import { BpmnPropertiesPanelModule, BpmnPropertiesProviderModule } from 'bpmn-js-properties-panel'
import { ElementTemplatesCoreModule } from 'bpmn-js-element-templates/core'
import templates from './step-templates.json'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import './fonts.css'
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css'
import './editor.css'
import './marks.css'
import { start } from './shell.js'
import { Choices } from './bpmn-choices.js'
import { StepProperties } from './bpmn-properties.js'
import { TidyIds } from './bpmn-ids.js'

start((work, page) => {
  const canvasPlace = document.createElement('div')
  canvasPlace.className = 'desk-canvas'
  const panel = document.createElement('div')
  panel.className = 'desk-properties'
  panel.setAttribute('role', 'region')
  panel.setAttribute('aria-label', 'The selected step')
  work.append(canvasPlace, panel)

  const modeler = new Modeler({
    container: canvasPlace,
    propertiesPanel: { parent: panel },
    moddleExtensions: { camunda },
    stepProperties: {
      templates,
      groups: page.names('groups'),
      forms: page.names('forms'),
      decisions: page.names('decisions'),
      processes: page.names('processes')
    },
    additionalModules: [
      behaviours,
      BpmnPropertiesPanelModule,
      BpmnPropertiesProviderModule,
      ElementTemplatesCoreModule,
      {
        __init__: ['deskChoices', 'stepProperties', 'tidyIds'],
        deskChoices: ['type', Choices],
        stepProperties: ['type', StepProperties],
        tidyIds: ['type', TidyIds]
      }
    ]
  })
  modeler.get('elementTemplatesLoader').setTemplates(templates)
  const svg = canvasPlace.querySelector('svg[tabindex]')
  svg.setAttribute('role', 'application')
  svg.setAttribute('aria-label', 'Drawing of the process; the outline below tells the same in words')

  const wheel = modeler.get('zoomScroll')
  wheel.toggle(false)
  canvasPlace.addEventListener('focusin', () => wheel.toggle(true))
  canvasPlace.addEventListener('focusout', () => wheel.toggle(false))
  modeler.on('commandStack.changed', () => page.changed())

  const canvas = () => modeler.get('canvas')
  const zoom = change => () => canvas().zoom(Math.min(4, Math.max(0.2, canvas().zoom() * change)), 'auto')
  const marks = []

  return {
    undo: () => modeler.get('commandStack').undo(),
    redo: () => modeler.get('commandStack').redo(),
    tools: [
      ['Zoom in', zoom(1.25)],
      ['Zoom out', zoom(0.8)],
      ['Whole drawing', () => canvas().zoom('fit-viewport', 'auto')]
    ],

    async open(text) {
      await modeler.importXML(text)
      const of = canvas()
      of.zoom('fit-viewport')
      if (of.zoom() < 0.5) {
        const { inner, outer } = of.viewbox()
        of.viewbox({ x: inner.x - 130, y: inner.y - 20, width: outer.width / 0.6, height: outer.height / 0.6 })
      }
      marks.length = 0
    },

    async read() {
      const { xml } = await modeler.saveXML({ format: true })
      return xml
    },

    name: id => shown(modeler, id)?.businessObject.name,

    select(id) {
      const element = shown(modeler, id)
      if (element) {
        canvas().scrollToElement(element, 80)
        modeler.get('selection').select(element)
        svg.focus({ preventScroll: true })
        canvasPlace.scrollIntoView({ block: 'nearest' })
      }
    },

    mark(findings) {
      const overlays = modeler.get('overlays')
      // A marked element may be gone by now, or have another id.
      const elements = modeler.get('elementRegistry')
      marks.splice(0).forEach(([element, name]) => {
        if (elements.get(element.id) === element) {
          canvas().removeMarker(element, name)
        }
      })
      overlays.remove({ type: 'finding' })
      const byElement = new Map()
      findings.forEach(finding => {
        const element = shown(modeler, finding.elementId)
        if (element && element.parent) {
          byElement.set(element, [...(byElement.get(element) ?? []), finding])
        }
      })
      byElement.forEach((found, element) => {
        const name = found.some(one => one.severity === 'ERROR') ? 'desk-error' : 'desk-advice'
        canvas().addMarker(element, name)
        marks.push([element, name])
        const sign = document.createElement('span')
        sign.className = 'desk-sign ' + name
        sign.textContent = name === 'desk-error' ? '!' : '?'
        sign.title = found.map(one => one.message).join('\n')
        const position = element.waypoints ? { top: 0, left: 0 } : { top: -12, left: -8 }
        overlays.add(element.id, 'finding', { position, html: sign, scale: { min: 0.7, max: 1 } })
      })
    }
  }
})

/** The drawn element of an id; what is not drawn, such as a timer's definition, is shown at what holds it. */
function shown(modeler, id) {
  const elements = modeler.get('elementRegistry')
  return (
    elements.get(id) ??
    elements.find(({ businessObject }) => businessObject?.eventDefinitions?.some(definition => definition.id === id))
  )
}
