import { askWitnesses, underLease } from "@tabard/control"
import { newHandle } from "@tabard/core"
import { sha256, verifySignature } from "@tabard/log/node"
import { targetRules } from "../../notifications/guard-address.ts"
import type { OpenOrganisationDeps } from "../../organisation/organisation-deps.ts"
import type { LogKeeper } from "../log-keeper.ts"
import { type LogPlaces, logFolder } from "../log-places.ts"
import { postToWitness } from "./post-to-witness.ts"

/** Has the log witnessed: for the process that publishes. Disposing of it gives its lease back. */
export interface WitnessKeeper extends AsyncDisposable {
  /**
   * Asks every witness, once in the life of this process: before it publishes anything, so that a database that was put back
   * to an earlier state is found out while its log is still whole.
   */
  greet(): Promise<void>
  /** Asks the witnesses whose turn it is, if this process leads. */
  round(): Promise<void>
}

/** The job whose lease guards the rounds: two processes would ask each witness twice. */
const LEASE = "witnesses"

/** Opens what has an organisation's log witnessed. */
export function openWitnessKeeper(
  deps: OpenOrganisationDeps,
  places: LogPlaces,
  log: Pick<LogKeeper, "assertNotBehind" | "republish" | "view">,
): WitnessKeeper {
  const { shelf, clock } = deps
  const lease = { transact: shelf.transact, clock, holder: newHandle() }
  const ask = roundOf(deps, places, log)
  let greeted = false
  return {
    greet: async () => {
      if (greeted) return
      await ask({ everybody: true })
      greeted = true
    },
    round: () => underLease(lease, LEASE, () => ask({ everybody: false })),
    [Symbol.asyncDispose]: () => shelf.transact(({ leases }) => leases.release(LEASE, lease.holder)),
  }
}

type Ask = (options: { readonly everybody: boolean }) => Promise<void>

/** Asks, has the checkpoint read with its cosignatures, and stops publishing where a witness has seen more than there is. */
function roundOf(
  { organisation, shelf, clock, config }: OpenOrganisationDeps,
  places: LogPlaces,
  log: Parameters<typeof openWitnessKeeper>[2],
): Ask {
  const { production, channelNetworks } = config
  const post = postToWitness(targetRules({ production, listed: channelNetworks }))
  return async (options) => {
    // Read first, so that an organisation without witnesses costs one question.
    if (!(await shelf.snapshot(({ logPolicy }) => logPolicy.find()))) return
    const { generation, verifierKey, checkpoint } = await log.view()
    const tiles = places.reading(logFolder(organisation.slug, generation))
    const newest = { generation, verifierKey }
    const { ahead } = await askWitnesses(
      { organisation, clock, ...shelf, tiles, sha256, verify: verifySignature, post, log: newest },
      options,
    )
    const kept = await shelf.snapshot(({ logCheckpoints }) => logCheckpoints.newest(generation))
    // Also where this process died between the two.
    if (kept && kept.note !== checkpoint) await log.republish(kept.note)
    if (ahead) await log.assertNotBehind(ahead.size, `witness ${ahead.name}`)
  }
}
