import { join } from "node:path"
import { boundFetch, createKey, enrol } from "@tabard/client"
import { connectAgent } from "./agent.ts"
import { type BusyMachine, makeBusyMachine } from "./busy-machine.ts"
import { CALLBACK, signedIn } from "./code-client.ts"
import { filesystemServer } from "./machine.ts"
import { type RunningTabard, runTabard, type SignedInPerson } from "./running-tabard.ts"
import { notesManifest, seedPeople } from "./seed.ts"
import { seedBusy } from "./seed-busy.ts"

/** A Tabard with something on every page of its console, and the administrator who looks at it. */
export interface ConsoleWorld extends AsyncDisposable {
  readonly tabard: RunningTabard
  readonly machine: BusyMachine
  readonly ann: SignedInPerson
  addressOf(path: string): string
  /** Ann's session, as a browser keeps it. */
  cookie(): { readonly name: string; readonly value: string; readonly url: string }
}

/** How long the agent's calls are held: it asks, and does not wait for people. */
const PATIENCE_MS = 300

/** Starts it: a machine with forty agents, one that reports, people and a team, a server behind the gateway, an agent that asks, API tokens. */
export async function openConsoleWorld(): Promise<ConsoleWorld> {
  await using starting = new AsyncDisposableStack()
  const machine = starting.use(await makeBusyMachine())
  const tabard = starting.use(await runTabard({ scan: [machine.root], gateway: { patienceMs: PATIENCE_MS } }))
  const ann = await seedBusy(tabard)
  await seedPeople(tabard)
  await ann.api.registerServer({
    name: "notes",
    launch: { transport: "stdio", ...filesystemServer(machine.root) },
  })
  await seedTeam(ann)
  await seedTokens(ann)
  await seedClients(tabard, ann)
  await seedQuestions(tabard, machine, ann)
  await seedPolicies(ann)
  const resources = starting.move()
  const { publicUrl: url } = tabard.server
  return {
    tabard,
    machine,
    ann,
    addressOf: (path) => url + path,
    cookie() {
      const [name = "", value = ""] = ann.cookie().split("=")
      return { name, value, url }
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

async function seedTeam({ api }: SignedInPerson): Promise<void> {
  const { id } = await api.makeTeam({ name: "Payments" })
  const people = (await api.listPeople({})).items.filter(({ name }) => name === "Bob" || name === "Dan")
  for (const person of people) await api.addTeamMember({ id, user: person.id })
  const [agent] = (await api.listAgents({ limit: 1000 })).items.filter(({ name }) => name === "Invoice bot")
  if (agent) await api.addMaintainingTeam({ id: agent.id, team: id })
}

async function seedClients(tabard: RunningTabard, { api, cookie }: SignedInPerson): Promise<void> {
  const { id } = await api.registerClient({ name: "Desk assistant", redirectUris: [CALLBACK] })
  const forMonths = { tier: "read-only", days: 90 } as const
  await api.addClientRule({ match: id, purpose: "Looks things up for whoever is at the desk.", ...forMonths })
  await api.addClientRule({ match: "editor.example", purpose: "Reads the notes of a project.", ...forMonths })
  await signedIn(tabard.server, { cookie: cookie() }, { clientId: id })
}

async function seedTokens({ api }: SignedInPerson): Promise<void> {
  await api.makeApiToken({ purpose: "Nightly export of the register", scopes: ["agents:read"], days: 90 })
  await api.makeApiToken({ purpose: "Weekly figures for the board", scopes: ["read"], days: 7 })
  const old = await api.makeApiToken({ purpose: "Trial of the dashboard", scopes: ["read"], days: 30 })
  await api.revokeApiToken({ id: old.id, reason: "the trial is over" })
}

const FROZEN = `@id("frozen") @say("nothing is written over the holidays")
forbid (principal is Tabard::Agent, action in Tabard::Action::"effect:write", resource)
when { context.session.now > datetime("2036-12-24T00:00:00Z") };
`

/** Puts documents of every kind in force, one of them twice. */
async function seedPolicies({ api }: SignedInPerson): Promise<void> {
  const guard = { kind: "guard", subject: "own" } as const
  await api.putOwnPolicies({ ...guard, seen: 0, source: FROZEN })
  const never = `@id("no-programs")\nforbid (principal is Tabard::Agent, action in Tabard::Action::"effect:execute", resource);\n`
  await api.putOwnPolicies({ ...guard, seen: 1, source: `${FROZEN}\n${never}` })
  const tiers = "tiers:\n  payments:\n    words: Moves money for finance.\n    reaches: [read, financial]\n"
  await api.putOwnPolicies({ kind: "tier", subject: "own", seen: 0, source: tiers })
  const payees = "# Who is paid\nBrightline\nNorthwind\n"
  await api.putOwnPolicies({ kind: "set", subject: "payees", seen: 0, source: payees })
}

/** Lets an agent ask twice: one question was answered, the other waits. */
async function seedQuestions(
  { server }: RunningTabard,
  { root }: BusyMachine,
  { api }: SignedInPerson,
): Promise<void> {
  const folder = join(root, "finance/invoices")
  const agents = (await api.listAgents({ limit: 1000 })).items
  const id = agents.find(({ name }) => name === "Invoice bot")?.id ?? ""
  const notes = (await api.listServers({})).items.find(({ name }) => name === "notes")?.id ?? ""
  const limits = "limits:\n  calls: [{ atMost: 20, per: hour }]\n"
  await api.putManifest({ id, manifest: notesManifest(folder) })
  await api.putManifest({ id, manifest: notesManifest(folder) + limits })
  const tools = ["read_text_file", "list_directory", "write_file"]
  const text = "write the summary of this week's invoices"
  const { id: task } = await api.openTask({ id, text, server: notes, tools, folder, minutes: 60 })
  const { code } = await api.offerEnrolment({ id })
  const key = await createKey()
  const credentials = await enrol({ server: server.publicUrl, code, label: "Ann's laptop", key })
  await using hands = await connectAgent(server.publicUrl, boundFetch(credentials, { task }))
  const write = (file: string, content: string) =>
    hands.call("write_file", { path: join(folder, file), content })
  await write("week-46.md", "Three invoices, 4,310 euros. All match their orders.\n")
  const [asked] = (await api.listApprovals({ state: "pending" })).items
  if (asked) await api.answerApproval({ id: asked.id, verdict: "approved" })
  await write("week-47.md", "Five invoices, 9,120 euros. One has no order: 2,400 euros to Brightline.\n")
}
