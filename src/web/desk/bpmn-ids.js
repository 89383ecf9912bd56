// Gives new elements the ids that the modelling guide asks for, made of their names: a task "Ask the duty officer" becomes
// Task_AskTheDutyOfficer. Ids that somebody chose, and those of live models, are left alone: open cases go by them.
import CommandInterceptor from 'diagram-js/lib/command/CommandInterceptor'
import { is } from 'bpmn-js/lib/util/ModelUtil'

const MADE = /^(Activity|Event|Gateway|Flow|StartEvent|EndEvent)_[0-9a-z]{7}$/

const PREFIXES = [
  ['bpmn:StartEvent', 'StartEvent_'],
  ['bpmn:EndEvent', 'EndEvent_'],
  ['bpmn:Event', 'Event_'],
  ['bpmn:SubProcess', 'Process_'],
  ['bpmn:CallActivity', 'Process_'],
  ['bpmn:Activity', 'Task_'],
  ['bpmn:Gateway', 'Gateway_']
]

export class TidyIds extends CommandInterceptor {
  static $inject = ['eventBus', 'modeling', 'moddle']

  constructor(eventBus, modeling, moddle) {
    super(eventBus)
    this.modeling = modeling
    this.ids = moddle.ids
    const commands = ['element.updateLabel', 'element.updateProperties', 'connection.create', 'shape.append', 'shape.replace']
    this.postExecuted(commands, ({ context }) => {
      const of = context.element?.labelTarget ?? context.element ?? context.connection ?? context.newShape ?? context.shape
      if (of?.businessObject) {
        this.tidy(of)
      }
    })
  }

  tidy(element) {
    if (element.waypoints) {
      this.flow(element)
      return
    }
    const name = words(element.businessObject.name)
    const prefix = PREFIXES.find(([type]) => is(element, type))
    if (name && prefix && MADE.test(element.id)) {
      this.rename(element, prefix[1] + name)
    }
    ;[...(element.incoming ?? []), ...(element.outgoing ?? [])].forEach(flow => this.flow(flow))
  }

  flow(flow) {
    if (!is(flow, 'bpmn:SequenceFlow') || !MADE.test(flow.id) || !flow.source || !flow.target) {
      return
    }
    const answer = words(flow.businessObject.name)
    if (answer && is(flow.source, 'bpmn:Gateway') && !MADE.test(flow.source.id)) {
      this.rename(flow, 'Flow_' + bare(flow.source.id) + answer)
    } else if (!MADE.test(flow.target.id) && !is(flow.source, 'bpmn:ExclusiveGateway')) {
      this.rename(flow, 'Flow_To' + bare(flow.target.id))
    }
  }

  rename(element, wished) {
    let id = wished
    for (let number = 2; this.ids.assigned(id); number++) {
      id = wished + number
    }
    this.modeling.updateProperties(element, { id })
  }
}

function words(text) {
  return (text ?? '')
    .normalize('NFKD')
    .split(/[^A-Za-z0-9]+/)
    .filter(word => word)
    .map(word => word[0].toUpperCase() + word.slice(1))
    .join('')
}

function bare(id) {
  return id.replace(/^[A-Za-z]+_/, '')
}
