// What the three editors have in common: read the draft's file, check it while somebody works on it, save it, keep it from
// being lost. Nothing is stored in the browser: what is not saved is in this page alone, and in the file that somebody
// downloads from it.
import { fetched, send } from './hub-api.js'

const QUIET = 700

/**
 * Starts an editor in the page's element with data-desk-editor.
 *
 * make(place, page) builds it and gives: read() the file as text, open(text), select(elementId), mark(findings), and,
 * where it has them, undo(), redo(), tools [[text, act]]. page.changed() tells that something has changed.
 */
export async function start(make) {
  const place = document.querySelector('[data-desk-editor]')
  const page = new Page(place)
  page.editor = make(place.querySelector('.desk-work'), page)
  page.toolbar()
  try {
    await page.load()
  } catch (broken) {
    page.say('The file cannot be shown: ' + broken.message, true)
  }
}

class Page {
  constructor(place) {
    this.place = place
    this.data = place.dataset
    this.address = this.data.api + '/files/' + encodeURIComponent(this.data.file)
    this.known = JSON.parse(this.data.known)
    this.revision = Number(this.data.revision)
    this.status = place.querySelector('[data-desk-status]')
    this.list = place.querySelector('[data-desk-findings]')
    this.count = place.querySelector('[data-desk-count]')
    this.others = new Map()
    this.asked = 0
    this.changes = 0
    this.ready = false
    this.dirty = false
    window.addEventListener('beforeunload', event => {
      if (this.dirty) {
        event.preventDefault()
      }
    })
  }

  /** What the page knows of the draft, by kind. */
  names(of) {
    return this.known[of]
  }

  async load() {
    const [content, ...others] = await Promise.all([
      fetched(this.address),
      ...this.names('others').map(async name => [name, await fetched(this.data.api + '/files/' + encodeURIComponent(name))])
    ])
    // The check goes by the whole draft, so it is sent the other files that the change request changes.
    this.others = new Map(others)
    await this.editor.open(content)
    this.clean()
    this.place.dataset.deskReady = 'true'
    this.say('')
    await this.check()
  }

  toolbar() {
    const tools = this.place.querySelector('.desk-tools')
    const button = (text, act, name) => {
      const made = document.createElement('button')
      made.type = 'button'
      made.className = 'desk-tool'
      made.textContent = text
      made.dataset.deskTool = name ?? text
      made.addEventListener('click', act)
      tools.append(made)
      return made
    }
    button('Save draft', () => this.save(), 'save').classList.add('desk-tool--main')
    if (this.editor.undo) {
      button('Undo', () => this.editor.undo())
      button('Redo', () => this.editor.redo())
    }
    for (const [text, act] of this.editor.tools ?? []) {
      button(text, act)
    }
    button('Download the file', () => this.download(), 'download')
    const chooser = document.createElement('input')
    chooser.type = 'file'
    chooser.accept = '.' + this.data.file.split('.').pop()
    chooser.hidden = true
    chooser.addEventListener('change', () => this.replace(chooser))
    tools.append(chooser)
    button('Open a file', () => chooser.click(), 'open')
  }

  changed() {
    if (!this.ready) {
      return
    }
    this.dirty = true
    this.changes++
    this.place.dataset.deskDirty = 'true'
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.check(), QUIET)
  }

  clean() {
    this.ready = true
    this.dirty = false
    this.place.dataset.deskDirty = 'false'
  }

  async check() {
    const mine = ++this.asked
    let answer
    try {
      const files = [{ name: this.data.file, content: await this.editor.read() }]
      this.others.forEach((content, name) => files.push({ name, content }))
      answer = await send('POST', '/api/v1/models/lint', { files, moved: this.known.moved })
    } catch (broken) {
      this.unchecked(broken.message)
      return
    }
    if (mine !== this.asked) {
      return
    }
    if (answer.ok) {
      this.count.classList.remove('desk-status--wrong')
      this.show(answer.told.findings)
    } else {
      this.unchecked(answer.why)
    }
  }

  unchecked(why) {
    this.count.textContent = 'It could not be checked: ' + why
    this.count.classList.add('desk-status--wrong')
  }

  show(findings) {
    const errors = findings.filter(one => one.severity === 'ERROR').length
    const words = findings.length === 0 ? 'Nothing to put right.' : told(errors, findings.length - errors)
    if (this.count.textContent !== words) {
      this.count.textContent = words
    }
    this.list.replaceChildren(...findings.map(one => this.entry(one)))
    this.editor.mark(findings.filter(one => one.file === this.data.file))
    this.place.dataset.deskChecked = String(this.asked)
  }

  entry(finding) {
    const entry = document.createElement('li')
    const error = finding.severity === 'ERROR'
    entry.className = error ? 'desk-finding desk-finding--error' : 'desk-finding'
    const kind = document.createElement('strong')
    kind.textContent = error ? 'To put right: ' : 'To consider: '
    const where = finding.elementName || this.editor.name?.(finding.elementId) || finding.elementId
    // The engine's locks speak of attributes that nobody sees here.
    const fix = /delegateExpression/.test(finding.fix) ? 'Select it and choose what the hub does' : finding.fix
    const here = finding.file === this.data.file
    const text = document.createElement('span')
    text.textContent = (here ? '' : finding.file + ': ') + (where ? where + ': ' : '') + finding.message + '. '
      + (fix ? fix + '. ' : '')
    entry.append(kind, text)
    if (here && finding.elementId) {
      const show = document.createElement('button')
      show.type = 'button'
      show.className = 'desk-link'
      show.dataset.finding = finding.elementId
      show.textContent = 'Show'
      show.setAttribute('aria-label', 'Show ' + where)
      show.addEventListener('click', () => this.editor.select(finding.elementId))
      entry.append(show)
    }
    const rule = document.createElement('span')
    rule.className = 'desk-rule'
    rule.textContent = ' ' + finding.rule
    entry.append(rule)
    return entry
  }

  async save() {
    if (this.saving) {
      return
    }
    this.saving = true
    try {
      await this.sent()
    } finally {
      this.saving = false
    }
  }

  async sent() {
    const changes = this.changes
    let answer
    try {
      const content = await this.editor.read()
      answer = await send('PUT', this.address, { content, revision: this.revision })
    } catch (broken) {
      this.say('It was not saved: ' + broken.message, true)
      return
    }
    if (answer.ok) {
      this.revision = answer.told.revision
      // Somebody may have gone on drawing meanwhile.
      if (changes === this.changes) {
        this.clean()
      }
      this.say('Saved in ' + answer.told.reference + '.')
      await this.outline()
    } else if (answer.told.findings) {
      this.show(answer.told.findings)
      this.say('It was not saved: put the errors right first, or download the file to go on later.', true)
    } else if (answer.status === 409) {
      this.say('It was not saved: ' + answer.why + ' Download the file to keep your work, then open this page anew.', true)
    } else {
      this.say('It was not saved: ' + answer.why, true)
    }
  }

  /** The outline beside the drawing is made by the hub, of what is saved. */
  async outline() {
    const old = document.getElementById('outline')
    if (old) {
      const page = new DOMParser().parseFromString(await fetched(location.href), 'text/html')
      const made = page.getElementById('outline')
      if (made) {
        old.replaceWith(document.adoptNode(made))
      }
    }
  }

  async download() {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([await this.editor.read()], { type: 'application/octet-stream' }))
    link.download = this.data.file
    link.click()
    URL.revokeObjectURL(link.href)
  }

  async replace(chooser) {
    const before = await this.editor.read()
    const file = chooser.files[0]
    chooser.value = ''
    if (!file) {
      return
    }
    try {
      await this.editor.open(await file.text())
      this.say('Opened ' + file.name + ' in place of the draft. It is not saved yet.')
    } catch (broken) {
      await this.editor.open(before)
      this.say(file.name + ' cannot be opened: ' + broken.message, true)
      return
    }
    this.changed()
  }

  say(text, wrong = false) {
    this.status.textContent = text
    this.status.classList.toggle('desk-status--wrong', wrong)
  }
}

function told(errors, advice) {
  const parts = []
  if (errors) {
    parts.push(errors === 1 ? '1 thing to put right' : errors + ' things to put right')
  }
  if (advice) {
    parts.push(advice === 1 ? '1 thing to consider' : advice + ' things to consider')
  }
  return parts.join(', ') + '.'
}
