import { advanceSigningKey, type SignalBox } from "@tabard/control"
import { sealKey, vaultKey } from "../keys/key-vault.ts"
import { type TargetRules, targetRules } from "../notifications/guard-address.ts"
import type { OpenOrganisationDeps } from "../organisation/organisation-deps.ts"
import { signalBox } from "./signal-box.ts"
import { newSignalKey } from "./signal-key.ts"
import { openSignalSigner, type SignalSigner } from "./signal-signer.ts"
import { SourceKeys } from "./source-keys.ts"

/** By what signals are told and heard. */
export interface SignalWays {
  readonly box: SignalBox
  /** Where receivers, sources and their keys may be. */
  readonly rules: TargetRules
  readonly keys: SourceKeys
  /** Answers what signs, with the key unsealed at the first need. */
  signer(): Promise<SignalSigner>
  /** Takes the next step of the rotation of the key that signs, and knows what other processes took. */
  refresh(): Promise<void>
}

/** Opens what signals are told and heard by, with the data key: for the process that plays control. */
export async function openSignals(deps: OpenOrganisationDeps): Promise<SignalWays> {
  const { config, organisation, shelf, clock, encryption } = deps
  const vault = { ...deps, transact: shelf.transact }
  const rules = targetRules({ production: config.production, listed: config.channelNetworks })
  let signer: Promise<SignalSigner> | undefined
  return {
    box: signalBox(organisation, await vaultKey(vault, "data")),
    rules,
    keys: new SourceKeys({ clock, rules }),
    signer: () => {
      signer ??= openSignalSigner(deps).catch((error: unknown) => {
        signer = undefined
        throw error
      })
      return signer
    },
    refresh: async () => {
      const rotating = { ...shelf, organisation, clock, purpose: "signal-signing", door: "signals" } as const
      await advanceSigningKey(rotating, () =>
        sealKey({ organisation, clock, encryption }, "signal-signing", newSignalKey()),
      )
      await (await signer)?.look()
    },
  }
}
