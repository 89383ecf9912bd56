// What a manager sees and sets of a step: in words, and without what only a developer could fill in.
import {
  CheckboxEntry,
  Group,
  isCheckboxEntryEdited,
  isSelectEntryEdited,
  isTextAreaEntryEdited,
  isTextFieldEntryEdited,
  SelectEntry,
  TextAreaEntry,
  TextFieldEntry
} from '@bpmn-io/properties-panel'
import { useService } from 'bpmn-js-properties-panel'
import { is, isAny } from 'bpmn-js/lib/util/ModelUtil'

/** Groups of the library that stay as they are, and which of their entries do. */
const KEPT = {
  message: null,
  error: null,
  escalation: null,
  link: null,
  timer: null,
  multiInstance: ['loopCardinality', 'completionCondition']
}
const CALLS_HUB = ['bpmn:ServiceTask', 'bpmn:BusinessRuleTask']
const AFTER_OTHERS = 100
const RETRIES = /^(R[0-9]+\/)?P[0-9YMWDTHS.]+(,P[0-9YMWDTHS.]+)*$/

export class StepProperties {
  static $inject = ['propertiesPanel', 'config.stepProperties', 'elementTemplates', 'modeling', 'bpmnFactory', 'elementRegistry']

  constructor(propertiesPanel, known, elementTemplates, modeling, bpmnFactory, elementRegistry) {
    Object.assign(this, { known, elementTemplates, modeling, bpmnFactory, elementRegistry })
    propertiesPanel.registerProvider(AFTER_OTHERS, this)
  }

  getGroups(element) {
    return groups => [
      group('step', 'This step', this.general(element)),
      group('hub', 'What the hub does', this.hub(element)),
      group('person', 'Who does it, and by when', this.person(element)),
      group('called', 'The process it runs', this.called(element)),
      group('condition', 'When this way is taken', this.condition(element)),
      ...groups.filter(({ id }) => id in KEPT).map(one => reduced(one, KEPT[one.id])),
      group('retries', 'When it fails', this.retries(element)),
      group('reference', 'For reference', this.reference(element))
    ].filter(one => one && one.entries?.length !== 0)
  }

  general(element) {
    const entries = []
    const named = holder(element)
    if (named.$descriptor.propertiesByName.name || named.$descriptor.propertiesByName['bpmn:name']) {
      entries.push(
        this.text(element, 'name', 'Name', {
          get: () => named.get('name'),
          set: value => this.update(element, { name: value }),
          lines: true
        })
      )
    }
    if (isAny(element, ['bpmn:TextAnnotation'])) {
      entries.push(
        this.text(element, 'text', 'Note', {
          get: () => named.get('text'),
          set: value => this.update(element, { text: value }),
          lines: true
        })
      )
    }
    entries.push(
      this.text(element, 'documentation', 'Explanation', {
        get: () => named.get('documentation')?.[0]?.text,
        set: value =>
          this.update(element, {
            documentation: value ? [this.bpmnFactory.create('bpmn:Documentation', { text: value })] : []
          }),
        description: 'What colleagues should know about it.',
        lines: true
      })
    )
    return entries
  }

  hub(element) {
    if (!isAny(element, CALLS_HUB)) {
      return []
    }
    const step = element.businessObject
    const entries = []
    const fitting = this.known.templates.filter(one => one.appliesTo.some(type => is(element, type)))
    const expression = step.get('camunda:delegateExpression')
    const now = this.known.templates.find(one => one.properties[0].value === expression)
    const byTable = is(element, 'bpmn:BusinessRuleTask')
    if (!byTable || !step.get('camunda:decisionRef')) {
      entries.push(
        this.select(element, 'does', 'The hub', {
          options: [
            ['', byTable ? 'asks a table (choose it below)' : 'Choose what it does'],
            ...[...new Set([...fitting, ...(now ? [now] : [])])].map(one => [one.id, one.name]),
            ...(expression && !now ? [['?', 'does something that is not known here']] : [])
          ],
          get: () => now?.id ?? (expression ? '?' : ''),
          set: id => this.does(element, this.known.templates.find(one => one.id === id)),
          description: now?.description
        })
      )
    }
    if (byTable && !expression) {
      entries.push(
        this.select(element, 'decision', 'The table', {
          options: withCurrent(step.get('camunda:decisionRef'), this.known.decisions),
          get: () => step.get('camunda:decisionRef') ?? '',
          set: id => this.asks(element, id)
        }),
        this.text(element, 'result', 'Its answer is kept as', {
          get: () => step.get('camunda:resultVariable'),
          set: value => this.update(element, { 'camunda:resultVariable': value || undefined }),
          description: 'One word, such as approvalRequired. Conditions further on can go by it.',
          validate: value => (!value || /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(value) ? null : 'Use letters and digits only.')
        })
      )
    }
    return entries
  }

  does(element, template) {
    if (template) {
      this.elementTemplates.applyTemplate(element, template)
    } else {
      this.update(element, {
        'camunda:delegateExpression': undefined,
        'camunda:modelerTemplate': undefined,
        'camunda:modelerTemplateVersion': undefined
      })
    }
  }

  asks(element, decision) {
    this.update(
      element,
      decision
        ? {
            'camunda:decisionRef': decision,
            'camunda:decisionRefBinding': 'deployment',
            'camunda:mapDecisionResult': 'singleEntry',
            'camunda:asyncBefore': true
          }
        : {
            'camunda:decisionRef': undefined,
            'camunda:decisionRefBinding': undefined,
            'camunda:mapDecisionResult': undefined,
            'camunda:resultVariable': undefined
          }
    )
  }

  person(element) {
    const step = element.businessObject
    const form = () =>
      this.select(element, 'form', 'Form', {
        options: withCurrent(step.get('camunda:formRef'), this.known.forms),
        get: () => step.get('camunda:formRef') ?? '',
        set: id =>
          this.update(element, {
            'camunda:formRef': id || undefined,
            'camunda:formRefBinding': id ? 'deployment' : undefined
          })
      })
    if (is(element, 'bpmn:StartEvent') && step.get('camunda:formRef')) {
      return [form()]
    }
    if (!is(element, 'bpmn:UserTask')) {
      return []
    }
    return [
      this.select(element, 'group', 'Group', {
        options: withCurrent(step.get('camunda:candidateGroups'), this.known.groups),
        get: () => step.get('camunda:candidateGroups') ?? '',
        set: value => this.update(element, { 'camunda:candidateGroups': value || undefined })
      }),
      this.select(element, 'due', 'Due', {
        options: withCurrent(step.get('camunda:dueDate'), this.instants(), instantWords),
        get: () => step.get('camunda:dueDate') ?? '',
        set: value => this.update(element, { 'camunda:dueDate': value || undefined }),
        description: 'Instants that the hub works out. How long they allow is set in the tables.'
      }),
      form()
    ]
  }

  /** Every instant that this model uses already. */
  instants() {
    const found = new Set()
    this.elementRegistry.forEach(({ businessObject }) => {
      const times = (businessObject?.eventDefinitions ?? []).map(one => one.timeDate?.body)
      ;[businessObject?.get?.('camunda:dueDate'), ...times].forEach(one => {
        if (/^\$\{[A-Za-z]+At\}$/.test(one ?? '')) {
          found.add(one)
        }
      })
    })
    return [...found].sort()
  }

  called(element) {
    if (!is(element, 'bpmn:CallActivity')) {
      return []
    }
    const step = element.businessObject
    return [
      this.select(element, 'called', 'Process', {
        options: withCurrent(step.get('calledElement'), this.known.processes),
        get: () => step.get('calledElement') ?? '',
        set: id =>
          this.update(element, {
            calledElement: id || undefined,
            'camunda:calledElementBinding': id ? 'deployment' : undefined
          })
      })
    ]
  }

  condition(element) {
    if (!is(element, 'bpmn:SequenceFlow') || !isAny(element.source, ['bpmn:ExclusiveGateway', 'bpmn:InclusiveGateway'])) {
      return []
    }
    const flow = element.businessObject
    const gateway = element.source
    const otherwise = gateway.businessObject.default === flow
    const entries = [
      {
        id: 'otherwise',
        isEdited: isCheckboxEntryEdited,
        component: () =>
          CheckboxEntry({
            element,
            id: 'otherwise',
            label: 'Taken when no other condition holds',
            getValue: () => otherwise,
            setValue: value => {
              this.modeling.updateProperties(gateway, { default: value ? flow : undefined })
              if (value) {
                this.update(element, { conditionExpression: undefined })
              }
            }
          })
      }
    ]
    if (!otherwise) {
      entries.push(
        this.text(element, 'condition', 'Condition', {
          get: () => flow.conditionExpression?.body,
          set: value =>
            this.update(element, {
              conditionExpression: value ? this.bpmnFactory.create('bpmn:FormalExpression', { body: value }) : undefined
            }),
          description: 'One comparison, such as ${contentUnlawful} or ${referralAnswer == \'SENT\'}. More is a table.'
        })
      )
    }
    return entries
  }

  retries(element) {
    if (!isAny(element, [...CALLS_HUB, 'bpmn:CallActivity'])) {
      return []
    }
    const step = element.businessObject
    const cycle = () =>
      step.get('extensionElements')?.get('values').find(one => is(one, 'camunda:FailedJobRetryTimeCycle'))
    return [
      this.text(element, 'retries', 'Try again after', {
        get: () => cycle()?.body,
        set: value => {
          const values = (step.get('extensionElements')?.get('values') ?? []).filter(one => one !== cycle())
          if (value) {
            values.push(this.bpmnFactory.create('camunda:FailedJobRetryTimeCycle', { body: value }))
          }
          this.update(element, {
            extensionElements: values.length ? this.bpmnFactory.create('bpmn:ExtensionElements', { values }) : undefined
          })
        },
        description:
          'Waits between tries, such as PT1M,PT10M,PT1H (one minute, ten minutes, one hour). Leave it empty for the usual: 10 seconds, 1, 5 and 15 minutes, an hour.',
        validate: value => (!value || RETRIES.test(value) ? null : 'Write waits as PT1M,PT10M or R5/PT5M.')
      })
    ]
  }

  reference(element) {
    return [
      {
        id: 'id',
        component: () =>
          TextFieldEntry({
            element,
            id: 'id',
            label: 'Id',
            disabled: true,
            description: is(element, 'bpmn:FlowNode')
              ? 'Open cases wait at this id, so it stays. New steps get one from their name.'
              : undefined,
            debounce: useService('debounceInput'),
            getValue: () => holder(element).id,
            setValue: () => {}
          })
      }
    ]
  }

  text(element, id, label, { get, set, description, validate, lines }) {
    const Entry = lines ? TextAreaEntry : TextFieldEntry
    return {
      id,
      isEdited: lines ? isTextAreaEntryEdited : isTextFieldEntryEdited,
      component: () =>
        Entry({
          element,
          id,
          label,
          description,
          validate,
          autoResize: lines,
          rows: lines ? 1 : undefined,
          debounce: useService('debounceInput'),
          getValue: () => get() ?? '',
          setValue: (value, error) => {
            if (!error) {
              set(value)
            }
          }
        })
    }
  }

  select(element, id, label, { options, get, set, description }) {
    return {
      id,
      isEdited: isSelectEntryEdited,
      component: () =>
        SelectEntry({
          element,
          id,
          label,
          description,
          getOptions: () => options.map(([value, words]) => ({ value, label: words })),
          getValue: get,
          setValue: set
        })
    }
  }

  update(element, properties) {
    const process = is(element, 'bpmn:Participant') ? element.businessObject.processRef : null
    if (process) {
      this.modeling.updateModdleProperties(element, process, properties)
    } else {
      this.modeling.updateProperties(element, properties)
    }
  }
}

function group(id, label, entries) {
  return { id, label, entries, component: Group, shouldOpen: true }
}

function reduced(one, kept) {
  return { ...one, shouldOpen: true, entries: kept ? one.entries.filter(entry => kept.includes(entry.id)) : one.entries }
}

function holder(element) {
  return is(element, 'bpmn:Participant') && element.businessObject.processRef
    ? element.businessObject.processRef
    : element.businessObject
}

function withCurrent(current, names, words = one => one) {
  const all = current && !names.includes(current) ? [...names, current] : names
  return [['', 'Choose'], ...all.map(one => [one, words(one)])]
}

/** "${caseDueAt}" as "case due". */
function instantWords(expression) {
  const name = expression.match(/^\$\{([A-Za-z]+)At\}$/)?.[1]
  return name ? name.replace(/([A-Z])/g, letter => ' ' + letter.toLowerCase()) : expression
}
