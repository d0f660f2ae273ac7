import { receiveSignal, refuseSignal, type SignalSource } from "@tabard/control"
import type { ApiServices } from "../api/services.ts"
import type { SignalWays } from "./open-signals.ts"
import { SetRefused } from "./set-refused.ts"
import { verifySet } from "./verify-set.ts"

/** What hearing a source needs. */
export type HearDeps = Pick<ApiServices, "organisation" | "clock" | "shelf"> & {
  readonly signals: SignalWays
}

/**
 * Believes a token of a source, or records that it was not believed, and acts on what it says.
 *
 * @throws {SetRefused}
 * @throws {KeysUnavailable}
 */
export async function hearSet(deps: HearDeps, source: SignalSource, token: string): Promise<void> {
  const { organisation, clock, shelf, signals } = deps
  const context = { organisation, clock, door: "signals", transact: shelf.transact } as const
  try {
    const set = await verifySet({ keys: signals.keys, now: clock.now() }, source, token)
    await receiveSignal(context, source, set)
  } catch (error) {
    if (error instanceof SetRefused)
      await refuseSignal(context, source, { code: error.code, description: error.message })
    throw error
  }
}
