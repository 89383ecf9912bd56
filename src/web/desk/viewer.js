// Draws a process model on a page, with marks from the hub on it. For every page that shows a model; put into it
//   <link rel="stylesheet" th:href="@{/assets/desk-viewer.css}"><script th:src="@{/assets/desk-viewer.js}" defer></script>
// (or th:replace="~{manager/viewer :: assets}") and a container (or th:replace="~{manager/viewer :: drawing(...)}"):
//
//   <div data-model-viewer                    one drawing; nothing but these attributes is needed
//        id="live"                            optional; what data-model-target below names
//        data-model-label="The live model"    how the drawing is called to people who do not see it
//        data-model-url="/api/v1/…"           where the BPMN lies
//        data-overlays-url="/manager/…"       optional; where the marks lie, as JSON, see below
//        data-overlays-refresh="30"           optional; asks for the marks again every so many seconds
//        data-overlays='{"markers":[]}'></div>  optional; the marks themselves, where the page knows them already
//
// The marks: {"markers":  [{"elementId", "cssClass"}],       desk-added, desk-removed, desk-changed, desk-moved, desk-error,
//                                                            desk-advice have colours; any other class is the page's own
//             "overlays": [{"elementId", "text", "title", "cssClass"?}],  a small sign at the upper right of the element
//             "heat":     [{"elementId", "level"}]}          0 (cold) to 5 (hot)
// An id that the drawing does not have is passed over.
//
// Two drawings inside one element with data-model-compare pan and zoom together. A link or button anywhere with
// data-model-show="Task_ReferContent" (and data-model-target="live", where there are several) selects that element and
// brings it into view. A click on an element sends a "model-element" event from the container, with detail.elementId.
// A drawing says nothing to a screen reader: put the same into a table or list beside it.
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import camunda from 'camunda-bpmn-moddle/resources/camunda.json'
import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import './viewer.css'
import { fetched } from './hub-api.js'
import { canvasFrame } from './canvas-frame.js'

const drawings = new Map()

for (const container of document.querySelectorAll('[data-model-viewer]')) {
  draw(container).catch(broken => {
    container.querySelector('.desk-status').textContent = 'The drawing cannot be shown: ' + broken.message
  })
}

document.addEventListener('click', event => {
  const link = event.target.closest('[data-model-show]')
  if (!link) {
    return
  }
  const target = link.dataset.modelTarget
  for (const [container, drawing] of drawings) {
    if (!target || container.id === target) {
      drawing.show(link.dataset.modelShow)
    }
  }
  event.preventDefault()
})

async function draw(container) {
  const frame = canvasFrame(container, container.dataset.modelLabel || 'Drawing of a process model')
  const viewer = new NavigatedViewer({
    container: frame.canvas,
    // At once, so that drawings that move together do so smoothly.
    canvas: { deferUpdate: false },
    moddleExtensions: { camunda }
  })
  frame.attach(viewer)
  const model = await fetched(container.dataset.modelUrl)
  await viewer.importXML(model)
  frame.fit()
  const marks = new Marks(viewer)
  const drawing = { viewer, marks, show: id => show(viewer, id) }
  drawings.set(container, drawing)
  viewer.on('element.click', ({ element }) => {
    container.dispatchEvent(
      new CustomEvent('model-element', { bubbles: true, detail: { elementId: element.labelTarget?.id ?? element.id } })
    )
  })
  if (container.dataset.overlays) {
    marks.replace(JSON.parse(container.dataset.overlays))
  }
  const address = container.dataset.overlaysUrl
  if (address) {
    marks.replace(JSON.parse(await fetched(address)))
    const seconds = Number(container.dataset.overlaysRefresh)
    if (seconds > 0) {
      setInterval(() => refresh(frame, marks, address), seconds * 1000)
    }
  }
  frame.status.textContent = ''
  together(container, drawing)
  container.dataset.modelDrawn = 'true'
}

async function refresh(frame, marks, address) {
  if (document.hidden) {
    return
  }
  try {
    marks.replace(JSON.parse(await fetched(address)))
    frame.status.textContent = ''
  } catch (broken) {
    frame.status.textContent = 'The numbers on the drawing are old: ' + broken.message
  }
}

class Marks {
  constructor(viewer) {
    this.canvas = viewer.get('canvas')
    this.overlays = viewer.get('overlays')
    this.elements = viewer.get('elementRegistry')
    this.classes = []
  }

  replace({ markers = [], overlays = [], heat = [] }) {
    this.classes.forEach(([id, name]) => this.canvas.removeMarker(id, name))
    this.classes = []
    this.overlays.remove({ type: 'desk' })
    heat.forEach(({ elementId, level }) => this.mark(elementId, 'desk-heat-' + level))
    markers.forEach(({ elementId, cssClass }) => this.mark(elementId, cssClass))
    overlays.filter(({ elementId }) => this.elements.get(elementId)).forEach(one => this.sign(one))
  }

  mark(id, name) {
    if (this.elements.get(id)) {
      this.canvas.addMarker(id, name)
      this.classes.push([id, name])
    }
  }

  sign({ elementId, text, title, cssClass }) {
    const sign = document.createElement('span')
    sign.className = 'desk-sign ' + (cssClass ?? '')
    sign.textContent = text
    sign.title = title ?? ''
    const element = this.elements.get(elementId)
    const position = element.waypoints ? { top: 0, left: 0 } : { top: -14, right: 10 }
    this.overlays.add(elementId, 'desk', { position, html: sign, scale: { min: 0.7, max: 1 } })
  }
}

function show(viewer, id) {
  const element = viewer.get('elementRegistry').get(id)
  if (element) {
    viewer.get('canvas').scrollToElement(element, 60)
    viewer.get('selection').select(element)
  }
}

/** What is moved in one drawing of a comparison moves in the others. */
function together(container, drawing) {
  const group = container.closest('[data-model-compare]')
  if (!group) {
    return
  }
  let moving = false
  drawing.viewer.on('canvas.viewbox.changed', ({ viewbox }) => {
    if (moving) {
      return
    }
    for (const [other, { viewer }] of drawings) {
      if (other !== container && other.closest('[data-model-compare]') === group) {
        viewer.get('eventBus').fire('desk.follow', { viewbox })
      }
    }
  })
  drawing.viewer.on('desk.follow', ({ viewbox: { x, y, scale } }) => {
    const canvas = drawing.viewer.get('canvas')
    const now = canvas.viewbox()
    moving = true
    canvas.viewbox({ x, y, width: now.outer.width / scale, height: now.outer.height / scale })
    moving = false
  })
}
