import assert from "node:assert/strict"
import { createHash } from "node:crypto"
import { after, before, describe, it, type TestContext } from "node:test"
import { setTimeout } from "node:timers/promises"
import { recordStanding } from "@tabard/control"
import { askAs, type CodeClient, registerClient, signedIn, tokensIn } from "../world/code-client.ts"
import { addPerson, type Person } from "../world/people.ts"
import { type RunningTabard, runTabard } from "../world/running-tabard.ts"

const HOUR = 3600_000
const DAY = 24 * HOUR

let tabard: RunningTabard
let ann: Person
let clientId: string

before(async () => {
  tabard = await runTabard()
  ann = await addPerson(tabard.server, "administrator")
  clientId = await registerClient(tabard.server, ann, "Desk")
  const body = { match: clientId, purpose: "Helps at the desk.", tier: "read-only", days: 90 }
  await askAs(tabard.server, ann, { path: "/client-rules", body })
})
after(async () => {
  await tabard[Symbol.asyncDispose]()
  assert.deepEqual(tabard.faults, [])
})

describe("a refresh token, by the clock", () => {
  it("is over after eight hours unused, and not while it is used", async (test) => {
    const { client, token } = await freshToken(test)
    let last = token
    for (let turn = 0; turn < 2; turn++) {
      await goOn(test, 7 * HOUR)
      last = await refreshed(client, last)
    }
    await goOn(test, 8 * HOUR + 1000)
    await isOver(client, last)
  })

  it("is over thirty days after its person's yes, however lately it was used", async (test) => {
    const { client, token } = await freshToken(test)
    await keptInUse(token)
    await goOn(test, 30 * DAY - HOUR)
    const last = await refreshed(client, token)
    await goOn(test, HOUR + 1000)
    await isOver(client, last)
  })
})

async function freshToken(test: TestContext): Promise<{ client: CodeClient; token: string }> {
  const { client, response } = await signedIn(tabard.server, ann, { clientId })
  const { refresh_token: token = assert.fail() } = await tokensIn(client, response)
  test.mock.timers.enable({ apis: ["Date"], now: Date.now() })
  return { client, token }
}

/** Moves the clock once all that happened is on record: a server whose record waits for hours issues nothing. */
async function goOn({ mock }: TestContext, ms: number): Promise<void> {
  const { shelf } = tabard.server.organisation
  while ((await shelf.snapshot(recordStanding)).waitingSince) {
    await setTimeout(20)
    mock.timers.setTime(Date.now() + 20)
  }
  mock.timers.setTime(Date.now() + ms)
}

async function refreshed(client: CodeClient, token: string): Promise<string> {
  return (await tokensIn(client, await client.refresh(token))).refresh_token ?? assert.fail()
}

async function isOver(client: CodeClient, token: string): Promise<void> {
  const answer = await client.refresh(token)
  assert.deepEqual([answer.status, Object(await answer.json()).error], [400, "invalid_grant"])
}

/** Lets a refresh token live as long as if it were used each day, which would be a hundred requests. */
async function keptInUse(token: string): Promise<void> {
  const id = createHash("sha256").update(token).digest("base64url")
  const now = new Date()
  const expiresAt = new Date(now.getTime() + 40 * DAY)
  await tabard.server.organisation.shelf.transact(async ({ oauthModels }) => {
    const kept = (await oauthModels.find("RefreshToken", id, now)) ?? assert.fail()
    const payload = { ...kept.payload, exp: Math.floor(expiresAt.getTime() / 1000) }
    await oauthModels.put({ ...kept, payload, expiresAt })
  })
}
