// Edits forms with the version of form-js that Tasklist renders them with, and with the fields that were seen to work there.
import { FormEditor } from '@bpmn-io/form-js-editor'
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css'
import '@bpmn-io/form-js-editor/dist/assets/form-js-editor.css'
import '@bpmn-io/form-js-editor/dist/assets/properties-panel.css'
import '@bpmn-io/form-js-editor/dist/assets/dragula.css'
import './editor.css'
import './form.css'
import { start } from './shell.js'

const FIELDS = [
  'default', 'textfield', 'textarea', 'number', 'datetime', 'checkbox', 'radio', 'select', 'expression', 'text', 'html',
  'image', 'table', 'group', 'separator', 'spacer'
]

/** What the palette offers and what a file may hold are the same list. */
function onlyProven(formFields) {
  for (const type of Object.keys(formFields._formFields)) {
    if (!FIELDS.includes(type)) {
      delete formFields._formFields[type]
    }
  }
}
onlyProven.$inject = ['formFields']

start((work, page) => {
  work.classList.add('desk-work--whole')
  const place = document.createElement('div')
  place.className = 'desk-form'
  work.append(place)
  const editor = new FormEditor({
    container: place,
    additionalModules: [{ __init__: ['onlyProven'], onlyProven: ['factory', onlyProven] }]
  })
  editor.on('changed', () => page.changed())
  // The library names a new field like "textfield_0abc12"; the hub takes letters and digits only.
  editor.on('commandStack.formField.add.postExecuted', ({ context }) => {
    const { key } = context.formField
    if (key?.includes('_')) {
      const name = key.replace(/_([a-z0-9])/g, (all, letter) => letter.toUpperCase())
      editor.get('modeling').editFormField(context.formField, { key: name })
    }
  })
  const stack = () => editor.get('commandStack')

  return {
    undo: () => stack().undo(),
    redo: () => stack().redo(),

    async open(text) {
      await editor.importSchema(JSON.parse(text))
    },

    async read() {
      return JSON.stringify(editor.saveSchema(), null, 2) + '\n'
    },

    select(id) {
      const field = named(editor, id)
      if (field) {
        editor.get('selection').set(field)
        drawn(place, field)?.scrollIntoView({ block: 'center' })
      }
    },

    mark(findings) {
      place.querySelectorAll('.desk-marked').forEach(one => one.classList.remove('desk-marked', 'desk-error', 'desk-advice'))
      findings.forEach(({ elementId, severity }) => {
        const field = named(editor, elementId)
        drawn(place, field)?.classList.add('desk-marked', severity === 'ERROR' ? 'desk-error' : 'desk-advice')
      })
    }
  }
})

function named(editor, id) {
  const fields = editor.get('formFieldRegistry')
  return id ? fields.get(id) ?? fields.getAll().find(({ key }) => key === id) : undefined
}

function drawn(place, field) {
  return field && place.querySelector(`.fjs-element[data-id="${CSS.escape(field.id)}"]`)
}
