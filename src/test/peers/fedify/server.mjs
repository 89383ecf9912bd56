// An ActivityPub server on loopback, for FedifyPeer: accounts and their posts, inboxes that take reports, and below
// /test/ what people do there. The port comes from the environment. Prints one line "READY"; ends on SIGTERM or when its
// input closes, so that it never outlives the tests that started it.
import http from 'node:http'
import { createFederation, MemoryKvStore } from '@fedify/fedify'
import { Endpoints, Flag, Note, Person } from '@fedify/vocab'

const port = Number(process.env.PEER_PORT)
const accounts = new Map() // name -> { secured }
const posts = new Map() // id -> { author, text }
const reports = []
const deliveries = []

// One key for all accounts: to make one for each would take longer than the tests.
const key = await crypto.subtle.generateKey(
  { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
  true,
  ['sign', 'verify'],
)

const federation = createFederation({ kv: new MemoryKvStore(), allowPrivateAddress: true })

// Accounts that show themselves only to those who sign ("authorized fetch").
const mayRead = async (ctx, account) => !account?.secured || (await ctx.getSignedKey()) != null

federation
  .setActorDispatcher('/users/{identifier}', async (ctx, name) => {
    if (!accounts.has(name)) return null
    const pairs = await ctx.getActorKeyPairs(name)
    return new Person({
      id: ctx.getActorUri(name),
      preferredUsername: name,
      inbox: ctx.getInboxUri(name),
      endpoints: new Endpoints({ sharedInbox: ctx.getInboxUri() }),
      publicKey: pairs[0].cryptographicKey,
    })
  })
  .setKeyPairsDispatcher(() => [key])
  .authorize((ctx, name) => mayRead(ctx, accounts.get(name)))

federation
  .setObjectDispatcher(Note, '/users/{author}/posts/{id}', (ctx, { author, id }) => {
    const post = posts.get(id)
    return post?.author === author
      ? new Note({ id: ctx.getObjectUri(Note, { author, id }), attribution: ctx.getActorUri(author), content: post.text })
      : null
  })
  .authorize((ctx, { author }) => mayRead(ctx, accounts.get(author)))

federation.setInboxListeners('/users/{identifier}/inbox', '/inbox').on(Flag, async (_, flag) => {
  reports.push({
    id: flag.id?.href,
    actor: flag.actorId?.href,
    objects: flag.objectIds.map(id => id.href),
    content: String(flag.content),
  })
})

federation.setNodeInfoDispatcher('/nodeinfo/2.1', () => ({
  software: { name: 'peer', version: '1.0.0' },
  protocols: ['activitypub'],
  usage: { users: {}, localPosts: posts.size, localComments: 0 },
}))

const json = (body, status = 200) => Response.json(body, { status })

const control = (method, path, body) => {
  const [, , what, id] = path.split('/')
  if (method === 'POST' && what === 'accounts') accounts.set(body.name, { secured: body.secured })
  else if (method === 'POST' && what === 'posts') posts.set(body.id, { author: body.author, text: body.text })
  else if (method === 'DELETE' && what === 'posts') posts.delete(id)
  else if (method === 'GET' && what === 'reports') return json(reports)
  else if (method === 'GET' && what === 'deliveries') return json(deliveries)
  else return json({ error: 'unknown' }, 404)
  return json({})
}

const server = http.createServer(async (incoming, outgoing) => {
  const chunks = []
  for await (const chunk of incoming) chunks.push(chunk)
  const body = Buffer.concat(chunks)
  const url = new URL(incoming.url, `http://${incoming.headers.host}`)
  let answer
  if (url.pathname.startsWith('/test/')) {
    answer = control(incoming.method, url.pathname, body.length ? JSON.parse(body.toString()) : null)
  } else {
    const request = new Request(url, {
      method: incoming.method,
      headers: incoming.headers,
      body: body.length ? body : undefined,
    })
    answer = await federation.fetch(request, { contextData: undefined })
    if (incoming.method === 'POST') {
      const kind = incoming.headers['signature-input'] ? 'rfc9421' : incoming.headers.signature ? 'cavage' : 'none'
      deliveries.push({ path: url.pathname, kind, status: answer.status })
    }
  }
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers))
  outgoing.end(Buffer.from(await answer.arrayBuffer()))
})

server.listen(port, '127.0.0.1', () => console.log('READY'))
const stop = () => process.exit(0)
process.on('SIGTERM', stop)
process.stdin.on('end', stop).resume()
