// A PLC directory, a PDS and an Ozone moderation service in one process, for AtProtocolPeer.
// Ports and folders come from the environment. Prints one line "READY {…}"; ends on SIGTERM or when its input closes,
// so that it never outlives the tests that started it.
import net from 'node:net'
import { Secp256k1Keypair } from '@atproto/crypto'
import { Database as OzoneDatabase, OzoneDaemon, OzoneService, envToCfg, envToSecrets } from '@atproto/ozone'
import { PDS } from '@atproto/pds'
import { Client as PlcClient, didForCreateOp, signOperation } from '@did-plc/lib'
import { Database as PlcDatabase, PlcServer } from '@did-plc/server'

const { PEER_DATA, PEER_POSTGRES, PEER_ADMIN_PASSWORD, PEER_PLC_PORT, PEER_PDS_PORT, PEER_OZONE_PORT } = process.env
const at = port => `http://localhost:${port}`
const key = () => Secp256k1Keypair.create({ exportable: true })
const hex = async pair => Buffer.from(await pair.export()).toString('hex')

// None of the three can be told where to listen but on all interfaces: here it is loopback only.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (where, ...rest) {
  return typeof where === 'number' ? listen.call(this, where, '127.0.0.1', ...rest) : listen.call(this, where, ...rest)
}

const plc = PlcServer.create({ db: PlcDatabase.mock(), port: Number(PEER_PLC_PORT) })
await plc.start()

// The moderation service needs an identity of its own before anything can be proxied to it.
const labelerKey = await key()
const birth = await signOperation({
  type: 'plc_operation',
  prev: null,
  alsoKnownAs: ['at://labeler.test'],
  rotationKeys: [labelerKey.did()],
  verificationMethods: { atproto: labelerKey.did(), atproto_label: labelerKey.did() },
  services: {
    atproto_pds: { type: 'AtprotoPersonalDataServer', endpoint: at(PEER_PDS_PORT) },
    atproto_labeler: { type: 'AtprotoLabeler', endpoint: at(PEER_OZONE_PORT) },
  },
}, labelerKey)
const labeler = await didForCreateOp(birth)
await new PlcClient(at(PEER_PLC_PORT)).sendOperation(labeler, birth)

const pds = await PDS.fromEnv({
  devMode: true,
  hostname: 'localhost',
  port: Number(PEER_PDS_PORT),
  dataDirectory: PEER_DATA,
  blobstoreDiskLocation: `${PEER_DATA}/blobs`,
  didPlcUrl: at(PEER_PLC_PORT),
  serviceHandleDomains: ['.test'],
  inviteRequired: false,
  disableSsrfProtection: true,
  adminPassword: PEER_ADMIN_PASSWORD,
  jwtSecret: await hex(await key()),
  recoveryDidKey: (await key()).did(),
  plcRotationKeyK256PrivateKeyHex: await hex(await key()),
  // There is no AppView here; the PDS insists on an address, and port 1 refuses.
  bskyAppViewUrl: at(1),
  bskyAppViewDid: 'did:example:none',
  modServiceUrl: at(PEER_OZONE_PORT),
  modServiceDid: labeler,
})
await pds.start()

const settings = {
  devMode: true,
  version: '0.0.0',
  port: Number(PEER_OZONE_PORT),
  publicUrl: at(PEER_OZONE_PORT),
  serverDid: labeler,
  signingKeyHex: await hex(labelerKey),
  didPlcUrl: at(PEER_PLC_PORT),
  dbPostgresUrl: PEER_POSTGRES,
  dbPostgresSchema: 'ozone',
  appviewUrl: at(PEER_PDS_PORT),
  appviewDid: pds.ctx.cfg.service.did,
  appviewPushEvents: false,
  pdsUrl: at(PEER_PDS_PORT),
  pdsDid: pds.ctx.cfg.service.did,
  adminPassword: PEER_ADMIN_PASSWORD,
  adminDids: [],
  moderatorDids: [],
  triageDids: [],
}
const database = new OzoneDatabase({ url: settings.dbPostgresUrl, schema: settings.dbPostgresSchema })
await database.migrateToLatestOrThrow()
await database.close()
const ozone = await OzoneService.create(envToCfg(settings), envToSecrets(settings), {})
await ozone.start()
// The daemon carries an account's takedown from Ozone to the PDS.
const daemon = await OzoneDaemon.create(envToCfg(settings), envToSecrets(settings))
await daemon.start()

let stopping = false
const stop = async () => {
  if (stopping) return
  stopping = true
  setTimeout(() => process.exit(0), 3000).unref()
  await daemon.destroy()
  await ozone.destroy()
  await pds.destroy()
  await plc.destroy()
  process.exit(0)
}
process.on('SIGTERM', stop)
process.stdin.on('end', stop).resume()

console.log('READY ' + JSON.stringify({ labeler }))
