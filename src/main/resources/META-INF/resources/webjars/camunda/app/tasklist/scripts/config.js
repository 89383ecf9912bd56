// Camunda's sign-in form leads nowhere here: once the session has ended, let the hub show its own.
const signInAgain = () => {
  if (window.location.hash.startsWith('#/login')) {
    window.location.assign(window.location.pathname);
  }
};
window.addEventListener('hashchange', signInAgain);

export default {
  app: {
    name: 'Hub',
    vendor: 'Takedown'
  },
  dateFormat: {
    normal: 'D MMM YYYY [at] HH:mm',
    long: 'dddd D MMMM YYYY [at] HH:mm:ss',
    short: 'D MMM YYYY HH:mm'
  },
  locales: {
    availableLocales: ['en'],
    fallbackLocale: 'en'
  },
  disableWelcomeMessage: true,
  shortcuts: {
    claimTask: {
      key: 'ctrl+alt+c',
      description: 'claims the selected task'
    },
    focusFilter: {
      key: 'ctrl+shift+f',
      description: 'goes to the first queue'
    },
    focusList: {
      key: 'ctrl+alt+l',
      description: 'goes to the first task of the queue'
    },
    focusForm: {
      key: 'ctrl+alt+f',
      description: 'goes to the first field of the form'
    },
    startProcess: {
      key: 'ctrl+alt+p',
      description: 'opens the dialog for flagging content'
    }
  }
};
