// What can be put into a drawing: the palette, the pad beside an element and the menu that changes its kind, each reduced
// to what the hub accepts. That is comfort; what is accepted is decided by the hub alone.

const PALETTE = [
  'hand-tool',
  'lasso-tool',
  'space-tool',
  'global-connect-tool',
  'tool-separator',
  'create.start-event',
  'create.intermediate-event',
  'create.end-event',
  'create.exclusive-gateway',
  'create.subprocess-expanded'
]

const KINDS = [
  'none-start', 'message-start', 'timer-start', 'error-start', 'escalation-start',
  'non-interrupting-message-start', 'non-interrupting-timer-start', 'non-interrupting-escalation-start',
  'none-intermediate-throw', 'message-intermediate-catch', 'timer-intermediate-catch',
  'escalation-intermediate-throw', 'link-intermediate-catch', 'link-intermediate-throw',
  'message-boundary', 'timer-boundary', 'error-boundary', 'escalation-boundary',
  'non-interrupting-message-boundary', 'non-interrupting-timer-boundary', 'non-interrupting-escalation-boundary',
  'none-end', 'error-end', 'escalation-end', 'terminate-end',
  'exclusive-gateway', 'parallel-gateway', 'inclusive-gateway', 'event-based-gateway',
  'user-task', 'service-task', 'rule-task', 'receive-task', 'call-activity',
  'subprocess', 'expanded-subprocess', 'event-subprocess',
  'sequence-flow', 'default-flow', 'conditional-flow'
].map(kind => 'replace-with-' + kind)

const HEADERS = ['toggle-parallel-mi', 'toggle-sequential-mi']

const TASKS = [
  ['user-task', 'bpmn:UserTask', 'bpmn-icon-user', 'a task for a person'],
  ['service-task', 'bpmn:ServiceTask', 'bpmn-icon-service', 'a step that the hub does']
]

const AFTER_OTHERS = 100

export class Choices {
  static $inject = ['palette', 'contextPad', 'popupMenu', 'create', 'elementFactory', 'autoPlace']

  constructor(palette, contextPad, popupMenu, create, elementFactory, autoPlace) {
    this.create = create
    this.elementFactory = elementFactory
    this.autoPlace = autoPlace
    palette.registerProvider(AFTER_OTHERS, this)
    contextPad.registerProvider(AFTER_OTHERS, this)
    popupMenu.registerProvider('bpmn-replace', AFTER_OTHERS, this)
  }

  getPaletteEntries() {
    return entries => ({ ...only(entries, name => PALETTE.includes(name)), ...this.tasks() })
  }

  tasks() {
    return Object.fromEntries(
      TASKS.map(([name, type, icon, words]) => {
        const begin = event => this.create.start(event, this.elementFactory.createShape({ type }))
        return [
          'create.' + name,
          {
            group: 'activity',
            className: icon,
            title: 'Create ' + words,
            action: { dragstart: begin, click: begin }
          }
        ]
      })
    )
  }

  getContextPadEntries() {
    return entries => {
      const kept = only(entries, name => name !== 'append.append-task' && !/condition|signal|compensation/.test(name))
      if (entries['append.append-task']) {
        TASKS.forEach(([name, type, icon, words]) => {
          const drag = (event, element) =>
            this.create.start(event, this.elementFactory.createShape({ type }), { source: element })
          const append = (event, element) => this.autoPlace.append(element, this.elementFactory.createShape({ type }))
          kept['append.' + name] = {
            group: 'model',
            className: icon,
            title: 'Append ' + words,
            action: { dragstart: drag, click: append }
          }
        })
      }
      return kept
    }
  }

  getPopupMenuEntries() {
    return entries => only(entries, name => KINDS.includes(name))
  }

  getPopupMenuHeaderEntries() {
    return entries => only(entries, name => HEADERS.includes(name))
  }
}

function only(entries, wanted) {
  return Object.fromEntries(Object.entries(entries).filter(([name]) => wanted(name)))
}
