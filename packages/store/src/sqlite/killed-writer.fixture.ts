import { newId, systemClock } from "@tabard/core"
import { openSqlite } from "./open-sqlite.ts"

// Writes until it is killed, and says the id of each event once its transaction has answered.
const [path = ""] = process.argv.slice(2)
const store = await openSqlite({ path })
const made = await store.ensureOrganisation("default", () => ({
  id: newId("organisation", systemClock),
  slug: "default",
  name: "default",
  trustDomain: "default.test",
}))
const { transact } = store.shelf(made.id)

await Promise.all(Array.from({ length: 8 }, writeForEver))

async function writeForEver(): Promise<never> {
  for (;;) {
    const id = newId("event", systemClock)
    await transact(async ({ outbox, organisation }) => {
      await outbox.append({
        id,
        type: "agent.adopted",
        at: systemClock.now(),
        agent: null,
        task: null,
        call: null,
        bytes: new Uint8Array(500),
        index: null,
      })
      await organisation.bumpVersion()
    })
    process.stdout.write(`${id}\n`)
  }
}
