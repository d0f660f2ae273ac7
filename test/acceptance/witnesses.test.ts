import assert from "node:assert/strict"
import { cp, mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import { type LiteWitness, startLiteWitness } from "../world/lite-witness.ts"
import { lacksTools } from "../world/outside-tool.ts"
import {
  type RunningTabard,
  runTabard,
  type SignedInPerson,
  signInFirst,
  visitor,
} from "../world/running-tabard.ts"

describe("a log that a witness watches", { skip: lacksTools("litewitness", "witnessctl") }, () => {
  let root: string
  let witness: LiteWitness

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "tabard-witnessed-"))
    await using tabard = await runTabard({ data: at("today") })
    const ann = await signInFirst(tabard.server, "Ann")
    witness = await startLiteWitness("witness.example/lite", (await ann.api.getLog({})).verifierKey)
    await tabard.server.publish()
  })
  after(async () => {
    await witness[Symbol.asyncDispose]()
    await rm(root, { recursive: true, force: true })
  })

  it("is not published any more where database and files were put back to what the witness has seen grow", async () => {
    await copy("today", "unwitnessed")
    await using day = await runTabard({ data: at("today") })
    const ann = await anybody(day)
    await named(ann)
    await seen(day, ann)
    await day[Symbol.asyncDispose]()
    await copy("today", "yesterday")

    await using later = await runTabard({ data: at("today") })
    const annLater = await anybody(later)
    await happens(annLater, 3)
    await seen(later, annLater)
    await later[Symbol.asyncDispose]()
    assert.deepEqual(later.faults, [])

    await using restored = await runTabard({ data: at("yesterday") })
    await assert.rejects(restored.server.publish(), {
      name: "TamperedLog",
      message:
        /witness lite knows \d+ entries of this log, the database \d+: it was put back to an earlier state/,
    })
    const [first] = restored.faults
    assert.match(String(first), /put back to an earlier state/)
  })

  it("tells administrators of a split view, stays published, and never asks that witness again", async () => {
    await using forked = await runTabard({ data: at("unwitnessed") })
    const ann = await anybody(forked)
    await happens(ann, 20)
    await forked.server.publish()
    await named(ann)
    const log = await until(
      () => ann.api.getLog({}),
      ({ witnesses }) => witnesses[0]?.trouble?.kind === "split-view",
    )
    assert.equal(log.evidence, "red")
    assert.equal(log.evidenceSaid, "Witness lite has seen another history of this log.")
    assert.equal(log.witnesses[0]?.due, null)

    const told = await until(
      () => ann.api.listNotifications({}),
      ({ items }) => items.some(({ kind }) => kind === "log-split-view"),
    )
    const [alarm] = told.items
    assert.equal(alarm?.title, "The witness lite has seen another history of the log")
    const { published } = await ann.api.getLog({})
    await happens(ann, 1)
    await forked.server.publish()
    assert.ok((await ann.api.getLog({})).published > published)
    assert.equal((await ann.api.listEvents({ type: "log.split-view" })).items.length, 1)
    assert.deepEqual(forked.faults, [])
  })

  function at(name: string): string {
    return join(root, name)
  }

  function copy(from: string, to: string): Promise<void> {
    return cp(at(from), at(to), { recursive: true })
  }

  async function named({ api }: SignedInPerson): Promise<void> {
    await api.putLogPolicy({ text: `witness lite ${witness.verifierKey} ${witness.url}\nquorum lite\n` })
  }
})

/** Comes in as an administrator, by the link that a start prints. */
async function anybody({ server }: RunningTabard): Promise<SignedInPerson> {
  const person = visitor(server)
  const code = new URL(await server.signInLink()).hash.slice(1)
  await person.api.signIn({ code, name: "Ann", email: "ann@example.test" })
  return person
}

async function happens({ api }: SignedInPerson, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await api.enterAgent({ name: `Agent ${n}` })
}

/** Publishes all that waits, and waits until what is read shows that the witness has seen it: every ten seconds at most. */
async function seen({ server, data }: RunningTabard, { api }: SignedInPerson): Promise<void> {
  await server.publish()
  const { published } = await api.getLog({})
  await until(
    () => api.getLog({}),
    ({ quorum, evidence }) => evidence === "green" && (quorum?.size ?? 0) >= published,
  )
  await until(
    () => readFile(join(data, "log/default/checkpoint"), "utf8"),
    (note) => note.includes("\n— witness.example/lite "),
  )
}

async function until<Answer>(
  ask: () => Promise<Answer>,
  holds: (answer: Answer) => boolean,
): Promise<Answer> {
  const late = AbortSignal.timeout(120_000)
  for (;;) {
    const answer = await ask()
    if (holds(answer)) return answer
    if (late.aborted) assert.fail(`it did not come about: ${JSON.stringify(answer)}`)
    await pause(100)
  }
}
