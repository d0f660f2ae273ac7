import type { User } from "@tabard/core"
import { formatVerifierKey, memoryTileStore, type TileStore } from "@tabard/log"
import { ed25519Signer, sha256, verifySignature } from "@tabard/log/node"
import { type ControlWorld, openControlWorld } from "../../testing/control-world.ts"
import { recordEvent } from "../event/record-event.ts"
import { LOG_LEASE } from "../log/log-state-store.ts"
import { publishOutbox } from "../log/publish-outbox.ts"
import { type AskWitnessesDeps, askWitnesses, type WitnessRound } from "../witness/ask-witnesses.ts"
import { putLogPolicy } from "../witness/put-log-policy.ts"
import { type WitnessEvidence, witnessEvidence } from "../witness/witness-evidence.ts"
import type { OwnWitness } from "./own-witness.ts"

/** An organisation whose log is published and witnessed by hand. */
export interface WitnessWorld extends ControlWorld {
  readonly tiles: TileStore
  readonly log: AskWitnessesDeps["log"]
  /** Records so many events and publishes them. */
  publish(count: number): Promise<void>
  /** Settles these witnesses and lines as the trust policy, as an administrator. */
  settle(witnesses: readonly OwnWitness[], ...lines: readonly string[]): Promise<void>
  /** Asks those of the settled witnesses whose turn it is. */
  ask(options?: { readonly everybody?: boolean }): Promise<WitnessRound>
  evidence(): Promise<WitnessEvidence>
}

const signer = ed25519Signer("audit.acme.example/acme/1", new Uint8Array(32).fill(1))

/** Opens a world whose files are in `tiles`. */
export async function openWitnessWorld(tiles: TileStore = memoryTileStore()): Promise<WitnessWorld> {
  const world = await openControlWorld()
  const log = { generation: 1, verifierKey: formatVerifierKey(signer.key) }
  let admin: User | undefined
  let witnesses: readonly OwnWitness[] = []
  const post: AskWitnessesDeps["post"] = async (url, body) => {
    const called = witnesses.find(({ line }) => url.startsWith(line.split(" ")[3] ?? "-"))
    if (!called) throw new Error(`nobody is at ${url}`)
    return called.post(url, body)
  }
  return {
    ...world,
    tiles,
    log,
    publish: async (count) => {
      const fence = await world.transact(async ({ leases, outbox }) => {
        for (let n = 0; n < count; n++) await recordEvent(world, outbox, scanned(n))
        return leases.acquire(LOG_LEASE, "test", 3_600_000, world.clock.now())
      })
      await publishOutbox({ ...world, tiles, sha256, signer, fence: fence ?? 0 })
    },
    settle: async (named, ...lines) => {
      admin ??= await world.person("administrator")
      witnesses = named
      const text = [...named.map(({ line }) => line), ...lines, ""].join("\n")
      await putLogPolicy({ ...world, sha256, requireTarget: () => undefined }, admin, text)
    },
    ask: (options) => askWitnesses({ ...world, tiles, sha256, verify: verifySignature, post, log }, options),
    evidence: () => witnessEvidence({ ...world, sha256, verify: verifySignature }, log, world.clock.now()),
  }
}

function scanned(n: number): Parameters<typeof recordEvent>[2] {
  return { type: "scan.finished", actor: { kind: "system", id: "test" }, data: { n } }
}
