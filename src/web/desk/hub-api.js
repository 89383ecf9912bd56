// How the desk's scripts speak with the hub: its own API, on the session of the browser.

/** The text at an address. */
export async function fetched(address) {
  const answer = await fetch(address, { headers: { Accept: '*/*' } })
  const text = await answer.text()
  if (!answer.ok || answer.redirected) {
    throw new Error(reason(answer, text))
  }
  return text
}

/** Sends JSON. An answer that is no success comes back as well, for there is something to tell in it. */
export async function send(method, address, body) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' }
  // What proves that the request comes from a page of the hub.
  const proof = document.querySelector('[data-csrf-header]')?.dataset
  if (proof) {
    headers[proof.csrfHeader] = proof.csrfToken
  }
  const answer = await fetch(address, { method, headers, body: JSON.stringify(body) })
  const text = await answer.text()
  let told = {}
  if ((answer.headers.get('Content-Type') ?? '').includes('json')) {
    told = JSON.parse(text)
  }
  return { status: answer.status, ok: answer.ok, told, why: answer.ok ? '' : reason(answer, text) }
}

function reason(answer, text) {
  if (answer.status === 401 || answer.redirected) {
    return 'You are signed out. Sign in in another window, then try again here.'
  }
  try {
    const problem = JSON.parse(text)
    return problem.detail || problem.title
  } catch {
    return 'The hub answered with ' + answer.status + '.'
  }
}
