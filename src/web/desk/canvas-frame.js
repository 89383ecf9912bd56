// What stands around every canvas: a name, buttons to zoom for those who have no wheel, a place for messages.

export function canvasFrame(container, label) {
  container.classList.add('desk-frame')
  const tools = document.createElement('div')
  tools.className = 'desk-tools'
  const canvas = document.createElement('div')
  canvas.className = 'desk-canvas'
  const status = document.createElement('p')
  status.className = 'desk-status'
  status.setAttribute('role', 'status')
  status.textContent = 'Drawing…'
  container.append(tools, canvas, status)

  let viewer
  const zoom = change => () => {
    const of = viewer.get('canvas')
    of.zoom(Math.min(4, Math.max(0.2, of.zoom() * change)), 'auto')
  }
  const fit = () => {
    const of = viewer.get('canvas')
    of.zoom('fit-viewport')
    // A long process would shrink to a line: then rather its beginning, large enough to read.
    if (of.zoom() < 0.5) {
      const inner = of.viewbox().inner
      const outer = of.viewbox().outer
      of.viewbox({ x: inner.x - 20, y: inner.y - 20, width: outer.width / 0.6, height: outer.height / 0.6 })
    }
  }
  for (const [text, act] of [
    ['Zoom in', zoom(1.25)],
    ['Zoom out', zoom(0.8)],
    ['Whole drawing', () => viewer.get('canvas').zoom('fit-viewport', 'auto')]
  ]) {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'desk-tool'
    button.textContent = text
    button.addEventListener('click', act)
    tools.append(button)
  }

  return {
    tools,
    canvas,
    status,
    fit,
    attach(drawn) {
      viewer = drawn
      const svg = canvas.querySelector('svg[tabindex]')
      svg.setAttribute('role', 'application')
      svg.setAttribute('aria-label', label)
      // The wheel scrolls the page until somebody goes into the drawing.
      const wheel = viewer.get('zoomScroll', false)
      if (wheel) {
        wheel.toggle(false)
        canvas.addEventListener('focusin', () => wheel.toggle(true))
        canvas.addEventListener('focusout', () => wheel.toggle(false))
      }
    }
  }
}
