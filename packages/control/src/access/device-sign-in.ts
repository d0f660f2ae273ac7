/** Signing a device in by a code: https://www.rfc-editor.org/rfc/rfc8628 */
import { type Id, isId, type JsonObject, newHandle, Problem, type User } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { handleHash } from "./handle-hash.ts"
import { type StartedSession, startSession } from "./sessions.ts"
import { newUserCode, plainUserCode } from "./user-code.ts"

/** What signing a device in needs. */
export interface DeviceSignInDeps extends RecordContext {
  readonly transact: Transact<"oauthModels" | "outbox" | "replays" | "sessions" | "users">
}

/** A sign-in that has begun: one code for the device, and one that its person types. Neither is kept. */
export interface BegunDeviceSignIn {
  readonly deviceCode: string
  readonly userCode: string
  readonly expiresAt: Date
}

/** A device that asks, as it calls itself. */
export interface AskingDevice {
  readonly machine: string
  readonly expiresAt: Date
}

/** What a device is told that asks whether its person has answered. */
export type DeviceAnswer =
  | { readonly kind: "pending" | "too-soon" | "denied" | "over" }
  | { readonly kind: "session"; readonly session: StartedSession }

/** Long enough to open a browser and sign in, too short for a code to be passed on. */
const LIFE_MS = 10 * 60 * 1000

/** How long a device waits between two questions, in seconds (§3.2). */
export const DEVICE_INTERVAL_SECONDS = 5

const MODEL = "DeviceSignIn"
const BY_USER_CODE = "DeviceSignIn by user code"

/** What is kept of a sign-in under the hash of its device code. */
interface Kept {
  readonly machine: string
  readonly user: Id<"user"> | null
  readonly agreed: boolean | null
}

/** Begins a sign-in. Whoever holds the user code and a session says yes to it; whoever holds the device code gets what comes of it. */
export async function beginDeviceSignIn(deps: DeviceSignInDeps, machine: string): Promise<BegunDeviceSignIn> {
  const [deviceCode, userCode] = [newHandle() + newHandle(), newUserCode()]
  const expiresAt = new Date(deps.clock.now().getTime() + LIFE_MS)
  const common = { grant: null, consumedAt: null, expiresAt }
  const id = handleHash(deviceCode)
  const kept: Kept = { machine, user: null, agreed: null }
  await deps.transact(async ({ oauthModels }) => {
    await oauthModels.put({ ...common, model: MODEL, id, payload: { ...kept } })
    const lead = { leadsTo: id }
    const of = handleHash(plainUserCode(userCode))
    await oauthModels.put({ ...common, model: BY_USER_CODE, id: of, payload: lead })
  })
  return { deviceCode, userCode, expiresAt }
}

/**
 * Answers which device shows a code.
 *
 * @throws {Problem} sign_in_invalid, where none does, its time is over, or somebody answered it
 */
export async function findDeviceSignIn(deps: DeviceSignInDeps, userCode: string): Promise<AskingDevice> {
  return deps.transact(async (tx) => {
    const { kept, expiresAt } = await asking(deps, tx, userCode)
    return { machine: kept.machine, expiresAt }
  })
}

/**
 * Answers a device in a person's name, once.
 *
 * @throws {Problem} sign_in_invalid
 */
export async function answerDeviceSignIn(
  deps: DeviceSignInDeps,
  by: User,
  { userCode, agree }: { userCode: string; agree: boolean },
): Promise<void> {
  await deps.transact(async (tx) => {
    const { id, kept, expiresAt, lead } = await asking(deps, tx, userCode)
    if (!(await tx.oauthModels.consume(BY_USER_CODE, lead, deps.clock.now()))) throw unknownCode()
    const answered: Kept = { ...kept, user: by.id, agreed: agree }
    // Under their name, by which it ends with their sessions.
    const common = { grant: by.id, consumedAt: null, expiresAt }
    await tx.oauthModels.put({ ...common, model: MODEL, id, payload: { ...answered } })
  })
}

/** Answers a device: a session of its person's, once, or what it has to wait for. */
export async function redeemDeviceSignIn(deps: DeviceSignInDeps, deviceCode: string): Promise<DeviceAnswer> {
  const id = handleHash(deviceCode)
  const now = deps.clock.now()
  return deps.transact(async (tx) => {
    const found = await tx.oauthModels.find(MODEL, id, now)
    if (!found || found.consumedAt) return { kind: "over" }
    const { machine, user: by, agreed } = keptIn(found.payload)
    if (agreed === null) return (await isTooSoon(tx, id, now)) ? { kind: "too-soon" } : { kind: "pending" }
    // Of any number who ask with one code, one is given the session.
    if (!(await tx.oauthModels.consume(MODEL, id, now))) return { kind: "over" }
    const user = by && (await tx.users.find(by))
    if (!agreed || !user?.active) return { kind: "denied" }
    const agent = `tabard on ${machine}`
    const start = { user, by: "device code", agent, kind: "command line" } as const
    return { kind: "session", session: await startSession(deps, tx, start) }
  })
}

/** §3.5: taken for an interval, and not asked for again before it is over. */
async function isTooSoon({ replays }: Pick<Transaction, "replays">, id: string, now: Date): Promise<boolean> {
  const turn = Math.floor(now.getTime() / (DEVICE_INTERVAL_SECONDS * 1000))
  return !(await replays.take("device-poll", `${id} ${turn}`, new Date(now.getTime() + LIFE_MS)))
}

async function asking(
  { clock }: RecordContext,
  { oauthModels }: Pick<Transaction, "oauthModels">,
  userCode: string,
): Promise<{ id: string; lead: string; kept: Kept; expiresAt: Date }> {
  const now = clock.now()
  const lead = handleHash(plainUserCode(userCode))
  const leads = await oauthModels.find(BY_USER_CODE, lead, now)
  const id = leads?.consumedAt ? undefined : leads?.payload["leadsTo"]
  const found = typeof id === "string" ? await oauthModels.find(MODEL, id, now) : undefined
  if (!found?.expiresAt || typeof id !== "string") throw unknownCode()
  return { id, lead, kept: keptIn(found.payload), expiresAt: found.expiresAt }
}

function keptIn({ machine, user, agreed }: JsonObject): Kept {
  return {
    machine: typeof machine === "string" ? machine : "",
    user: isId("user", user) ? user : null,
    agreed: typeof agreed === "boolean" ? agreed : null,
  }
}

function unknownCode(): Problem {
  return new Problem("sign_in_invalid", "no device shows this code (any more): begin again there")
}
