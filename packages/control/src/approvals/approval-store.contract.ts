import assert from "node:assert/strict"
import { describe, it } from "node:test"
import {
  type Agreed,
  type Approval,
  type ApprovalQuestion,
  type ApprovalState,
  type Id,
  isJsonObject,
  parseLossless,
  writeLossless,
} from "@tabard/core"
import { atOnce, id, later, NOW, type OpenShelves, won } from "../shelves.contract.ts"
import type { Shelf } from "../transaction.ts"
import type { ApprovalStore } from "./approval-store.ts"

/** What every ApprovalStore promises. */
export function approvalStoreContract(name: string, open: OpenShelves): void {
  describe(`approvals kept in ${name}`, () => {
    it("keeps a question, and finds it by id and by handle", async () => {
      const { shelf } = await open()
      const one = approval()
      assert.deepEqual(await request(shelf, one), one)
      assert.deepEqual(await find(shelf, one.id), one)
      assert.deepEqual(await shelf.snapshot(({ approvals }) => approvals.findByHandle(one.handle)), one)
      assert.equal(await find(shelf, id("approval")), undefined)
      assert.equal(await shelf.snapshot(({ approvals }) => approvals.findByHandle("none")), undefined)
    })

    it("keeps the arguments' numbers as they were spelt", async () => {
      const { shelf } = await open()
      const text = '{"amount":500.00,"id":9007199254740993}'
      const parsed = parseLossless(text)
      assert.ok(isJsonObject(parsed))
      const one = approval()
      const question: ApprovalQuestion = { ...CALL, ...askedBy({}), arguments: parsed }
      await request(shelf, { ...one, question })
      assert.deepEqual((await find(shelf, one.id))?.question, question)
      assert.equal(writeLossless(parsed), text)
    })

    it("keeps a question about a token, with all that it would be good for", async () => {
      const { shelf } = await open()
      const [plain, bounded] = [approval(), approval()]
      const token = { served: id("user"), scope: null, calls: null, mayAct: null, message: null } as const
      const all = {
        ...token,
        scope: ["read", "egress"],
        calls: 10,
        mayAct: id("agent"),
        message: "W4SC 12",
      } as const
      for (const [one, asked] of [
        [plain, token],
        [bounded, all],
      ] as const) {
        const question: ApprovalQuestion = { ...askedBy({}), kind: "token", token: asked }
        await request(shelf, { ...one, question })
        assert.deepEqual((await find(shelf, one.id))?.question, question)
      }
    })

    it("asks people once: many equal questions of one agent are one approval", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const asked = await atOnce(() => request(shelf, approval({ agent, actionHash: "same" })))
      assert.equal(new Set(asked.map((one) => one.id)).size, 1)
      assert.equal((await list(shelf, {})).length, 1)
    })

    it("asks another organisation's people apart, even where everything is equal", async () => {
      const { shelf, stranger } = await open()
      const agent = id("agent")
      for (const own of [shelf, stranger, shelf]) {
        const before = await list(own, {})
        const asked = await request(own, approval({ agent, actionHash: "same" }))
        assert.deepEqual(await list(own, {}), [asked.id])
        assert.ok(before.length === 0 || before[0] === asked.id)
      }
    })

    it("asks anew for another action, another agent, and once the first was answered", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const first = await request(shelf, approval({ agent, actionHash: "same" }))
      const others = [approval({ agent }), approval({ actionHash: "same" })]
      for (const other of others) assert.deepEqual(await request(shelf, other), other)
      await resolve(shelf, first.id, denied())
      const again = approval({ agent, actionHash: "same" })
      assert.deepEqual(await request(shelf, again), again)
    })

    // Two approvers who press the button together must not both be told that they decided.
    it("lets exactly one of many verdicts win", async () => {
      const { shelf } = await open()
      const one = await request(shelf, approval())
      const verdicts = Array.from({ length: 20 }, (_, turn) => (turn % 2 === 0 ? approved() : denied()))
      const answers = await Promise.all(verdicts.map((verdict) => resolve(shelf, one.id, verdict)))
      assert.equal(won(answers), 1)
      assert.deepEqual((await find(shelf, one.id))?.state, verdicts[answers.indexOf(true)])
    })

    it("counts each of many yeses to one question once, and approves with the last alone", async () => {
      const { shelf, stranger } = await open()
      const people = Array.from({ length: 5 }, () => id("user"))
      const one = await request(shelf, approval({ approvers: people }))
      const agree = (by: (typeof people)[number], from = shelf) =>
        from.transact(async ({ approvals }) => {
          const seen = await approvals.find(one.id)
          const approves = seen?.agreed.length === people.length - 1
          return seen !== undefined && (await approvals.agree(seen, { yes: yesOf(by), approves }, NOW))
        })
      const answers = await Promise.all([...people, ...people, ...people].map((by) => agree(by)))
      assert.equal(won(answers), people.length)
      const { agreed = [], state } = (await find(shelf, one.id)) ?? {}
      assert.deepEqual(agreed.map(({ by }) => by).toSorted(), people.toSorted())
      assert.deepEqual(state, { kind: "approved", by: agreed.at(-1)?.by, at: NOW })
      assert.equal(await agree(id("user"), stranger), false)
    })

    it("adds no yes that was judged without another one, nor to what is answered or over", async () => {
      const { shelf } = await open()
      const one = await request(shelf, approval())
      const agree = (seen: Approval, now = NOW) =>
        shelf.transact(({ approvals }) =>
          approvals.agree(seen, { yes: yesOf(id("user")), approves: true }, now),
        )
      assert.equal(await agree(one, one.expiresAt), false)
      const first = yesOf(id("user"))
      assert.equal(
        await shelf.transact(({ approvals }) => approvals.agree(one, { yes: first, approves: false }, NOW)),
        true,
      )
      assert.equal(await agree(one), false)
      assert.deepEqual(await find(shelf, one.id), { ...one, agreed: [first] })
      await resolve(shelf, one.id, denied())
      assert.equal(await agree({ ...one, agreed: [first] }), false)
    })

    it("lists for a person what was put to them, of whatever agent", async () => {
      const { shelf, stranger } = await open()
      const user = id("user")
      const one = await request(shelf, approval({ approvers: [id("user"), user] }))
      await request(shelf, approval())
      assert.deepEqual(await list(shelf, { answeredBy: user }), [one.id])
      assert.deepEqual(await list(stranger, { answeredBy: user }), [])
      const [task, other] = [id("task"), id("task")]
      await request(shelf, approval({ approvers: [user], task }))
      await request(shelf, approval({ task: other }))
      const tasks = (from: Shelf) =>
        from.snapshot(({ approvals }) => approvals.tasksPutTo(user, [task, other, id("task")]))
      assert.deepEqual([...(await tasks(shelf))], [task])
      assert.deepEqual([...(await tasks(stranger))], [])
    })

    it("takes back what is approved with a person's yes among others'", async () => {
      const { shelf } = await open()
      const [first, last] = [yesOf(id("user")), yesOf(id("user"))]
      const one = await request(shelf, approval())
      await shelf.transact(async ({ approvals }) => {
        await approvals.agree(one, { yes: first, approves: false }, NOW)
        await approvals.agree({ ...one, agreed: [first] }, { yes: last, approves: true }, NOW)
      })
      const taken = await shelf.transact(({ approvals }) => approvals.takeBack(first.by, NOW, "left"))
      assert.deepEqual(
        taken.map((each) => each.id),
        [one.id],
      )
    })

    it("resolves nothing that has expired, and nothing that is not there", async () => {
      const { shelf } = await open()
      const one = await request(shelf, approval({ expiresAt: later(1) }))
      assert.equal(await resolve(shelf, one.id, approved(), later(1)), false)
      assert.equal(await resolve(shelf, id("approval"), approved()), false)
      assert.deepEqual(await find(shelf, one.id), one)
    })

    it("forgets a verdict whose transaction failed", async () => {
      const { shelf } = await open()
      const one = await request(shelf, approval())
      await assert.rejects(
        shelf.transact(async ({ approvals }) => {
          await approvals.resolve(one.id, approved(), NOW)
          throw new Error("the power went")
        }),
      )
      assert.deepEqual(await find(shelf, one.id), one)
    })

    it("lets exactly one of many calls spend an approval, and that call again, also later", async () => {
      const { shelf } = await open()
      const one = await answered(shelf, approved())
      const calls = Array.from({ length: 20 }, () => id("call"))
      const spent = await Promise.all(calls.map((call) => spend(shelf, one.id, call)))
      assert.equal(won(spent), 1)
      const winner = calls[spent.indexOf(true)] ?? id("call")
      assert.equal(await spend(shelf, one.id, winner), true)
      assert.equal(await spend(shelf, one.id, winner, later(1e9)), true)
      assert.equal(await spend(shelf, one.id, id("call")), false)
      assert.equal((await find(shelf, one.id))?.spentBy, winner)
    })

    it("lets nobody spend what is pending, denied, expired or cancelled", async () => {
      const { shelf } = await open()
      const pending = await request(shelf, approval())
      const refused = await answered(shelf, denied())
      const late = await answered(shelf, approved())
      const cancelled = await answered(shelf, approved())
      await shelf.transact(({ approvals }) =>
        approvals.cancel({ agent: cancelled.question.agent }, NOW, "task over"),
      )
      assert.equal(await spend(shelf, pending.id, id("call")), false)
      assert.equal(await spend(shelf, refused.id, id("call")), false)
      assert.equal(await spend(shelf, late.id, id("call"), late.expiresAt), false)
      assert.equal(await spend(shelf, cancelled.id, id("call")), false)
      assert.equal(await spend(shelf, id("approval"), id("call")), false)
    })

    it("answers as spendable what is approved, unspent and unexpired, of this agent and action alone", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const good = await answered(shelf, approved(), { agent, actionHash: "same" })
      const used = await answered(shelf, approved(), { agent, actionHash: "same" })
      await spend(shelf, used.id, id("call"))
      await answered(shelf, denied(), { agent, actionHash: "same" })
      await answered(shelf, approved(), { agent })
      await answered(shelf, approved(), { actionHash: "same" })
      await request(shelf, approval({ agent, actionHash: "same" }))
      const spendable = async (now: Date) =>
        (await shelf.snapshot(({ approvals }) => approvals.spendable(agent, "same", now))).map(
          (one) => one.id,
        )
      assert.deepEqual(await spendable(NOW), [good.id])
      assert.deepEqual(await spendable(good.expiresAt), [])
    })

    it("lists by state and agent, newest first, and no more than asked", async () => {
      const { shelf } = await open()
      const agent = id("agent")
      const first = await request(shelf, approval({ agent }))
      const second = await request(shelf, approval({ createdAt: later(1) }))
      const third = await answered(shelf, denied(), { agent, createdAt: later(2) })
      assert.deepEqual(await list(shelf, {}), [third.id, second.id, first.id])
      assert.deepEqual(await list(shelf, { state: "pending" }), [second.id, first.id])
      assert.deepEqual(await list(shelf, { agent, state: "denied" }), [third.id])
      assert.deepEqual(await list(shelf, { agent }), [third.id, first.id])
      assert.deepEqual(await list(shelf, { limit: 1 }), [third.id])
      assert.deepEqual(await list(shelf, { limit: 1, after: third }), [second.id])
    })

    it("counts what is pending and unexpired", async () => {
      const { shelf } = await open()
      await request(shelf, approval({ expiresAt: later(1) }))
      await request(shelf, approval({ expiresAt: later(2) }))
      await answered(shelf, approved())
      const count = (now: Date) => shelf.snapshot(({ approvals }) => approvals.countPending(now))
      assert.equal(await count(NOW), 2)
      assert.equal(await count(later(1)), 1)
    })

    it("cancels what is pending or approved and unspent, of a task or of an agent, and answers their ids", async () => {
      const { shelf } = await open()
      const [agent, task] = [id("agent"), id("task")]
      const ofTask = await request(shelf, approval({ agent, task }))
      const ready = await answered(shelf, approved(), { agent })
      const used = await answered(shelf, approved(), { agent })
      await spend(shelf, used.id, id("call"))
      const refused = await answered(shelf, denied(), { agent })
      const other = await request(shelf, approval())
      const cancel = (of: { agent: typeof agent; task?: typeof task }) =>
        shelf.transact(({ approvals }) => approvals.cancel(of, later(1), "agent retired"))

      assert.deepEqual(await cancel({ agent, task }), [ofTask.id])
      assert.deepEqual(await cancel({ agent }), [ready.id])
      assert.deepEqual(await cancel({ agent }), [])
      const cancelled: ApprovalState = { kind: "cancelled", at: later(1), why: "agent retired" }
      assert.deepEqual((await find(shelf, ofTask.id))?.state, cancelled)
      assert.deepEqual((await find(shelf, ready.id))?.state, cancelled)
      assert.equal((await find(shelf, used.id))?.state.kind, "approved")
      assert.equal((await find(shelf, refused.id))?.state.kind, "denied")
      assert.deepEqual(await find(shelf, other.id), other)
    })

    it("takes back what one person approved and nobody has used, and answers whose it was", async () => {
      const { shelf, stranger } = await open()
      const [by, agent] = [id("user"), id("agent")]
      const mine: ApprovalState = { kind: "approved", by, at: NOW }
      const ready = await answered(shelf, mine, { agent })
      const used = await answered(shelf, mine)
      await spend(shelf, used.id, id("call"))
      const others = [await answered(shelf, approved()), await answered(shelf, { ...mine, kind: "denied" })]
      const over = await answered(shelf, mine, { expiresAt: later(1) })
      const takeBack = (from: Shelf) =>
        from.transact(({ approvals }) => approvals.takeBack(by, later(1), "their sessions ended"))

      assert.deepEqual(await takeBack(stranger), [])
      const taken = await takeBack(shelf)
      assert.deepEqual(
        taken.map((one) => [one.id, one.question.agent]),
        [[ready.id, agent]],
      )
      assert.deepEqual(await takeBack(shelf), [])
      const cancelled: ApprovalState = { kind: "cancelled", at: later(1), why: "their sessions ended" }
      assert.deepEqual((await find(shelf, ready.id))?.state, cancelled)
      assert.equal(await spend(shelf, ready.id, id("call"), later(1)), false)
      for (const one of [used, ...others, over])
        assert.equal((await find(shelf, one.id))?.state.kind, one.state.kind)
    })

    it("counts of many agents exactly what would be cancelled", async () => {
      const { shelf, stranger } = await open()
      const agents = [id("agent"), id("agent")]
      const [one, other] = agents
      assert.ok(one && other)
      await request(shelf, approval({ agent: one }))
      await answered(shelf, approved(), { agent: one })
      await answered(shelf, denied(), { agent: one })
      const spent = await answered(shelf, approved(), { agent: other })
      assert.equal(await spend(shelf, spent.id, id("call")), true)
      await request(shelf, approval({ agent: other }))
      await request(shelf, approval())
      const count = (from: Shelf) => from.snapshot(({ approvals }) => approvals.countCancellable(agents))
      assert.equal(await count(shelf), 3)
      assert.equal(await count(stranger), 0)
      const cancelled = await shelf.transact(async ({ approvals }) => [
        ...(await approvals.cancel({ agent: one }, NOW, "why")),
        ...(await approvals.cancel({ agent: other }, NOW, "why")),
      ])
      assert.equal(cancelled.length, 3)
      assert.equal(await count(shelf), 0)
    })

    it("marks pending approvals whose time has ended as expired, each once, and answers them", async () => {
      const { shelf } = await open()
      const due = [
        await request(shelf, approval({ expiresAt: later(-1) })),
        await request(shelf, approval({ expiresAt: later(-2) })),
      ]
      const alive = await request(shelf, approval({ expiresAt: later(1) }))
      await answered(shelf, approved())
      const expire = (limit: number) => shelf.transact(({ approvals }) => approvals.expire(NOW, limit))
      assert.equal((await expire(1)).length, 1)
      assert.equal((await expire(10)).length, 1)
      assert.deepEqual(await expire(10), [])
      for (const one of due)
        assert.deepEqual((await find(shelf, one.id))?.state, { kind: "expired", at: NOW })
      assert.deepEqual(await find(shelf, alive.id), alive)
    })

    it("shows nothing to another organisation, and lets it answer, spend and cancel nothing", async () => {
      const { shelf, stranger } = await open()
      const one = await request(shelf, approval({ expiresAt: later(1) }))
      const ready = await answered(shelf, approved())
      await stranger.transact(async ({ approvals }) => {
        assert.equal(await approvals.find(one.id), undefined)
        assert.equal(await approvals.findByHandle(one.handle), undefined)
        assert.deepEqual(await approvals.list({ limit: 10 }), [])
        assert.deepEqual(await approvals.spendable(ready.question.agent, ready.actionHash, NOW), [])
        assert.equal(await approvals.countPending(NOW), 0)
        assert.equal(await approvals.resolve(one.id, approved(), NOW), false)
        assert.equal(await approvals.spend(ready.id, id("call"), NOW), false)
        assert.deepEqual(await approvals.cancel({ agent: ready.question.agent }, NOW, "theirs"), [])
        assert.deepEqual(await approvals.expire(later(1e9), 10), [])
      })
      assert.deepEqual(await find(shelf, one.id), one)
      assert.equal(await spend(shelf, ready.id, id("call")), true)
    })
  })
}

function request(shelf: Shelf, one: Approval): Promise<Approval> {
  return shelf.transact(({ approvals }) => approvals.request(one))
}

function find(shelf: Shelf, one: Approval["id"]): Promise<Approval | undefined> {
  return shelf.snapshot(({ approvals }) => approvals.find(one))
}

async function list(
  shelf: Shelf,
  query: Partial<Parameters<ApprovalStore["list"]>[0]>,
): Promise<Approval["id"][]> {
  const found = await shelf.snapshot(({ approvals }) => approvals.list({ limit: 10, ...query }))
  return found.map((one) => one.id)
}

function resolve(shelf: Shelf, one: Approval["id"], state: ApprovalState, now = NOW): Promise<boolean> {
  return shelf.transact(({ approvals }) => approvals.resolve(one, state, now))
}

function spend(
  shelf: Shelf,
  one: Approval["id"],
  call: NonNullable<Approval["spentBy"]>,
  now = NOW,
): Promise<boolean> {
  return shelf.transact(({ approvals }) => approvals.spend(one, call, now))
}

/** An approval that was asked for and answered so. */
async function answered(shelf: Shelf, state: ApprovalState, differs: Asked = {}): Promise<Approval> {
  const one = await request(shelf, approval(differs))
  assert.equal(await resolve(shelf, one.id, state), true)
  return { ...one, state }
}

function approved(): ApprovalState {
  return { kind: "approved", by: id("user"), at: NOW }
}

function denied(): ApprovalState {
  return { kind: "denied", by: id("user"), at: NOW }
}

function yesOf(by: Id<"user">): Agreed {
  return { by, at: NOW, routes: ["owner"] }
}

type Asked = Partial<Approval> & Partial<Pick<Approval["question"], "agent" | "task">>

function approval({ agent = id("agent"), task = null, ...differs }: Asked = {}): Approval {
  return {
    id: id("approval"),
    handle: `handle of ${id("call")}`,
    question: { ...CALL, ...askedBy({ agent, task }) },
    actionHash: `hash of ${id("call")}`,
    nonce: "nonce",
    bindingHash: "binding",
    say: ["it writes"],
    policies: ["agt_1/2"],
    routes: ["owner"],
    approvers: [id("user")],
    state: { kind: "pending" },
    createdAt: NOW,
    expiresAt: later(60_000),
    agreed: [],
    spentBy: null,
    ...differs,
  }
}

const CALL = {
  kind: "call",
  server: id("server"),
  tool: "write_file",
  toolDigest: "digest",
  arguments: { path: "/home/ada/notes/a.md", content: "tidy" },
} as const

function askedBy({
  agent = id("agent"),
  task = null,
}: Asked): Pick<ApprovalQuestion, "agent" | "instance" | "task" | "chain" | "resource"> {
  const chain = ["usr_1", "tsk_1", "agt_1"]
  return { agent, instance: id("instance"), task, chain, resource: "/home/ada/notes" }
}
