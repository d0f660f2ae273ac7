import type { ScanProgress } from "@tabard/api"
import { offerSignInLink, type Store } from "@tabard/control"
import type { Clock } from "@tabard/core"
import { answering } from "./answering.ts"
import { ChangeFeed } from "./api/changes/change-feed.ts"
import type { Config } from "./config.ts"
import { findSandbox } from "./gateway/find-sandbox.ts"
import { GATEWAY_SETTINGS, type GatewaySettings } from "./gateway/gateway-settings.ts"
import { UPSTREAM_LIMITS } from "./gateway/upstream-limits.ts"
import { UpstreamPool } from "./gateway/upstream-pool.ts"
import { openDoor } from "./http/open-door.ts"
import { ScanRunner } from "./jobs/scan-runner.ts"
import { startJobs } from "./jobs/start-jobs.ts"
import { loadKeyEncryptionKey } from "./keys/key-encryption-key.ts"
import { openStore } from "./open-store.ts"
import { newOrganisation } from "./organisation/new-organisation.ts"
import { type OpenOrganisation, openOrganisation } from "./organisation/open-organisation.ts"

/** What a server is started with besides its configuration. */
export interface StartOptions {
  readonly clock: Clock
  /** Hears of faults of ours, for the operator's log. Nothing secret is among them. */
  readonly onFault: (error: unknown) => void
  readonly onScan?: (progress: ScanProgress) => void
  readonly gateway?: GatewaySettings
  /** A store that is open already, and stays so: for several organisations of one file, which one process alone may open. */
  readonly store?: Store
}

/** A server that runs. Disposing of it answers who waits, finishes what was accepted, and closes the store. */
export interface RunningServer extends AsyncDisposable {
  readonly publicUrl: string
  /** Where it listens, which a proxy may stand in front of. */
  readonly address: string
  readonly data: string
  readonly organisation: OpenOrganisation
  readonly scans: ScanRunner
  /** Makes a one-time way in for the administrator. The code is in the fragment, which no server and no log sees. */
  signInLink(): Promise<string>
  /** Publishes what waits for the log, now. */
  publish(): Promise<number>
}

/**
 * Starts everything in one process: store, issuer, gateway, API, console, jobs. What is missing stops the start.
 *
 * @throws {Problem} and StoreProblem, in words for the operator
 */
export async function startServer(config: Config, options: StartOptions): Promise<RunningServer> {
  const { clock, onFault } = options
  await using starting = new AsyncDisposableStack()
  const sandbox = await findSandbox(config.sandbox, config.ownFolders)
  const store = options.store ?? starting.use(await openStore(config, clock))
  // Only where there is nothing yet: beside data that another key seals, a new key would look like the lost one.
  const isNew = (await store.organisations()).length === 0
  const encryption = await loadKeyEncryptionKey(config.keyEncryption, isNew)
  // The port is taken before anything is named: the issuer's name holds it.
  const door = starting.use(await openDoor(config))
  const publicUrl = config.publicUrl ?? door.address

  const organisation = await store.ensureOrganisation(config.organisation, () =>
    newOrganisation(config.organisation, { clock, publicUrl }),
  )
  const shelf = store.shelf(organisation.id)
  const open = await openOrganisation({ organisation, shelf, clock, config, publicUrl, encryption, onFault })

  const pool = starting.use(new UpstreamPool({ sandbox, limits: UPSTREAM_LIMITS, clock }))
  const scans = starting.use(scanRunner(config, options, open))
  const jobs = starting.use(startJobs(open, { roles: config.roles, onFault }))
  const changes = starting.use(new ChangeFeed({ ...open, onFault }))
  const stopping = new AbortController()
  const settings = options.gateway ?? GATEWAY_SETTINGS
  door.answer(
    await answering({
      config,
      open,
      pool,
      scans,
      changes,
      sandbox,
      settings,
      store,
      stopping: stopping.signal,
      onFault,
    }),
  )
  // Disposed of first: whoever waits for people is answered before the door closes.
  starting.defer(() => stopping.abort())

  if (config.scan && open.fingerprintKey) await scans.start()
  const resources = starting.move()
  return {
    publicUrl,
    address: door.address,
    data: config.data,
    organisation: open,
    scans,
    signInLink: async () =>
      `${publicUrl}/sign-in#${await offerSignInLink({ organisation, clock, transact: shelf.transact })}`,
    publish: () => jobs.publish(),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function scanRunner(config: Config, { onFault, onScan }: StartOptions, open: OpenOrganisation): ScanRunner {
  return new ScanRunner({
    ...open,
    places: open.fingerprintKey ? config.scan : null,
    onFault,
    onProgress: onScan ?? (() => undefined),
  })
}
